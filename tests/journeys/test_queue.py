"""Moderators at their queue: by keyboard, without a script, on a phone, two at once."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import axe_findings
from tests.journeys.conftest import DESKTOP, EDITOR_PASSWORD, PHONE, open_page

pytestmark = pytest.mark.journey

QUEUE = "/admin/comments/comment/queue/"
ARTICLE = "heel-pain-that-starts-in-the-calf"


@contextmanager
def moderator(browser, site, **options):
    """The demonstration's editor at the queue. A decision that is refused answers 409."""
    options = {"viewport": DESKTOP, **options}
    with open_page(browser, site, may_keep_cookies=True, tolerates_errors=True, **options) as page:
        page.goto(f"/admin/login/?next={QUEUE}")
        page.get_by_label("Username").fill("editor")
        page.get_by_label("Password").fill(EDITOR_PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("heading", name="Queue of comments").wait_for()
        yield page


def is_at(page: Page, name: str) -> None:
    expect(page.locator("#queue-comment")).to_contain_text(name)


def has_said(page: Page, words: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(words)


def overflow_px(page: Page) -> int:
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def test_six_comments_by_keyboard_alone(browser, site, wait):
    wait("Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir")
    with moderator(browser, site) as page:
        keys = page.keyboard
        is_at(page, "Ash")
        keys.press("a")
        has_said(page, "Decided: Approved. “Words by Ash")

        is_at(page, "Birch")
        keys.press("r")
        expect(page.get_by_label("Answer as an editor")).to_be_focused()
        keys.type("As sad as a dad, just us.")
        is_at(page, "Birch")
        keys.press("Control+Enter")
        has_said(page, "Answered and approved: “Words by Birch")

        is_at(page, "Cedar")
        keys.press("s")
        has_said(page, "Decided: Spam. “Words by Cedar")
        is_at(page, "Dogwood")
        keys.press("u")
        has_said(page, "Decision undone: Waiting. “Words by Cedar")
        is_at(page, "Cedar")
        keys.press("a")

        is_at(page, "Dogwood")
        keys.press("d")
        expect(page.get_by_label("Why it is removed")).to_be_focused()
        keys.type("Ins")
        keys.press("Control+Enter")
        has_said(page, "Decided: Removed. Insulting or hateful “Words by Dogwood")

        is_at(page, "Elm")
        keys.press("j")
        is_at(page, "Fir")
        keys.press("u")
        has_said(page, "Decision undone: Waiting. “Words by Dogwood")
        is_at(page, "Dogwood")
        keys.press("j")
        is_at(page, "Elm")
        keys.press("k")
        is_at(page, "Dogwood")
        keys.press("s")
        is_at(page, "Elm")
        keys.press("r")
        keys.press("Escape")
        keys.press("s")
        has_said(page, "Decided: Spam. “Words by Elm")
        is_at(page, "Fir")
        keys.press("a")
        has_said(page, "Decided: Approved. “Words by Fir")

        page.goto(f"/articles/{ARTICLE}/")
        expect(page.get_by_text("As sad as a dad, just us.")).to_be_visible()


def test_the_keys_are_told_and_can_be_turned_off(browser, site, wait):
    wait("Gorse")
    with moderator(browser, site) as page:
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
        assert axe_findings(page) == []
        page.keyboard.press("a")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
        for is_shown in (True, False):
            page.keyboard.press("?")
            expect(page.get_by_role("dialog", name="Keys")).to_be_visible(visible=is_shown)
        page.get_by_label("Keys work").uncheck()
        page.keyboard.press("a")
        page.reload()
        is_at(page, "Gorse")
        page.keyboard.press("a")
        is_at(page, "Gorse")


def test_without_a_script_buttons_do_the_same(browser, site, wait):
    wait("Hazel", "Iris", "Juniper")
    context = browser.new_context(base_url=site, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/admin/login/?next={QUEUE}")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(EDITOR_PASSWORD)
    page.get_by_role("button", name="Log in").click()
    is_at(page, "Hazel")
    page.locator(".queue-bar").get_by_role("link", name="Remove").click()
    page.get_by_label("Or in your own words").fill("Said too often.")
    page.get_by_role("button", name="Remove it").click()
    has_said(page, "Decided: Removed. Said too often. “Words by Hazel")
    page.get_by_role("button", name="Undo", exact=False).first.click()
    has_said(page, "Decision undone")
    is_at(page, "Hazel")
    page.get_by_label("Answer as an editor").fill("Typed with care.")
    page.get_by_role("button", name="Spam").first.click()
    expect(page.get_by_role("alert")).to_contain_text("This answer would be lost.")
    expect(page.get_by_label("Answer as an editor")).to_have_value("Typed with care.")
    page.get_by_role("button", name="Answer and approve").click()
    has_said(page, "Answered and approved")
    is_at(page, "Iris")
    context.close()


def test_on_a_phone_four_buttons_stay_in_reach(browser, site, wait):
    wait("Kelp", "Larch")
    options = {"viewport": PHONE, "has_touch": True, "color_scheme": "dark"}
    with moderator(browser, site, **options) as page:
        is_at(page, "Kelp")
        assert (overflow_px(page), axe_findings(page)) == (0, [])
        bar = page.locator(".queue-bar")
        expect(bar).to_be_in_viewport(ratio=1)
        sizes = [row.bounding_box() for row in bar.locator("> *").all()]
        assert [size["height"] >= 48 and size["width"] >= 70 for size in sizes] == [True] * 4
        bar.get_by_role("button", name="Approve").tap()
        is_at(page, "Larch")


def test_many_are_ticked_decided_and_undone(browser, site, wait):
    wait("Maple", "Nettle", "Oak")
    with moderator(browser, site) as page:
        for name in ("Nettle", "Oak"):
            page.get_by_label(f"Tick the comment by {name}").check()
        page.locator(".queue-many").get_by_role("button", name="Spam").click()
        has_said(page, "Decided: Spam. (2 comments)")
        is_at(page, "Maple")
        listed = page.get_by_role("region", name="Waiting longest").get_by_role("link")
        expect(listed.filter(has_text="Nettle")).to_have_count(0)
        page.get_by_role("button", name="Undo u", exact=True).click()
        has_said(page, "Decision undone: Waiting. (2 comments)")
        expect(listed.filter(has_text="Nettle")).to_have_count(1)
        expect(listed.filter(has_text="Oak")).to_have_count(1)


def test_of_two_moderators_the_second_keeps_the_answer(browser, site, wait):
    wait("Poplar")
    with moderator(browser, site) as first, moderator(browser, site) as second:
        second.get_by_label("Answer as an editor").fill("Typed with care.")
        first.keyboard.press("s")
        has_said(first, "Decided: Spam.")
        second.get_by_role("button", name="Answer and approve").click()
        alert = second.get_by_role("alert")
        expect(alert).to_contain_text("was decided by Demo Editor and is now: Spam.")
        expect(second.get_by_label("Answer as an editor")).to_have_value("Typed with care.")
        assert axe_findings(second) == []
        second.get_by_role("button", name="Answer and approve").click()
        has_said(second, "Answered and approved: “Words by Poplar")


SHELVES = ["waiting", "newcomers", "links", "reported", "questions", "spam", "lately"]


@pytest.mark.parametrize(
    "look",
    [
        pytest.param({"viewport": PHONE, "color_scheme": "light"}, id="light phone"),
        pytest.param({"viewport": DESKTOP, "color_scheme": "dark"}, id="dark desktop"),
    ],
)
def test_every_shelf_reports_nothing_and_fits_its_window(browser, site, wait, look):
    wait("Quince")
    with moderator(browser, site, **look) as page:
        found = {}
        for shelf in SHELVES:
            page.goto(f"{QUEUE}?shelf={shelf}")
            # Where the bar stands in its place, and covers nothing.
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
            found[shelf] = (overflow_px(page), axe_findings(page))
        assert found == dict.fromkeys(SHELVES, (0, []))
