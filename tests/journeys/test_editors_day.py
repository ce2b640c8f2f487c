"""An editor's day in a real browser: nothing typed is lost, nothing goes out at the wrong time."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, EDITOR_PASSWORD, manage, open_page

pytestmark = pytest.mark.journey

SAVED = re.compile(r"Saved as your draft \d+ s ago")
NEW_YORK = ZoneInfo("America/New_York")
HEADLINE = "A day in the life of a heel"


def kept(page: Page):
    """The line that says what became of what was typed."""
    return page.locator("[data-autosave]")


def wait_until_kept(page: Page) -> None:
    expect(kept(page)).to_have_attribute("data-state", "saved")
    expect(kept(page).locator("[data-ago]")).to_have_text(SAVED)


def log_in(page: Page, *, username: str = "editor") -> None:
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(EDITOR_PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="What waits").wait_for()


def begin_article(page: Page, headline: str) -> None:
    page.goto("/admin/articles/article/add/")
    page.get_by_label("Headline").press_sequentially(headline)
    body = page.get_by_role("textbox", name="Body")
    body.click()
    page.keyboard.type("Rest it for two days.")


def save_new(page: Page) -> str:
    """Save the new article; returns the address of its page."""
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_text("was added successfully").wait_for()
    return page.url.split("?")[0]


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
    expect(kept(page).get_by_role("status")).to_contain_text("Press the button again")
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


def set_moment(page: Page, name: str, moment) -> None:
    """Type a moment, of the site's zone, into the two fields of a date and a time."""
    group = page.locator(f".field-{name}")
    group.get_by_label("Date").fill(f"{moment:%Y-%m-%d}")
    group.get_by_label("Time").fill(f"{moment:%H:%M}")


def add_first_picture(page: Page) -> None:
    page.get_by_role("button", name="Picture from the library").click()
    dialog = page.get_by_role("dialog", name="Image library")
    dialog.get_by_role("listitem").first.get_by_role("button").click()
    expect(page.get_by_role("textbox", name="Body").locator("figure")).to_be_visible()


def test_from_the_first_word_to_the_day_it_is_withdrawn(editor, phone, move_clock):
    """Written, kept, compared, previewed, scheduled, there at its hour, changed, withdrawn."""
    page = editor
    begin_article(page, "The clock decides")
    change = save_new(page)
    page.get_by_role("textbox", name="Body").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Then walk.")
    page.keyboard.press("Enter")
    add_first_picture(page)
    wait_until_kept(page)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="On a phone").click()
    shown = opened.value.frame_locator("iframe").get_by_role("article")
    expect(shown).to_contain_text("Then walk.")
    expect(shown.locator("figure img")).to_be_visible()
    opened.value.close()

    soon = datetime.now(tz=NEW_YORK) + timedelta(hours=5)
    set_moment(page, "published_at", soon)
    page.get_by_label("Status").select_option("published")
    page.get_by_label("Note for colleagues").fill("A picture, and a plan.")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".article-state")).to_contain_text("Scheduled")
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("row", name="A picture, and a plan.")).to_be_visible()
    page.get_by_role("button", name="Compare the two chosen").click()
    expect(page.locator("ins").filter(has_text="Then walk.")).to_be_visible()

    address = "/articles/the-clock-decides/"
    assert [status(phone, address, hours, move_clock) for hours in (0, 4, 6)] == [404, 404, 200]
    move_clock(6)
    next_day = datetime.now(tz=NEW_YORK) + timedelta(hours=30)
    page.goto(change)
    page.get_by_label("Headline").fill("The clock decided")
    page.get_by_role("button", name="Keep as the next version").click()
    expect(page.get_by_text("Readers go on seeing the article as it was.")).to_be_visible()
    set_moment(page, "goes_out_at", next_day)
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".article-state")).to_contain_text("Next version: Scheduled")
    assert [headline(phone, address, hours, move_clock) for hours in (6, 29, 31)] == [
        "The clock decides",
        "The clock decides",
        "The clock decided",
    ]
    page.goto(change)
    page.get_by_role("button", name="Go on with the article").click()
    expect(page.get_by_label("Headline")).to_have_value("The clock decided")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("1 article withdrawn.")).to_be_visible()
    assert status(phone, address, 31, move_clock) == 404


def status(page: Page, address: str, hours: int, move_clock) -> int:
    """What the public gets when the site's clock is so many hours ahead."""
    move_clock(hours)
    return page.request.get(address).status


def headline(page: Page, address: str, hours: int, move_clock) -> str:
    """The same on the article's own page and in the feed."""
    move_clock(hours)
    page.goto(address)
    shown = page.get_by_role("heading", level=1).inner_text()
    assert f"<title>{shown}</title>" in page.request.get("/articles/feed/").text()
    return shown


@pytest.fixture
def colleague(browser, site, site_environment):
    """A second editor, in a browser of their own."""
    make = (
        "from django.contrib.auth.models import User; "
        "User.objects.filter(username='colleague').exists() or "
        f"User.objects.create_superuser('colleague', password={EDITOR_PASSWORD!r})"
    )
    manage("shell", "-c", make, env=site_environment)
    options = {"viewport": DESKTOP, "may_keep_cookies": True, "tolerates_errors": True}
    with open_page(browser, site, **options) as page:
        page.goto("/admin/")
        log_in(page, username="colleague")
        yield page


def test_two_editors_on_one_article_lose_nothing(troubled_editor, colleague):
    ada, ben = troubled_editor, colleague
    begin_article(ada, "Two hands")
    change = save_new(ada)
    ben.goto(change)
    ada.get_by_role("textbox", name="Body").click()
    ada.keyboard.press("Control+End")
    ada.keyboard.type(" Adas words.")
    wait_until_kept(ada)
    ben.get_by_label("Headline").fill("Two hands of Ben")
    wait_until_kept(ben)
    expect(kept(ben).get_by_role("link", name="editor has unsaved words here too")).to_be_visible()
    ben.get_by_role("button", name="Save and continue editing").click()
    expect(ben.get_by_text("was changed successfully")).to_be_visible()

    ada.keyboard.type(" More of them.")
    expect(kept(ada).get_by_role("status")).to_have_text(
        "colleague saved this after you had opened it"
    )
    kept(ada).get_by_role("button", name="See both and choose").click()
    dialog = ada.get_by_role("dialog", name="colleague saved this after you had opened it")
    expect(dialog.locator("ins").filter(has_text="Adas words. More of them.")).to_be_visible()
    expect(dialog.locator("del").filter(has_text="of Ben")).to_be_visible()
    dialog.get_by_role("button", name="Go on with mine; I merge by hand").click()
    wait_until_kept(ada)
    ada.get_by_label("Headline").fill("Two hands of Ben and Ada")
    ada.get_by_role("button", name="Save and continue editing").click()
    expect(ada.get_by_text("was changed successfully")).to_be_visible()
    ben.goto(change)
    expect(ben.get_by_label("Headline")).to_have_value("Two hands of Ben and Ada")
    expect(ben.get_by_role("textbox", name="Body")).to_contain_text("Adas words. More of them.")


def test_two_windows_of_one_editor_overwrite_nothing(troubled_editor):
    first = troubled_editor
    begin_article(first, "Two windows")
    change = save_new(first)
    second = first.context.new_page()
    second.goto(change)
    first.get_by_label("Headline").fill("The first window")
    wait_until_kept(first)
    second.get_by_label("Headline").fill("The second window")
    expect(kept(second).get_by_role("status")).to_have_text(
        "Another window of yours holds other words"
    )
    kept(second).get_by_role("button", name="See both and choose").click()
    dialog = second.get_by_role("dialog")
    expect(dialog.locator("del").filter(has_text="first")).to_be_visible()
    dialog.get_by_role("button", name="Keep mine aside, show the others").click()
    expect(second.get_by_text("Your words are kept aside.")).to_be_visible()
    expect(second.get_by_text("you put words aside here")).to_be_visible()
    second.close()


def test_without_javascript_a_save_passes_over_nobody(browser, site, colleague):
    context = browser.new_context(base_url=site, viewport=DESKTOP, java_script_enabled=False)
    page = context.new_page()
    page.goto("/admin/")
    log_in(page)
    page.goto("/admin/articles/article/add/")
    page.get_by_label("Headline").fill("Plain paper")
    page.get_by_label("Slug").fill("plain-paper")
    page.get_by_label("Body").fill("<p>Words.</p>")
    page.get_by_role("button", name="Save and continue editing").click()
    colleague.goto(page.url)
    colleague.get_by_label("Headline").fill("Plain paper, by another hand")
    colleague.get_by_role("button", name="Save and continue editing").click()
    expect(colleague.get_by_text("was changed successfully")).to_be_visible()
    page.get_by_label("Dek").fill("A dek that must stay.")
    page.get_by_role("button", name="Save", exact=True).click()
    notice = page.get_by_role("region", name=re.compile("colleague saved this on"))
    expect(notice.locator("del").filter(has_text="by another hand")).to_be_visible()
    expect(page.get_by_label("Dek")).to_have_value("A dek that must stay.")
    context.close()


def test_axe_finds_nothing_on_the_pages_of_an_article(browser, site):
    # axe puts a style of its own into the page, which our policy would stop.
    options = {"viewport": DESKTOP, "may_keep_cookies": True, "bypass_csp": True}
    found = {}
    with open_page(browser, site, **options) as page:
        page.goto("/admin/")
        log_in(page)
        page.goto("/admin/articles/article/2/change/")
        page.get_by_label("Headline").press("End")
        page.keyboard.type(" again")
        wait_until_kept(page)
        page.get_by_role("button", name="Keep as the next version").click()
        page.get_by_text("Readers go on seeing the article as it was.").wait_for()
        change = page.url
        for path in [change, "2/history/", "2/compare/?from=saved&to=next", "2/preview/phone/"]:
            page.goto(path if path == change else f"/admin/articles/article/{path}")
            # Django's choice of one row among many (Select2) names its box only when it is full.
            looked_at = {"exclude": [[".select2"]]}
            result = Axe().run(page, looked_at, options={"iframes": False})
            rules = result.response["violations"]
            found[path] = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in rules]
    assert found == {path: [] for path in found}
