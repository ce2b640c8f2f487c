"""An editor rules the comments of one article; readers are told, and lose no word at its end."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.axe import axe_findings
from tests.journeys.conftest import PHONE, open_page
from tests.journeys.test_reader import write_comment

pytestmark = pytest.mark.journey

HEADLINE = "The letters after the name"
ARTICLE = "/articles/letters-after-the-name/"
ENDED = "this article no longer takes comments."


@pytest.fixture
def latecomer(browser, site):
    """A visitor on a phone to whom the site says no in the end, which its console tells."""
    with open_page(browser, site, viewport=PHONE, tolerates_errors=True) as page:
        yield page


def open_in_admin(editor: Page) -> None:
    editor.goto("/admin/articles/article/")
    editor.get_by_role("link", name=HEADLINE).first.click()


def close_after_tomorrow(editor: Page) -> None:
    """Publish at once what names no web address, and take no comments from the day after on."""
    open_in_admin(editor)
    published = date.fromisoformat(editor.locator("#id_published_at_0").input_value())
    days = (timezone.localdate() - published).days + 2
    editor.get_by_label("Comments that wait for a moderator").select_option(label="With links")
    editor.get_by_label("Days in which it takes comments").fill(str(days))
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.get_by_text("was changed successfully")).to_be_visible()


@pytest.mark.parametrize("visitor", ["latecomer", "scriptless"])
def test_an_article_publishes_at_once_until_its_time_is_over(request, visitor, editor, move_clock):
    page = request.getfixturevalue(visitor)
    close_after_tomorrow(editor)

    page.goto(ARTICLE)
    expect(page.get_by_text("This article takes comments until")).to_be_visible()
    expect(page.get_by_text("Most comments appear at once.")).to_be_visible()
    if visitor == "latecomer":
        assert axe_findings(page) == []
    # As long as somebody needs to write this.
    move_clock(0.1)
    kept = f"Mine are L.Ac. and a great many bus tickets ({visitor})."
    write_comment(page, name="Sorrel", email="", text=kept)
    expect(page.get_by_text("Your comment is public.")).to_be_visible()
    page.goto(ARTICLE)
    expect(page.locator(".comment").filter(has_text=f"({visitor})")).to_be_visible()

    move_clock(0.2)
    linked = f"The board is at https://board.example/ they say ({visitor}, linked)."
    write_comment(page, name="Sorrel", email="", text=linked)
    expect(page.get_by_text("It waits for a moderator")).to_be_visible()

    page.goto(ARTICLE)
    late = f"Typed on the last evening ({visitor})."
    move_clock(72)
    write_comment(page, name="Sorrel", email="", text=late)
    expect(page.get_by_text(ENDED).first).to_be_visible()
    assert late in [area.input_value() for area in page.get_by_role("textbox").all()]
    page.goto(ARTICLE)
    expect(page.get_by_text(ENDED)).to_be_visible()
    expect(page.get_by_role("button", name="Send the comment")).to_have_count(0)
    if visitor == "latecomer":
        assert axe_findings(page) == []


def test_an_editor_closes_and_opens_articles_in_the_list(editor, phone, move_clock):
    close_after_tomorrow(editor)
    move_clock(72)
    for action, is_open in [("Open for comments", True), ("Close for comments", False)] * 2:
        editor.goto("/admin/articles/article/")
        editor.get_by_role("row").filter(has_text=HEADLINE).get_by_role("checkbox").check()
        editor.get_by_role("combobox", name="Action").select_option(label=action)
        editor.get_by_role("button", name="Go", exact=True).click()
        expect(editor.get_by_text("1 article ")).to_be_visible()
        phone.goto(ARTICLE)
        sends = phone.get_by_role("button", name="Send the comment")
        expect(sends).to_have_count(1 if is_open else 0)
    open_in_admin(editor)
    editor.get_by_label("Takes comments", exact=True).check()
    editor.get_by_label("Comments that wait for a moderator").select_option(index=0)
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.get_by_text("was changed successfully")).to_be_visible()
