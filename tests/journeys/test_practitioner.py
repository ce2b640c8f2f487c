"""From a result to a practitioner, and from there to the door: by telephone, by map, by contact."""

import json
import os
import re
import subprocess
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.axe import AXE_OPTIONS
from tests.journeys.conftest import DESKTOP, PHONE, manage, open_page
from tests.journeys.hostile import SLUGS

pytestmark = pytest.mark.journey

RESULTS = "/acupuncturists/?where=Brooklyn&radius=10"
WRITER = "/acupuncturists/marisol-thornapple/"
LOOKS = [
    pytest.param({"viewport": PHONE, "color_scheme": "dark"}, id="dark phone"),
    pytest.param({"viewport": DESKTOP, "color_scheme": "light"}, id="light desktop"),
]


@pytest.fixture
def hostile(site, site_environment):
    """Listings at the edges of what may be typed; gone again for whoever walks the site next."""
    code = "from tests.journeys import hostile; hostile.{}()"
    manage("shell", "--verbosity", "0", "--command", code.format("make"), env=site_environment)
    yield [f"/acupuncturists/{slug}/" for slug in SLUGS]
    manage("shell", "--verbosity", "0", "--command", code.format("remove"), env=site_environment)


def open_first_result(page: Page, target: str) -> str:
    """Follow the name of the first result that has `target`; returns the name."""
    page.goto(RESULTS)
    name = page.locator("li.result").filter(has=page.locator(target)).first.get_by_role("heading")
    text = name.inner_text()
    name.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)
    return text


@pytest.mark.parametrize("visitor", ["phone", "scriptless"])
def test_from_a_result_to_the_telephone(request, visitor):
    page = request.getfixturevalue(visitor)
    open_first_result(page, 'a[href^="tel:"]')
    call = page.locator(".contact a.button").first
    # A trial checks that the finger would hit it; nobody is called.
    call.click(trial=True)
    expect(call).to_have_attribute("href", re.compile(r"^tel:\+1\d{10}$"))
    expect(call).to_have_text(re.compile(r"^Call \(\d{3}\) 555-01\d\d$"))


@pytest.mark.parametrize("visitor", ["phone", "scriptless"])
def test_from_a_result_to_directions(request, visitor):
    page = request.getfixturevalue(visitor)
    open_first_result(page, 'a[href^="tel:"]')
    office = page.locator(".office").first
    way = office.get_by_role("link", name="Map and directions")
    way.click(trial=True)
    expect(way).to_have_attribute("href", re.compile(r"^https://www\.openstreetmap\.org/\?mlat="))
    expect(way).to_have_attribute("rel", "noreferrer")


def test_number_on_the_map_leads_to_its_office(phone):
    open_first_result(phone, 'a[href^="tel:"]')
    phone.locator(".map__pin").first.click()
    assert phone.url.endswith("#office-1")
    expect(phone.locator("#office-1")).to_be_in_viewport()


def test_contact_is_saved_as_a_card(desktop):
    name = open_first_result(desktop, 'a[href^="tel:"]')
    with desktop.expect_download() as started:
        desktop.get_by_role("link", name="Save as a contact").click()
    card = started.value
    text = card.path().read_bytes().decode()
    assert card.suggested_filename.endswith(".vcf")
    assert text.startswith("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:" + name)


def test_author_and_practitioner_lead_to_each_other(scriptless):
    scriptless.goto(WRITER)
    expect(scriptless.get_by_role("heading", name="Articles they wrote")).to_be_visible()
    scriptless.get_by_role("link", name="Heel pain").first.click()
    scriptless.get_by_role("link", name="Marisol Thornapple").first.click()
    scriptless.get_by_role("link", name="Marisol Thornapple in the directory").click()
    assert scriptless.url.endswith(WRITER)


def test_alternative_leads_on_to_another(scriptless):
    scriptless.goto(WRITER)
    other = scriptless.locator(".alternatives__who a").first
    name = other.inner_text()
    other.click()
    expect(scriptless.get_by_role("heading", level=1)).to_contain_text(name)


@pytest.mark.parametrize("look", LOOKS)
def test_edges_hold(browser, site, hostile, look):
    for path in hostile:
        with open_page(browser, site, **look) as page:
            page.goto(path)
            overflow_px = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            nodes = page.locator('script[type="application/ld+json"]').all_text_contents()
            assert (path, overflow_px, len(nodes)) == (path, 0, 1)
            graph = json.loads(nodes[0])["@graph"]
            heading = page.get_by_role("heading", level=1).inner_text()
            assert " ".join(graph[0]["name"].split()) in " ".join(heading.split())
            assert page.title().endswith("AcuTake")


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(browser, site, hostile, look):
    # axe puts a style of its own into the page, which our policy would stop.
    context = browser.new_context(base_url=site, bypass_csp=True, reduced_motion="reduce", **look)
    page = context.new_page()
    found = []
    for path in [*hostile, WRITER]:
        page.goto(path)
        violations = Axe().run(page, options=AXE_OPTIONS).response["violations"]
        found += [(path, rule["id"], [n["html"] for n in rule["nodes"]]) for rule in violations]
    context.close()
    assert found == []


@pytest.mark.vnu
def test_the_html_checker_finds_no_error(site, hostile, tmp_path):
    files = []
    for number, path in enumerate([*hostile, WRITER]):
        with urllib.request.urlopen(site + path) as answer:
            file = tmp_path / f"{number}.html"
            file.write_bytes(answer.read())
        files.append(file)
    result = subprocess.run(
        ["java", "-jar", os.environ["VNU_JAR"], "--format", "json", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(result.stderr)["messages"]
    assert [message["message"] for message in messages if message["type"] == "error"] == []
