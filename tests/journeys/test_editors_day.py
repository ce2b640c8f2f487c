"""An editor's day in a real browser: nothing typed is lost, nothing goes out at the wrong time."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, EDITOR_PASSWORD, open_page

pytestmark = pytest.mark.journey

SAVED = re.compile(r"Saved as your draft \d+ s ago")
HEADLINE = "A day in the life of a heel"


def kept(page: Page):
    """The line that says what became of what was typed."""
    return page.locator("[data-autosave]")


def wait_until_kept(page: Page) -> None:
    expect(kept(page)).to_have_attribute("data-state", "saved")
    expect(kept(page).locator("[data-ago]")).to_have_text(SAVED)


def log_in(page: Page) -> None:
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(EDITOR_PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="What waits").wait_for()


def begin_article(page: Page, headline: str) -> None:
    page.goto("/admin/articles/article/add/")
    page.get_by_label("Headline").press_sequentially(headline)
    body = page.get_by_role("textbox", name="Body")
    body.click()
    page.keyboard.type("Rest it for two days.")


@pytest.fixture
def troubled_editor(browser, site):
    """An editor whose server answers 401 and 500 now and then, on purpose."""
    options = {"viewport": DESKTOP, "may_keep_cookies": True, "tolerates_errors": True}
    with open_page(browser, site, **options) as page:
        page.goto("/admin/")
        log_in(page)
        yield page


def test_a_lost_session_loses_no_word(troubled_editor):
    page = troubled_editor
    begin_article(page, HEADLINE)
    wait_until_kept(page)
    page.context.clear_cookies()
    page.keyboard.type(" Then walk.")
    expect(kept(page).get_by_role("status")).to_contain_text("your session has ended")
    with page.context.expect_page() as opened:
        kept(page).get_by_role("link", name="Log in again").click()
    log_in(opened.value)
    opened.value.close()
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")
    wait_until_kept(page)
    page.goto("/admin/articles/article/add/")
    page.get_by_role("link", name="Go on with them").first.click()
    expect(page.get_by_role("textbox", name="Body")).to_have_text(
        "Rest it for two days. Then walk."
    )
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    expect(page.get_by_label("Headline")).to_have_value(HEADLINE)


def test_a_server_that_fails_is_said_and_asked_again(troubled_editor):
    page = troubled_editor
    page.route("**/autosave/", lambda route: route.fulfill(status=500, body="broken"))
    begin_article(page, "A broken server")
    expect(kept(page).get_by_role("status")).to_contain_text("something went wrong")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Headline")).to_have_value("A broken server")
    page.unroute("**/autosave/")
    wait_until_kept(page)


def test_words_that_never_reached_the_server_are_offered_after_a_crash(troubled_editor):
    page = troubled_editor
    page.route("**/autosave/", lambda route: route.abort())
    begin_article(page, "Written on a train")
    expect(kept(page).get_by_role("status")).to_contain_text("does not answer")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/admin/articles/article/add/")
    expect(page.get_by_label("Headline")).to_have_value("")
    page.get_by_role("button", name="Put them back").click()
    expect(page.get_by_label("Headline")).to_have_value("Written on a train")
    expect(page.get_by_role("textbox", name="Body")).to_have_text("Rest it for two days.")
