"""From the masthead of any page to what was meant, on a phone without JavaScript."""

import math

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey


def search(page: Page, text: str) -> None:
    page.get_by_role("searchbox", name="Search AcuTake").fill(text)
    page.get_by_role("search", name="The whole site").get_by_role("button").click()


def test_a_slip_leads_to_the_article_that_was_meant(scriptless: Page):
    scriptless.goto("/about/")
    search(scriptless, "achiles tendon")

    expect(scriptless.get_by_text("This is what was found for achilles tendon")).to_be_visible()
    expect(scriptless.get_by_role("searchbox", name="Search AcuTake")).to_have_value(
        "achiles tendon"
    )
    scriptless.get_by_role("link", name="The heel pain that starts in the calf").click()
    expect(scriptless.locator("h1")).to_have_text("The heel pain that starts in the calf")


def test_did_you_mean_is_a_link_that_finds_more(scriptless: Page):
    scriptless.goto("/")
    search(scriptless, "migrane")
    scriptless.get_by_role("link", name="migraine", exact=True).click()

    expect(scriptless.get_by_role("heading", name="Articles")).to_be_visible()
    expect(scriptless.locator(".found mark").first).to_have_text("migraine")


def test_a_complaint_and_a_town_lead_to_people_there(scriptless: Page):
    scriptless.goto("/articles/")
    search(scriptless, "migraine in Brooklyn")
    scriptless.get_by_role("link", name="Brooklyn, New York, for migraine").click()

    expect(scriptless.locator(".result").first).to_be_visible()
    assert "what=migraine&where=Brooklyn" in scriptless.url


def test_pages_go_on_to_the_last_of_all_that_was_found(scriptless: Page):
    scriptless.goto("/search/?q=dacm")
    scriptless.get_by_role("link", name="All acupuncturists with these words").click()
    told = int(scriptless.locator("h2 .count").inner_text().removesuffix(" found"))
    pages = math.ceil(told / 10)
    seen = []
    for number in range(1, pages + 1):
        expect(scriptless.get_by_text(f"Page {number} of {pages}")).to_be_visible()
        seen += scriptless.locator(".found-list h3").all_inner_texts()
        if number < pages:
            scriptless.get_by_role("link", name="Next").click()

    assert len(set(seen)) == told > 20
    expect(scriptless.get_by_role("link", name="Next")).to_have_count(0)
