"""From a state to a town to a kind of care there to a telephone, and back out of a wrong turn."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, open_page

pytestmark = pytest.mark.journey


def count_of(text: str) -> int:
    return int(re.search(r"[\d,]+", text).group().replace(",", ""))


def follow(page: Page, heading: str) -> int:
    """Takes the first link under a heading; the number that stands beside it."""
    entry = page.get_by_role("navigation", name=heading).locator("li").first
    told = count_of(entry.locator(".count").inner_text())
    entry.get_by_role("link").click()
    return told


def listed(page: Page) -> int:
    text = page.locator("#answer-heading").inner_text()
    return 1 if text.startswith("One ") else count_of(text)


def test_from_the_home_page_down_to_a_telephone(scriptless: Page):
    scriptless.goto("/")
    scriptless.get_by_role("link", name="All states").click()
    scriptless.get_by_role("link", name="New York", exact=True).click()
    expect(scriptless.locator("h1")).to_have_text("Acupuncturists in New York")
    told = follow(scriptless, "Towns")
    assert listed(scriptless) == told
    told = follow(scriptless, "Kinds of care in")
    assert listed(scriptless) == told
    expect(scriptless.get_by_role("heading", name="What it is not")).to_be_visible()
    row = scriptless.locator(".result").first
    expect(row.locator('a[href^="tel:"]')).to_be_visible()
    row.locator(".result__name a").click()
    expect(scriptless.locator('a[href^="tel:"]').first).to_be_visible()


def test_town_leads_to_its_neighbors_and_back_to_its_state(desktop: Page):
    desktop.goto("/acupuncturists/in/new-york/brooklyn/")
    told = follow(desktop, "Near Brooklyn")
    assert listed(desktop) == told
    desktop.get_by_role("navigation", name="You are here").get_by_role(
        "link", name="New York", exact=True
    ).click()
    expect(desktop.locator("h1")).to_have_text("Acupuncturists in New York")


def test_wrong_turn_gets_help_and_another_spelling_gets_there(browser, site):
    with open_page(browser, site, tolerates_errors=True, viewport=PHONE) as page:
        page.goto("/acupuncturists/in/new-york/bklyn/")
        assert page.url == f"{site}/acupuncturists/in/new-york/brooklyn/"
        page.goto("/acupuncturists/in/new-york/brooklyne/")
        page.get_by_role("link", name="Acupuncturists in Brooklyn, New York").click()
        expect(page.locator("h1")).to_have_text("Acupuncturists in Brooklyn, New York")
        page.goto("/acupuncturists/in/new-york/xyzzy/")
        page.get_by_label("Where?").fill("Albany")
        page.get_by_role("button", name="Find").click()
        expect(page.locator("h1")).to_contain_text("Albany, New York")
