"""A moderator bans, watches for words, and lifts both again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.axe import axe_findings
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_queue import QUEUE, has_said, is_at, moderator
from tests.journeys.test_reader import write_comment

pytestmark = pytest.mark.journey

ARTICLE = "/articles/heel-pain-that-starts-in-the-calf/"
LOOKS = pytest.mark.parametrize(
    "look",
    [
        pytest.param({"viewport": PHONE, "color_scheme": "dark"}, id="dark phone"),
        pytest.param({"viewport": DESKTOP, "color_scheme": "light"}, id="light desktop"),
        pytest.param({"viewport": PHONE, "java_script_enabled": False}, id="without a script"),
    ],
)


def findings(page: Page, look: dict) -> list:
    return axe_findings(page) if look.get("java_script_enabled", True) else []


def delete(page: Page) -> None:
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Yes, I’m sure").click()
    expect(page.get_by_text("was deleted successfully")).to_be_visible()


@LOOKS
def test_a_writer_is_banned_from_the_queue_with_a_reason_and_let_in_again(
    browser, site, wait, look
):
    wait("Rowan")
    with moderator(browser, site, **look) as page:
        page.get_by_text("Ban its writer", exact=True).click()
        page.get_by_role("button", name="Ban this address").click()
        expect(page.get_by_role("alert")).to_contain_text("Please say why")
        is_at(page, "Rowan")
        assert findings(page, look) == []
        page.get_by_label("Why its writer is banned").fill("Sells gel in every thread.")
        page.get_by_role("button", name="Ban this address").click()
        expect(page.get_by_text("Banned: what comes from there is spam")).to_be_visible()
        expect(page.get_by_text("Its writer was banned. Sells gel in every")).to_be_visible()
        expect(page.get_by_role("button", name="Ban this address")).to_have_count(0)
        is_at(page, "Rowan")

        page.goto("/admin/comments/ban/")
        row = page.get_by_role("row").filter(has_text="Sells gel in every thread.")
        expect(row).to_contain_text("editor")
        expect(page.get_by_text("queue@example.org")).to_have_count(0)
        assert findings(page, look) == []
        row.get_by_role("link").first.click()
        assert findings(page, look) == []
        delete(page)


@LOOKS
def test_a_network_is_banned_until_a_day(browser, site, look):
    with moderator(browser, site, **look) as page:
        page.goto("/admin/comments/ban/add/")
        assert findings(page, look) == []
        page.get_by_label("E-mail address or network").fill("somewhere")
        page.get_by_label("Reason").fill("A flood of copies.")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("This is no network.")).to_be_visible()
        expect(page.get_by_label("Reason")).to_have_value("A flood of copies.")
        assert findings(page, look) == []
        page.get_by_label("E-mail address or network").fill("192.0.2.77/24")
        ends_on = timezone.localdate() + timedelta(days=30)
        page.get_by_label("Date", exact=True).fill(ends_on.isoformat())
        page.get_by_label("Time", exact=True).fill("12:00:00")
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_role("row").filter(has_text="192.0.2.0/24").get_by_role("link").first.click()
        delete(page)


@LOOKS
def test_a_word_to_watch_for_makes_spam_of_what_holds_it(browser, site, scriptless, look):
    word = f"zephyrgel{uuid4().hex}"
    with moderator(browser, site, **look) as page:
        page.goto("/admin/comments/phrase/add/")
        page.get_by_label("Word or phrase").fill("the")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("Nearly every comment holds that.")).to_be_visible()
        assert findings(page, look) == []
        page.get_by_label("Word or phrase").fill(word)
        page.get_by_label("Effect").select_option(label="Take it for spam")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("was added successfully")).to_be_visible()

        scriptless.goto(ARTICLE)
        scriptless.wait_for_timeout(2_500)
        write_comment(scriptless, name="Sumac", email="", text=f"Try {word.upper()} instead.")
        expect(scriptless.get_by_text("waits for a moderator")).to_be_visible()

        page.goto(f"{QUEUE}?shelf=spam")
        link = page.get_by_role("link").filter(has_text=word.upper())
        link.first.click()
        is_at(page, "Sumac")
        expect(page.get_by_role("region", name="What the screening found")).to_contain_text(word)
        page.get_by_role("button", name="Approve").first.click()
        has_said(page, "Decided: Approved.")

        page.goto("/admin/comments/phrase/")
        assert findings(page, look) == []
        page.get_by_role("link", name=word).click()
        delete(page)
