"""A comment is written, waits, is changed and taken back; with and without a script."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import axe_findings
from tests.journeys.conftest import DESKTOP, PHONE, open_page

pytestmark = pytest.mark.journey

ARTICLE = "/articles/heel-pain-that-starts-in-the-calf/"
# Longer than the screening thinks that a person needs.
READING_MS = 2_500


def form_of(page: Page):
    return page.locator("#comment-form")


def words_of(page: Page):
    return form_of(page).get_by_label("Comment", exact=True)


def send_button(page: Page):
    return form_of(page).get_by_role("button", name="Send the comment")


def write(page: Page, words: str, *, email: str = "") -> None:
    form_of(page).get_by_label("Name").fill("Bramble")
    form_of(page).get_by_label("E-mail").fill(email)
    words_of(page).fill(words)


def notice(page: Page):
    return page.locator("#comment-waiting")


def kept_drafts(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).map((key) => localStorage.getItem(key))")


def is_ready(page: Page) -> None:
    """Wait until the script that a focus fetches is there."""
    with page.expect_response(re.compile(r"commenting.*\.js")):
        words_of(page).focus()
    page.wait_for_timeout(300)


def change_and_withdraw(page: Page) -> None:
    notice(page).get_by_text("Change it", exact=True).click()
    page.locator("#own_body").fill("Other words by now.")
    page.get_by_role("button", name="Save the change").click()
    expect(notice(page).locator(".own__comment")).to_contain_text("Other words by now.")
    notice(page).get_by_text("Withdraw it", exact=True).click()
    page.get_by_role("button", name="Withdraw my comment").click()
    expect(notice(page)).to_contain_text("You have withdrawn your comment.")
    expect(page.get_by_text("Other words by now.")).to_have_count(0)


def test_without_a_script_a_comment_is_sent_changed_and_withdrawn(scriptless: Page):
    scriptless.goto(ARTICLE)
    write(scriptless, "Is a gap like that normal?", email="bramble@")
    send_button(scriptless).click()
    expect(form_of(scriptless).get_by_role("alert")).to_contain_text("no e-mail address")
    expect(words_of(scriptless)).to_have_value("Is a gap like that normal?")
    form_of(scriptless).get_by_label("E-mail").fill("bramble@example.org")
    send_button(scriptless).click()
    expect(notice(scriptless)).to_contain_text("It waits for a moderator")
    expect(notice(scriptless).locator(".own__comment")).to_contain_text("Is a gap like that")
    change_and_withdraw(scriptless)


def test_without_a_script_a_reply_says_what_it_answers(scriptless: Page):
    scriptless.goto(ARTICLE)
    scriptless.get_by_role("link", name=re.compile("^Reply")).first.click()
    expect(form_of(scriptless).get_by_role("heading")).to_contain_text("Reply to")
    write(scriptless, "The same with me.")
    send_button(scriptless).click()
    expect(notice(scriptless)).to_contain_text("In reply to")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_place_a_comment_is_sent_changed_and_withdrawn(browser, site, viewport, scheme):
    with open_page(browser, site, viewport=viewport, color_scheme=scheme) as page:
        page.goto(ARTICLE)
        is_ready(page)
        write(page, f"Is that normal, {scheme} and {viewport['width']} wide?", email="bramble@")
        send_button(page).click()
        expect(form_of(page).get_by_role("alert")).to_be_focused()
        assert axe_findings(page) == []
        expect(words_of(page)).to_have_value(re.compile("Is that normal"))
        form_of(page).get_by_label("E-mail").fill("bramble@example.org")
        page.wait_for_timeout(READING_MS)
        send_button(page).click()
        expect(notice(page)).to_be_focused()
        expect(notice(page)).to_contain_text("It waits for a moderator")
        assert kept_drafts(page) == []
        assert axe_findings(page) == []
        page.reload()
        expect(notice(page)).to_contain_text("Is that normal")
        change_and_withdraw(page)
        assert axe_findings(page) == []


def test_a_double_click_is_one_comment(desktop: Page):
    desktop.goto(ARTICLE)
    is_ready(desktop)
    write(desktop, "Clicked twice.")
    sent = []
    desktop.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    send_button(desktop).dblclick()
    expect(notice(desktop)).to_contain_text("Clicked twice.")
    assert len(sent) == 1


def test_a_reply_is_written_below_what_it_answers(phone: Page):
    phone.goto(ARTICLE)
    link = phone.get_by_role("link", name=re.compile("^Reply")).first
    name = link.inner_text()
    link.click()
    expect(words_of(phone)).to_be_focused()
    expect(form_of(phone).get_by_role("heading")).to_contain_text("Reply to")
    assert phone.evaluate("!!document.querySelector('.comments__thread #comment-form')"), name
    assert axe_findings(phone) == []
    form_of(phone).get_by_role("link", name="Write a comment of its own instead").click()
    expect(form_of(phone).get_by_role("heading")).to_have_text("Write a comment")
    link.click()
    write(phone, "The same with me.", email="bramble@")
    send_button(phone).click()
    expect(form_of(phone).get_by_role("alert")).to_contain_text("no e-mail address")
    assert phone.evaluate("!!document.querySelector('.comments__thread #comment-form')")
    form_of(phone).get_by_label("E-mail").fill("")
    send_button(phone).click()
    expect(notice(phone)).to_contain_text("In reply to")
    expect(form_of(phone)).to_have_count(1)


def test_an_unfinished_comment_survives_a_reload_without_the_address(phone: Page):
    phone.goto(ARTICLE)
    is_ready(phone)
    write(phone, "An unfinished thought", email="very.private@example.org")
    phone.reload()
    expect(words_of(phone)).to_have_value("An unfinished thought")
    expect(form_of(phone).get_by_label("Name")).to_have_value("Bramble")
    assert "private" not in "".join(kept_drafts(phone))
    assert axe_findings(phone) == []
    phone.get_by_role("button", name="Discard it").click()
    expect(words_of(phone)).to_have_value("")
    phone.reload()
    expect(words_of(phone)).to_have_value("")
    assert kept_drafts(phone) == []


def test_an_unfinished_reply_comes_back_below_what_it_answers(phone: Page):
    phone.goto(ARTICLE)
    phone.get_by_role("link", name=re.compile("^Reply")).first.click()
    expect(words_of(phone)).to_be_focused()
    words_of(phone).fill("An unfinished answer")
    phone.goto(ARTICLE)
    expect(words_of(phone)).to_have_value("An unfinished answer")
    expect(form_of(phone).get_by_role("heading")).to_contain_text("Reply to")


def has_its_beginning_in_sight(page: Page, selector: str) -> None:
    """Wait until a reader who looks at the page sees where the element begins."""
    page.wait_for_function(
        "(selector) => { const { top } = document.querySelector(selector).getBoundingClientRect();"
        " return top >= 0 && top <= innerHeight / 2 }",
        arg=selector,
    )


def test_after_a_reply_is_sent_on_a_phone_what_is_said_of_it_is_in_sight(phone: Page):
    phone.goto(ARTICLE)
    phone.get_by_role("link", name=re.compile("^Reply")).first.click()
    expect(words_of(phone)).to_be_focused()
    has_its_beginning_in_sight(phone, "#comment-form")
    write(phone, "One that comes into sight.", email="bramble@")
    send_button(phone).click()
    expect(form_of(phone).get_by_role("alert")).to_be_focused()
    has_its_beginning_in_sight(phone, ".error-summary")
    form_of(phone).get_by_label("E-mail").fill("")
    phone.wait_for_timeout(READING_MS)
    send_button(phone).click()
    expect(notice(phone)).to_be_focused()
    has_its_beginning_in_sight(phone, "#comment-waiting")


def test_a_reload_comes_back_to_the_reply_that_is_being_written(phone: Page):
    phone.goto(ARTICLE)
    phone.get_by_role("link", name=re.compile("^Reply")).first.click()
    expect(words_of(phone)).to_be_focused()
    words_of(phone).fill("An answer in the middle of a thread")
    phone.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    phone.reload()
    expect(words_of(phone)).to_have_value("An answer in the middle of a thread")
    expect(form_of(phone)).to_be_focused()
    has_its_beginning_in_sight(phone, "#comment-form")
    assert axe_findings(phone) == []


@pytest.mark.parametrize(("motion", "way"), [("reduce", "instant"), ("no-preference", "smooth")])
def test_who_wants_less_motion_sees_no_scrolling(browser, site, motion, way):
    with open_page(browser, site, viewport=PHONE, reduced_motion=motion) as page:
        page.add_init_script(
            "window.ways = []; const scroll = Element.prototype.scrollIntoView;"
            "Element.prototype.scrollIntoView = function (options) {"
            " ways.push(options.behavior); scroll.call(this, options) }"
        )
        page.goto(ARTICLE)
        is_ready(page)
        write(page, f"With {motion}.")
        page.wait_for_timeout(READING_MS)
        send_button(page).click()
        expect(notice(page)).to_be_focused()
        has_its_beginning_in_sight(page, "#comment-waiting")
        assert page.evaluate("ways") == [way]


def test_a_draft_is_dropped_after_thirty_days(phone: Page):
    phone.goto(ARTICLE)
    phone.evaluate(
        "localStorage.setItem('comment:999', JSON.stringify({body: 'Old', at: Date.now() - 31e8}));"
        "localStorage.setItem('comment:998', 'no JSON')"
    )
    with phone.expect_response(re.compile(r"commenting.*\.js")):
        phone.reload()
    phone.wait_for_function("localStorage.length === 0")


def test_without_a_connection_the_words_stay_and_the_reader_is_told(browser, site):
    with open_page(browser, site, viewport=PHONE, tolerates_errors=True) as page:
        page.goto(ARTICLE)
        is_ready(page)
        write(page, "On a train.")
        page.context.set_offline(True)
        send_button(page).click()
        expect(form_of(page).get_by_role("alert")).to_contain_text("could not be sent")
        expect(words_of(page)).to_have_value("On a train.")
        page.context.set_offline(False)
        send_button(page).click()
        expect(notice(page)).to_contain_text("On a train.")


def test_a_comment_is_written_by_keyboard_alone(desktop: Page):
    desktop.goto(ARTICLE)
    form_of(desktop).get_by_label("Name").focus()
    desktop.keyboard.type("Bramble")
    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Tab")
    expect(words_of(desktop)).to_be_focused()
    desktop.keyboard.type("Typed without a mouse.")
    desktop.keyboard.press("Tab")
    desktop.wait_for_timeout(READING_MS)
    desktop.keyboard.press("Enter")
    expect(notice(desktop)).to_be_focused()
    for _ in range(20):
        desktop.keyboard.press("Tab")
        if desktop.evaluate("document.activeElement.textContent").strip() == "Change it":
            break
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#own_body")).to_be_visible()


def test_the_page_of_ones_own_comment_says_what_is_wrong(phone: Page):
    phone.goto(ARTICLE)
    is_ready(phone)
    write(phone, "Soon to be emptied.")
    send_button(phone).click()
    notice(phone).get_by_text("Change it", exact=True).click()
    phone.locator("#own_body").fill(" ")
    phone.get_by_role("button", name="Save the change").click()
    expect(phone.get_by_role("heading", name="Your comment")).to_be_visible()
    expect(phone.get_by_role("alert")).to_contain_text("There is no comment yet.")
    assert axe_findings(phone) == []
