"""Every kind of public page: axe and the HTML checker find nothing, and nothing overflows."""

import json
import os
import subprocess
import urllib.error
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import DESKTOP, PHONE, open_page

pytestmark = pytest.mark.journey

PAGES = {
    "home": "/",
    "articles": "/articles/",
    "article": "/articles/heel-pain-that-starts-in-the-calf/",
    "article with a reply": "/articles/heel-pain-that-starts-in-the-calf/?reply_to=1",
    "tag": "/articles/tags/running/",
    "author": "/articles/authors/wren-hollowmere/",
    "search": "/search/?q=heel",
    "search without a hit": "/search/?q=xyzzyx",
    "directory": "/acupuncturists/",
    "results": "/acupuncturists/?where=Brooklyn&specialty=trigger-point&radius=10",
    "results of a state": "/acupuncturists/?where=Vermont",
    "unknown place": "/acupuncturists/?where=Xyzzyville",
    "unsure place": "/acupuncturists/?where=Portland",
    "bad input": "/acupuncturists/?where=Boston&radius=abc&page=-1",
    "specialties": "/acupuncturists/specialties/",
    "specialty": "/acupuncturists/specialties/sports-orthopedic/",
    "state": "/acupuncturists/in/new-york/",
    "about": "/about/",
    "not found": "/nowhere/",
    "malformed": "/articles/%00/",
}
AXE_OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(params=[*PAGES, "practitioner"])
def path(request, site) -> str:
    """The address of one kind of page; a practitioner's is taken from the sitemap."""
    if request.param in PAGES:
        return PAGES[request.param]
    with urllib.request.urlopen(f"{site}/sitemap.xml") as answer:
        addresses = answer.read().decode().split("<loc>")
    is_person = "/acupuncturists/"
    return next(
        part.partition("</loc>")[0].removeprefix(site)
        for part in addresses
        if is_person in part and "/specialties/" not in part
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_and_nothing_overflows(browser, site, path, viewport, scheme):
    is_error = path in {PAGES["not found"], PAGES["malformed"]}
    options = {"viewport": viewport, "color_scheme": scheme, "reduced_motion": "reduce"}
    with open_page(browser, site, tolerates_errors=is_error, **options) as page:
        page.goto(path)
        results = Axe().run(page, options=AXE_OPTIONS)
        violations = [
            (rule["id"], [node["html"] for node in rule["nodes"]])
            for rule in results.response["violations"]
        ]
        overflow_px = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert (violations, overflow_px) == ([], 0)


@pytest.mark.vnu
def test_the_html_checker_finds_no_error(site, tmp_path):
    files = []
    for name, path in PAGES.items():
        request = urllib.request.Request(site + path)
        try:
            with urllib.request.urlopen(request) as answer:
                html = answer.read()
        except urllib.error.HTTPError as error:
            html = error.read()
        file = tmp_path / f"{name.replace(' ', '-')}.html"
        file.write_bytes(html)
        files.append(file)
    result = subprocess.run(
        ["java", "-jar", os.environ["VNU_JAR"], "--format", "json", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(result.stderr)["messages"]
    errors = [
        (message["url"].rpartition("/")[2], message.get("lastLine"), message["message"])
        for message in messages
        if message["type"] == "error"
    ]
    assert errors == []
