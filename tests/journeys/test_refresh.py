"""What a script adds to an answer: a filter that is changed refreshes it in place."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, open_page

pytestmark = pytest.mark.journey

BROOKLYN = "/acupuncturists/?where=Brooklyn"


def option(page: Page, parameter: str, value: str) -> Locator:
    return page.locator(f'[data-answer] input[name="{parameter}"][value="{value}"]')


def mark(page: Page) -> None:
    """Leave a sign in the page that is gone once it is loaded anew."""
    page.evaluate("window.isTheSamePage = true")


def is_marked(page: Page) -> bool:
    return page.evaluate("window.isTheSamePage === true")


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def heading(page: Page) -> str:
    return page.locator("#answer-heading").inner_text()


def rows(page: Page) -> list[str]:
    return page.locator("li.result h3").all_inner_texts()


def wait_for(page: Page, **query: str) -> None:
    """Until the address asks for this too, and the answer to it is shown."""
    page.wait_for_url(
        lambda url: all(
            value in parse_qs(urlsplit(url).query).get(name, []) for name, value in query.items()
        )
    )
    expect(page.locator("[data-answer][aria-busy]")).to_have_count(0)


def test_filter_refreshes_the_answer_in_place_and_back_takes_it_back(desktop):
    desktop.goto(BROOKLYN)
    mark(desktop)
    everybody = heading(desktop), rows(desktop)

    option(desktop, "accepting", "1").check()
    wait_for(desktop, accepting="1")
    fewer = heading(desktop), rows(desktop)

    assert fewer != everybody
    assert query_of(desktop) == {"where": ["Brooklyn"], "radius": ["25"], "accepting": ["1"]}
    expect(option(desktop, "accepting", "1")).to_be_focused()
    expect(desktop.get_by_role("status").filter(has_text=fewer[0])).to_have_count(1)
    assert is_marked(desktop)

    desktop.go_back()
    expect(option(desktop, "accepting", "1")).not_to_be_checked()
    assert (heading(desktop), rows(desktop)) == everybody
    assert query_of(desktop) == {"where": ["Brooklyn"]}
    desktop.go_forward()
    expect(option(desktop, "accepting", "1")).to_be_checked()
    assert (heading(desktop), rows(desktop)) == fewer
    assert is_marked(desktop)

    desktop.reload()
    assert (heading(desktop), rows(desktop)) == fewer


def test_filters_that_are_changed_in_a_row_are_all_asked(phone):
    phone.goto(BROOKLYN)
    mark(phone)
    phone.locator("#filters > summary").tap()
    option(phone, "accepting", "1").check()
    option(phone, "verified", "1").check()
    wait_for(phone, accepting="1", verified="1")
    expect(phone.locator("#filters")).to_have_attribute("open", "")
    expect(option(phone, "accepting", "1")).to_be_checked()
    expect(option(phone, "verified", "1")).to_be_checked()
    assert is_marked(phone)


def test_filter_stays_under_the_finger(phone):
    phone.goto(BROOKLYN)
    phone.locator("#filters > summary").tap()
    step_free = option(phone, "step_free", "1")
    step_free.scroll_into_view_if_needed()
    step_free.tap()
    before = step_free.bounding_box()
    wait_for(phone, step_free="1")
    expect(phone.get_by_role("list", name="Filters that are set")).to_have_count(1)
    assert abs(step_free.bounding_box()["y"] - before["y"]) <= 1


def test_place_that_was_typed_meanwhile_is_asked_too(desktop):
    desktop.goto(BROOKLYN)
    desktop.get_by_label("Where?").fill("Denver")
    option(desktop, "accepting", "1").check()
    wait_for(desktop, where="Denver", accepting="1")
    near_denver = "Acupuncturists near Denver, Colorado"
    expect(desktop.get_by_role("heading", level=1)).to_have_text(near_denver)
    expect(desktop).to_have_title(f"{near_denver} · AcuTake")

    desktop.go_back()
    expect(desktop.get_by_role("heading", level=1)).to_have_text(
        "Acupuncturists near Brooklyn, New York"
    )
    expect(desktop.get_by_label("Where?")).to_have_value("Brooklyn")


def test_link_to_a_row_asks_for_nothing(desktop):
    desktop.goto(BROOKLYN)
    mark(desktop)
    asked = []
    desktop.on("request", lambda request: asked.append((request.resource_type, request.url)))
    desktop.evaluate("location.hash = '#result-3'")
    desktop.go_back()
    option(desktop, "accepting", "1").focus()
    assert is_marked(desktop)
    assert [url for kind, url in asked if kind in {"fetch", "document"}] == []


def test_answer_that_cannot_be_fetched_is_loaded_as_a_page(browser, site):
    with open_page(browser, site, viewport=DESKTOP, tolerates_errors=True) as page:
        page.goto(BROOKLYN)
        mark(page)
        page.route(
            "**/acupuncturists/?*",
            lambda route: (
                route.abort() if route.request.resource_type == "fetch" else route.continue_()
            ),
        )
        option(page, "accepting", "1").check()
        wait_for(page, accepting="1")
        expect(option(page, "accepting", "1")).to_be_checked()
        assert not is_marked(page)


def test_without_scripts_the_button_shows_the_same_answer(scriptless, browser, site):
    scriptless.goto(BROOKLYN)
    scriptless.locator("#filters > summary").click()
    option(scriptless, "accepting", "1").check()
    scriptless.locator("#filters").get_by_role("button").click()
    with open_page(browser, site, viewport=PHONE) as page:
        page.goto(BROOKLYN)
        page.locator("#filters > summary").click()
        option(page, "accepting", "1").check()
        wait_for(page, accepting="1")
        assert (heading(page), rows(page)) == (heading(scriptless), rows(scriptless))
