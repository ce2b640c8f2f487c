"""What readers do: comment and see it published; search and be understood."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey

ARTICLE = "/articles/heel-pain-that-starts-in-the-calf/"


def write_comment(page: Page, *, name: str, email: str, text: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Comment", exact=True).fill(text)
    page.get_by_role("button", name="Send the comment").click()


def test_comment_waits_until_a_moderator_approves_it(phone, editor):
    text = "Counted mine: 22 left, 13 right. Thank you 🦶 — שלום"
    phone.goto(ARTICLE)
    write_comment(phone, name="Juniper Test", email="juniper@example.org", text=text)
    expect(phone.get_by_text("waits for a moderator")).to_be_visible()
    phone.goto(ARTICLE)
    expect(phone.get_by_text(text)).to_have_count(0)

    editor.get_by_role("link", name="Comments to decide").click()
    editor.get_by_role("link", name="Juniper Test").click()
    expect(editor.get_by_role("heading", name="Juniper Test")).to_be_visible()
    editor.get_by_role("button", name="Approve a", exact=True).click()
    expect(editor.get_by_role("status")).to_contain_text("Decided: Approved.")

    phone.goto(ARTICLE)
    expect(phone.get_by_text(text)).to_be_visible()
    assert "juniper@example.org" not in phone.content()


def test_comment_with_mistakes_comes_back_as_it_was_typed(scriptless):
    scriptless.goto(ARTICLE)
    write_comment(
        scriptless, name="Juniper Test", email="juniper(at)example", text="Half a thought"
    )

    expect(scriptless.get_by_role("heading", level=1)).to_contain_text("heel pain")
    expect(scriptless.get_by_label("E-mail")).to_have_attribute("aria-invalid", "true")
    assert scriptless.get_by_label("Name").input_value() == "Juniper Test"
    assert scriptless.get_by_label("E-mail").input_value() == "juniper(at)example"
    assert scriptless.get_by_label("Comment", exact=True).input_value() == "Half a thought"


def test_reply_stands_below_what_it_answers(scriptless, editor):
    scriptless.goto(ARTICLE)
    first = scriptless.locator("[id^=comment-]").filter(has_text="It goes away in the shower").first
    first.get_by_role("link", name="Reply").first.click()
    write_comment(scriptless, name="Reed Test", email="", text="Same here, exactly.")
    expect(scriptless.get_by_text("waits for a moderator")).to_be_visible()

    editor.get_by_role("link", name="Comments to decide").click()
    editor.get_by_role("link", name="Reed Test").click()
    expect(editor.get_by_role("heading", name="Reed Test")).to_be_visible()
    editor.get_by_role("button", name="Approve a", exact=True).click()
    expect(editor.get_by_role("status")).to_contain_text("Decided: Approved.")

    scriptless.goto(ARTICLE)
    expect(
        scriptless.locator("li")
        .filter(has_text="It goes away in the shower")
        .get_by_text("Same here, exactly.")
        .first
    ).to_be_visible()


def test_search_keeps_what_was_typed_when_the_place_is_unknown(scriptless):
    scriptless.goto("/acupuncturists/?what=sports&where=Xyzzyville&radius=abc&page=-1")

    assert scriptless.get_by_label("Where").input_value() == "Xyzzyville"
    assert scriptless.get_by_label("What for").input_value() == "sports"
    expect(scriptless.get_by_role("heading", level=1)).to_be_visible()
