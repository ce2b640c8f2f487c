"""A mistake is reported by a reader, and found first by an editor."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import axe_findings

pytestmark = pytest.mark.journey

TOWN = "/acupuncturists/in/new-york/brooklyn/"
WORDS = "It rings, then a voice says the number is not in service."


def report_first_in_town(page: Page, words: str) -> str:
    """From a town's page to the thanks; the name of the practitioner."""
    page.goto(TOWN)
    page.locator(".result__name a").first.click()
    name = page.locator("h1").inner_text().split("\n")[0]
    page.get_by_role("link", name="Report a mistake").click()
    page.get_by_role("heading", name="Report a mistake").wait_for()
    page.get_by_label("The phone number").check()
    page.get_by_label("What did you find").fill(words)
    page.get_by_role("button", name="Send the report").click()
    page.get_by_role("heading", name="The report has arrived").wait_for()
    return name


def test_a_reader_reports_a_mistake_which_an_editor_finds_first(phone: Page, editor: Page):
    name = report_first_in_town(phone, WORDS)
    assert axe_findings(phone) == []

    editor.goto("/admin/")
    line = editor.get_by_role("link", name="Mistakes reported")
    line.click()
    first = editor.locator("#result_list tbody tr").first
    expect(first).to_contain_text(WORDS)
    expect(first).to_contain_text(name)
    first.get_by_role("link", name="The phone number").click()
    expect(editor.get_by_text(WORDS)).to_be_visible()
    correct = editor.get_by_role("link", name="Correct the listing").get_attribute("href")
    assert axe_findings(editor) == []
    editor.get_by_label("Note").fill("Called; the new number is on their site.")
    editor.get_by_role("button", name="Resolve").click()
    expect(editor.get_by_text("was changed successfully")).to_be_visible()

    editor.goto(correct)
    expect(editor.locator("#id_name")).to_have_value(name)


def test_without_javascript_nothing_typed_is_lost(scriptless: Page):
    scriptless.goto(TOWN)
    scriptless.locator(".result__name a").nth(1).click()
    scriptless.get_by_role("link", name="Report a mistake").click()
    scriptless.get_by_label("The hours").check()
    scriptless.get_by_label("What did you find").fill("Closed on Mondays.")
    scriptless.get_by_label("Your e-mail").fill("bramble@")
    scriptless.get_by_role("button", name="Send the report").click()
    expect(scriptless.get_by_role("alert")).to_contain_text("This is no e-mail address.")
    expect(scriptless.get_by_label("The hours")).to_be_checked()
    expect(scriptless.get_by_label("What did you find")).to_have_value("Closed on Mondays.")
    scriptless.get_by_label("Your e-mail").fill("bramble@example.org")
    scriptless.get_by_role("button", name="Send the report").click()
    expect(scriptless.get_by_role("heading", name="The report has arrived")).to_be_visible()


def test_the_form_works_by_keyboard_and_axe_finds_nothing(desktop: Page):
    desktop.goto(TOWN)
    desktop.locator(".result__name a").nth(2).click()
    desktop.get_by_role("link", name="Report a mistake").click()
    assert axe_findings(desktop) == []
    desktop.get_by_label("The phone number").focus()
    desktop.keyboard.press("Space")
    desktop.get_by_label("Your e-mail").focus()
    desktop.keyboard.type("not an address")
    desktop.keyboard.press("Enter")
    desktop.get_by_role("alert").get_by_role("link").click()
    expect(desktop.get_by_label("Your e-mail")).to_be_focused()
    assert axe_findings(desktop) == []
