"""What a patient does: from a complaint and a place to the telephone of the right person."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.journeys.axe import AXE_OPTIONS
from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.journey

BROOKLYN = "/acupuncturists/?where=Brooklyn"
PHONE_LINK = 'a[href^="tel:"]'


def total_of(page: Page) -> int:
    """How many the heading of the answer says there are."""
    heading = page.locator("#answer-heading").inner_text()
    number = re.match(r"[\d,]+", heading)
    return int(number[0].replace(",", "")) if number else int(heading.startswith("One "))


def tab_to(page: Page, target: Locator, *, most: int = 120) -> None:
    """Reach `target` with the Tab key alone."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"not reached with {most} times Tab: {target}")


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_a_telephone_is_four_taps_from_home(phone):
    taps = 0

    def tap(target, **options):
        nonlocal taps
        target.tap(**options)
        taps += 1

    phone.goto("/")
    way = phone.get_by_role("search", name="Acupuncturists")
    tap(way.get_by_label("Where?"))
    phone.keyboard.type("11201")
    tap(way.get_by_role("button", name="Find"))
    expect(phone.get_by_role("heading", level=1)).to_have_text(
        "Acupuncturists near 11201 Brooklyn, New York"
    )
    # A trial checks that the finger would hit it; nobody is called.
    tap(phone.locator("li.result").first.locator(PHONE_LINK), trial=True)
    assert taps <= 4


def test_everything_is_reached_by_keyboard(desktop):
    desktop.goto("/")
    way = desktop.get_by_role("search", name="Acupuncturists")
    tab_to(desktop, way.get_by_label("What for?"))
    desktop.keyboard.type("trigger point")
    tab_to(desktop, way.get_by_label("Where?"))
    desktop.keyboard.type("Brooklyn")
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#answer-heading")).to_contain_text("within 25 miles")

    tab_to(desktop, desktop.get_by_role("checkbox", name="Evenings"))
    desktop.keyboard.press("Space")
    tab_to(desktop, desktop.locator(".filters__show"))
    desktop.keyboard.press("Enter")
    applied = desktop.get_by_role("list", name="Filters that are set")
    expect(applied.get_by_role("link", name="Evenings")).to_be_visible()

    first = desktop.locator("li.result").first
    tab_to(desktop, first.locator(".letters summary"))
    desktop.keyboard.press("Enter")
    expect(first.locator(".letters dl")).to_be_visible()
    tab_to(desktop, first.locator(PHONE_LINK))


def test_filters_are_set_and_taken_back_without_scripts(scriptless):
    scriptless.goto(BROOKLYN)
    before = total_of(scriptless)
    scriptless.get_by_text("Filters", exact=True).click()
    scriptless.locator("#filter-hours summary").first.click()
    evenings = scriptless.get_by_role("checkbox", name="Evenings")
    count = int(evenings.locator("xpath=..").locator(".filter__count").inner_text())
    evenings.check()
    scriptless.get_by_role("button", name="Show the results").click()

    assert query_of(scriptless)["hours"] == ["evenings"]
    assert (total_of(scriptless), count < before) == (count, True)
    scriptless.get_by_role("link", name="Remove: Evenings").click()
    assert "hours" not in query_of(scriptless)
    assert total_of(scriptless) == before


def test_letters_are_decoded_without_scripts(scriptless):
    scriptless.goto(BROOKLYN)
    letters = scriptless.locator(".letters").filter(has_text="L.Ac.").first
    letters.locator("summary").click()
    expect(letters).to_contain_text("Licensed acupuncturist")


def test_pages_lead_to_the_end(scriptless):
    scriptless.goto(f"{BROOKLYN}&radius=100")
    total = total_of(scriptless)
    pages = -(-total // 20)
    numbers = []
    for page in range(1, pages + 1):
        expect(scriptless.locator(".pagination span")).to_have_text(f"Page {page} of {pages}")
        numbers += scriptless.locator(".result__number").all_inner_texts()
        if page < pages:
            scriptless.get_by_role("link", name="Next", exact=True).click()
    assert scriptless.get_by_role("link", name="Next", exact=True).count() == 0
    assert numbers == [str(number) for number in range(1, total + 1)]


def test_nobody_leads_to_somebody(scriptless):
    scriptless.goto("/acupuncturists/?where=Boise&radius=5&max_fee=50&language=fa&language=hy")
    expect(scriptless.locator("#answer-heading")).to_have_text("Nobody within 5 miles")
    way = scriptless.locator(".ways li").first
    count = int(way.locator(".count").inner_text())
    way.get_by_role("link").click()
    assert total_of(scriptless) == count > 0


def test_unsure_place_offers_the_others(scriptless):
    scriptless.goto("/acupuncturists/?where=Portland&specialty=sleep&hours=evenings")
    scriptless.get_by_role("link", name="Portland, Maine").click()
    expect(scriptless.get_by_role("heading", level=1)).to_have_text(
        "Acupuncturists near Portland, Maine"
    )
    assert query_of(scriptless)["hours"] == ["evenings"]


def test_filters_outlive_a_place_that_nobody_knows(scriptless):
    scriptless.goto("/acupuncturists/?where=Xyzzyville&hours=evenings&radius=10")
    where = scriptless.get_by_label("Where?")
    expect(where).to_have_value("Xyzzyville")
    where.fill("Brooklyn")
    scriptless.get_by_role("button", name="Find").click()
    expect(scriptless.locator("#answer-heading")).to_contain_text("within 10 miles")
    expect(scriptless.get_by_role("link", name="Remove: Evenings")).to_be_visible()


STEPS = {
    "home": "/",
    "results": BROOKLYN,
    "filtered": f"{BROOKLYN}&hours=evenings&specialty=trigger-point&max_fee=100&radius=50",
    "last page": f"{BROOKLYN}&radius=100&page=999",
    "state": "/acupuncturists/?where=Vermont&accepting=1",
    "nobody": "/acupuncturists/?where=Boise&radius=5&max_fee=50&language=fa&language=hy",
    "unsure": "/acupuncturists/?where=Portland",
    "unknown": "/acupuncturists/?where=Xyzzyville&hours=evenings",
    "mistakes": f"{BROOKLYN}&radius=abc&hours=nights&max_fee=much&specialty=magic",
}


@pytest.mark.parametrize("window", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("step", STEPS)
def test_axe_finds_nothing_at_any_step(browser, site, step, window):
    """With everything open that can be opened."""
    # axe puts a style of its own into the page, which our policy would stop.
    context = browser.new_context(
        base_url=site, bypass_csp=True, reduced_motion="reduce", viewport=window
    )
    page = context.new_page()
    page.goto(STEPS[step])
    page.evaluate("document.querySelectorAll('main details').forEach((each) => each.open = true)")
    overflow_px = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    violations = Axe().run(page, options=AXE_OPTIONS).response["violations"]
    context.close()
    assert overflow_px == 0
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in violations] == []
