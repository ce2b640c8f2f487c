"""What scripts add to a search: places to choose from, and one's own location."""

from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.axe import AXE_OPTIONS
from tests.journeys.conftest import DESKTOP, PHONE, open_page

pytestmark = pytest.mark.journey

PLACES = "/acupuncturists/places/"
# In Brooklyn, as exact as a telephone knows it.
POSITION = {"latitude": 40.689134, "longitude": -73.990442}
WITH_A_SEARCH = [
    "/",
    "/acupuncturists/",
    "/acupuncturists/specialties/trigger-point/",
    "/acupuncturists/in/new-york/",
    "/articles/heel-pain-that-starts-in-the-calf/",
]


def where(page: Page):
    return page.get_by_label("Where?")


def type_place(page: Page, typed: str) -> None:
    """Type as a person does, and wait until there is something to choose from."""
    where(page).press_sequentially(typed, delay=30)
    page.get_by_role("option").first.wait_for()


def active(page: Page) -> str | None:
    """The option that a screen reader is told of as the current one."""
    return page.evaluate(
        """() => {
          const id = document.activeElement.getAttribute("aria-activedescendant");
          return id && document.getElementById(id).textContent;
        }"""
    )


def asked_of_places(page: Page) -> list[dict[str, list[str]]]:
    """Fills up with what the page asks the place service from now on."""
    asked = []

    def note(request):
        parts = urlsplit(request.url)
        if parts.path == PLACES:
            asked.append(parse_qs(parts.query))

    page.on("request", note)
    return asked


@pytest.mark.parametrize("path", WITH_A_SEARCH)
def test_every_search_offers_places(desktop, path):
    desktop.goto(path)
    where(desktop).fill("")
    type_place(desktop, "verm")
    expect(desktop.get_by_role("option").first).to_have_text("Vermont")
    expect(desktop.get_by_role("button", name="Use my location")).to_be_visible()


def test_place_is_chosen_by_keyboard(desktop):
    desktop.goto("/")
    field = where(desktop)
    expect(field).to_have_attribute("aria-expanded", "false")
    type_place(desktop, "portl")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(desktop.get_by_role("listbox", name="Places")).to_be_visible()
    count = desktop.get_by_role("option").count()
    expect(
        desktop.get_by_role("status").filter(has_text="Places to choose from with the arrow keys:")
    ).to_have_text(f"Places to choose from with the arrow keys: {count}")

    # Nothing is taken before it is chosen.
    assert active(desktop) is None
    field.press("ArrowDown")
    assert active(desktop) == "Portland, Oregon"
    field.press("ArrowDown")
    assert active(desktop) == "Portland, Maine"
    expect(desktop.get_by_role("option", selected=True)).to_have_text(["Portland, Maine"])
    field.press("ArrowUp")
    field.press("ArrowUp")
    assert active(desktop) == desktop.get_by_role("option").last.inner_text()
    field.press("Home")
    assert active(desktop) is None
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(field).to_have_value("portl")

    field.press("Enter")
    expect(field).to_have_value("Portland, Maine")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("Enter")
    expect(desktop.get_by_role("heading", level=1)).to_have_text(
        "Acupuncturists near Portland, Maine"
    )


def test_escape_and_leaving_close_the_list_and_keep_what_was_typed(desktop):
    desktop.goto("/")
    type_place(desktop, "portl")
    where(desktop).press("Escape")
    expect(desktop.get_by_role("listbox")).to_have_count(0)
    where(desktop).press("ArrowDown")
    desktop.get_by_role("option").first.wait_for()
    where(desktop).press("ArrowDown")
    where(desktop).press("Tab")
    expect(desktop.get_by_role("listbox")).to_have_count(0)
    expect(where(desktop)).to_have_value("portl")


def test_typed_place_is_sent_without_a_choice(desktop):
    desktop.goto("/")
    type_place(desktop, "portland, me")
    where(desktop).press("Enter")
    expect(desktop.get_by_role("heading", level=1)).to_have_text(
        "Acupuncturists near Portland, Maine"
    )


def test_place_is_chosen_by_touch(phone):
    phone.goto("/")
    where(phone).tap()
    type_place(phone, "brookl")
    phone.get_by_role("option", name="Brooklyn, New York").tap()
    expect(where(phone)).to_have_value("Brooklyn, New York")
    expect(where(phone)).to_be_focused()
    expect(phone.get_by_role("listbox")).to_have_count(0)
    phone.get_by_role("search", name="Acupuncturists").get_by_role("button", name="Find").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text(
        "Acupuncturists near Brooklyn, New York"
    )


def test_nobody_is_asked_at_every_key(desktop):
    asked = asked_of_places(desktop)
    desktop.clock.install(time=0)
    desktop.goto("/")
    desktop.clock.pause_at(60_000)
    where(desktop).press_sequentially("brooklyn")
    desktop.clock.run_for(1_000)
    desktop.get_by_role("option").first.wait_for()
    assert asked == [{"q": ["brooklyn"]}]


def test_service_that_fails_does_no_harm(browser, site):
    with open_page(browser, site, viewport=DESKTOP, tolerates_errors=True) as page:
        page.route(f"**{PLACES}*", lambda route: route.abort())
        page.goto("/")
        with page.expect_event("requestfailed"):
            where(page).press_sequentially("Brooklyn")
        where(page).press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Acupuncturists near Brooklyn, New York"
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_the_list_open(browser, site, scheme):
    context = browser.new_context(
        base_url=site, bypass_csp=True, viewport=PHONE, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("/")
    type_place(page, "portl")
    where(page).press("ArrowDown")
    violations = Axe().run(page, options=AXE_OPTIONS).response["violations"]
    context.close()
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in violations] == []


def test_location_is_rounded_before_it_is_sent(browser, site):
    options = {"viewport": PHONE, "permissions": ["geolocation"], "geolocation": POSITION}
    with open_page(browser, site, **options) as page:
        sent = []
        page.on("request", lambda request: sent.append(f"{request.url} {request.post_data}"))
        asked = asked_of_places(page)
        page.goto("/")
        page.get_by_role("button", name="Use my location").click()
        expect(where(page)).to_have_value("11201 Brooklyn, New York")
        expect(page.get_by_role("status").filter(has_text="rounded to about 1 km")).to_be_visible()
        assert asked == [{"near": ["40.69,-73.99"]}]

        where(page).press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Acupuncturists near 11201 Brooklyn, New York"
        )
        assert not [text for text in sent if "40.689" in text or "73.990" in text]


def test_refused_location_is_answered_beside_the_button(desktop):
    asked = asked_of_places(desktop)
    desktop.goto("/")
    desktop.get_by_role("button", name="Use my location").click()
    expect(
        desktop.get_by_role("status").filter(has_text="did not tell where you are")
    ).to_be_visible()
    expect(where(desktop)).to_have_value("")
    assert asked == []


def test_location_without_a_place_near_is_told(browser, site):
    at_sea = {"latitude": 0, "longitude": -30}
    options = {"viewport": PHONE, "permissions": ["geolocation"], "geolocation": at_sea}
    with open_page(browser, site, **options) as page:
        page.goto("/")
        page.get_by_role("button", name="Use my location").click()
        expect(page.get_by_role("status").filter(has_text="No place is known")).to_be_visible()
        expect(where(page)).to_have_value("")


def test_without_scripts_the_field_is_a_field(scriptless):
    scriptless.goto("/")
    field = where(scriptless)
    expect(field).not_to_have_attribute("role", "combobox")
    expect(scriptless.get_by_role("button", name="Use my location")).to_have_count(0)
    field.fill("Brooklyn")
    field.press("Enter")
    expect(scriptless.get_by_role("heading", level=1)).to_have_text(
        "Acupuncturists near Brooklyn, New York"
    )
