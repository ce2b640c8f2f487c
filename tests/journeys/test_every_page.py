"""Every kind of public page: axe and the HTML checker find nothing, and nothing overflows."""

import json
import os
import subprocess
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.axe import AXE_OPTIONS
from tests.journeys.conftest import DESKTOP, PHONE, open_page

pytestmark = pytest.mark.journey

# The demonstration has articles of six days and of thirteen days ago: one is of this month.
LAST_WEEK = datetime.now(tz=UTC) - timedelta(days=7)
PAGES = {
    "home": "/",
    "articles": "/articles/",
    "article": "/articles/heel-pain-that-starts-in-the-calf/",
    "article with the nearest": "/articles/heel-pain-that-starts-in-the-calf/?where=Brooklyn",
    "article far from all": "/articles/heel-pain-that-starts-in-the-calf/?where=Tokyo",
    "article without a place": "/articles/heel-pain-that-starts-in-the-calf/?where=Xyzzyville",
    "article with a reply": "/articles/heel-pain-that-starts-in-the-calf/?reply_to=1",
    "about you": "/comments/about-you/",
    "about you, asked": "/comments/about-you/?asked",
    "figure": "/articles/heel-pain-that-starts-in-the-calf/figures/2/",
    "tag": "/articles/tags/running/",
    "author": "/articles/authors/wren-hollowmere/",
    "tags": "/articles/tags/",
    "authors": "/articles/authors/",
    "articles by kind of care": "/articles/specialties/",
    "articles about a kind of care": "/articles/specialties/sports-orthopedic/",
    "page of a list that is not there": "/articles/?page=99",
    "year": f"/articles/{LAST_WEEK.year}/",
    "month": f"/articles/{LAST_WEEK.year}/{LAST_WEEK.month}/",
    "search": "/search/?q=heel",
    "search without a hit": "/search/?q=xyzzyx",
    "search with a slip": "/search/?q=achiles+tendon",
    "search for care in a town": "/search/?q=migraine+in+brooklyn",
    "page of a search": "/search/?q=acupuncture&kind=practitioners&page=2",
    "directory": "/acupuncturists/",
    "results": "/acupuncturists/?where=Brooklyn&specialty=trigger-point&radius=10",
    "results of a state": "/acupuncturists/?where=Vermont",
    "unknown place": "/acupuncturists/?where=Xyzzyville",
    "unsure place": "/acupuncturists/?where=Portland",
    "bad input": "/acupuncturists/?where=Boston&radius=abc&page=-1",
    "specialties": "/acupuncturists/specialties/",
    "letters": "/acupuncturists/letters/",
    "specialty": "/acupuncturists/specialties/sports-orthopedic/",
    "state": "/acupuncturists/in/new-york/",
    "states": "/acupuncturists/in/",
    "town": "/acupuncturists/in/new-york/brooklyn/",
    "kind of care in a town": "/acupuncturists/in/new-york/brooklyn/back-neck-pain/",
    "town without anybody": "/acupuncturists/in/maine/eastport/back-neck-pain/",
    "unknown town": "/acupuncturists/in/new-york/xyzzyville/",
    "about": "/about/",
    "not found": "/nowhere/",
    "malformed": "/articles/%00/",
}


def practitioner_path(site: str) -> str:
    """The address of somebody who is listed, taken from the sitemap."""
    with urllib.request.urlopen(f"{site}/sitemap-practitioners.xml") as answer:
        addresses = [part.partition("</loc>")[0] for part in answer.read().decode().split("<loc>")]
    paths = [address.removeprefix(site) for address in addresses]
    return next(path for path in paths if path.count("/") == 3 and "/acupuncturists/" in path)


@pytest.fixture(params=[*PAGES, "practitioner"])
def path(request, site) -> str:
    """The address of one kind of page."""
    return PAGES.get(request.param) or practitioner_path(site)


LOOKS = [
    pytest.param({"viewport": PHONE, "color_scheme": "dark"}, id="dark phone"),
    pytest.param({"viewport": DESKTOP, "color_scheme": "light"}, id="light desktop"),
]


@pytest.mark.parametrize("look", LOOKS)
def test_page_reports_nothing_and_fits_its_window(browser, site, path, look):
    is_error = path in {PAGES[name] for name in ("not found", "malformed", "unknown town")}
    with open_page(browser, site, tolerates_errors=is_error, **look) as page:
        page.goto(path)
        overflow_px = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow_px == 0


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(browser, site, path, look):
    # axe puts a style of its own into the page, which our policy would stop.
    context = browser.new_context(base_url=site, bypass_csp=True, reduced_motion="reduce", **look)
    page = context.new_page()
    page.goto(path)
    violations = Axe().run(page, options=AXE_OPTIONS).response["violations"]
    context.close()
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in violations] == []


@pytest.mark.vnu
def test_the_html_checker_finds_no_error(site, tmp_path):
    files = []
    pages = {**PAGES, "practitioner": practitioner_path(site)}
    for name, path in pages.items():
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
