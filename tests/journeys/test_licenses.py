"""From the queue of licenses to the card that a patient reads, and what the letters mean there."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey

QUEUE = "/admin/directory/license/?standing=unverified"


def state_of_the_license(page: Page, name: str):
    """What the card of somebody says of the license."""
    page.goto(f"/acupuncturists/?what={name.replace(' ', '+')}")
    card = page.locator(".result").filter(has=page.get_by_role("link", name=name, exact=True))
    return card.locator(".result__facts").get_by_text(re.compile("^License"))


def test_editor_verifies_a_license_and_the_card_changes_at_once(editor):
    editor.goto(f"{QUEUE}&q=Marisol")
    editor.get_by_role("row").filter(has_text="Marisol").get_by_role("link").first.click()
    name = "Marisol Thornapple"
    admin_page = editor.url
    expect(state_of_the_license(editor, name)).to_have_text("License not verified")

    editor.goto(admin_page)
    expect(editor.get_by_label("Where it was checked")).to_have_value(re.compile("oregon"))
    day = editor.locator(".field-verified_on")
    day.get_by_role("link", name="Today").click()
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.get_by_text("was changed successfully")).to_be_visible()

    expect(state_of_the_license(editor, name)).to_have_text("License verified")
    editor.get_by_role("link", name=name, exact=True).click()
    expect(editor.get_by_text("Checked by our editor")).to_contain_text("oregon.gov")

    editor.goto(admin_page)
    expect(editor.locator("#verifications-group .has_original")).to_have_count(1)
    editor.get_by_label("Number").fill("DEMO-99999")
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.get_by_text("its earlier check no longer counts")).to_be_visible()
    expect(state_of_the_license(editor, name)).to_have_text("License not verified")


def test_patient_reads_the_letters_on_a_card_and_what_they_take(scriptless):
    scriptless.goto("/acupuncturists/?what=Ignatius+Pebblewood")
    letters = scriptless.locator("details.letters").first
    letters.locator("summary").click()
    expect(letters.get_by_text("Physical therapist", exact=False).first).to_be_visible()
    letters.get_by_role("link", name="All letters and what they take").click()

    expect(scriptless.get_by_role("heading", level=1)).to_have_text("What the letters mean")
    scriptless.get_by_role("link", name="L.Ac.", exact=True).click()
    expect(scriptless).to_have_url(re.compile("#lac$"))
    entry = scriptless.get_by_role("region", name="L.Ac.", exact=True)
    expect(entry).to_contain_text("1,905 to 3,000 hours of acupuncture or needling")
