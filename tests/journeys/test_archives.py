"""Editors change addresses, and whoever kept an old one is there in one step."""

import re
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey

ARTICLE = "heel-pain-that-starts-in-the-calf"


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def steps_from(site, path):
    """The addresses that a browser is sent to from the path, and the status of the last."""
    opener, steps = urllib.request.build_opener(NoRedirects), []
    while True:
        try:
            with opener.open(site + path) as answer:
                return steps, answer.status
        except urllib.error.HTTPError as error:
            if error.code != 301:
                return steps, error.code
            path = error.headers["Location"]
            steps.append(path)


def open_row(editor, kind, name):
    """The page of a row, from the list of all of its kind."""
    editor.goto(f"/admin/{kind}/")
    editor.locator("#result_list").get_by_role("link", name=name, exact=True).click()


def rename(editor, slugs):
    """Give the row whose page is open one slug after the other."""
    page = editor.url
    for slug in slugs:
        editor.get_by_label("Slug").fill(slug)
        editor.get_by_role("button", name="Save", exact=True).first.click()
        expect(editor.locator("ul.messagelist .success")).to_contain_text("changed successfully")
        editor.goto(page)
        expect(editor.get_by_label("Slug")).to_have_value(slug)


def test_an_article_renamed_three_times_is_one_step_from_its_oldest_address(editor, site):
    open_row(editor, "articles/article", "The heel pain that starts in the calf")
    rename(editor, ["calf-one", "calf-two", "calf-three"])
    for slug in (ARTICLE, "calf-one", "calf-two"):
        there = (["/articles/calf-three/?page=2"], 200)
        assert steps_from(site, f"/articles/{slug}/?page=2") == there
    rename(editor, [ARTICLE])
    assert steps_from(site, f"/articles/{ARTICLE}/") == ([], 200)
    assert steps_from(site, "/articles/calf-three/") == ([f"/articles/{ARTICLE}/"], 200)


def test_an_author_renamed_three_times_is_one_step_away_and_lists_the_old_addresses(editor, site):
    open_row(editor, "articles/author", "Wren Hollowmere")
    rename(editor, ["wren-one", "wren-two", "wren-three"])
    for path in ("", "feed/"):
        there = ([f"/articles/authors/wren-three/{path}"], 200)
        assert steps_from(site, f"/articles/authors/wren-hollowmere/{path}") == there
    old = editor.locator("#paths-group td.original")
    expect(old).to_have_text([re.compile(slug) for slug in ("hollowmere", "wren-one", "wren-two")])
    editor.locator("#paths-group .delete input").nth(1).check()
    rename(editor, ["wren-hollowmere"])
    assert steps_from(site, "/articles/authors/wren-one/") == ([], 404)
    there = (["/articles/authors/wren-hollowmere/"], 200)
    assert steps_from(site, "/articles/authors/wren-two/") == there


def test_tags_merged_in_the_list_lead_to_the_one_that_stays(editor, site):
    editor.goto("/admin/taggit/tag/")
    for name in ("evidence", "guidelines"):
        link = editor.get_by_role("link", name=name, exact=True)
        editor.get_by_role("row").filter(has=link).get_by_role("checkbox").check()
    editor.locator("select[name=action]").select_option(label="Merge into one of them")
    editor.get_by_role("button", name="Go", exact=True).click()
    expect(editor.get_by_role("group", name="Which one stays?")).to_be_visible()
    editor.get_by_role("radio", name="evidence").check()
    editor.get_by_role("button", name="Merge").click()
    message = editor.locator("ul.messagelist .success")
    expect(message).to_contain_text("Guidelines: merged into evidence")
    for path in ("", "feed/"):
        there = ([f"/articles/tags/evidence/{path}"], 200)
        assert steps_from(site, f"/articles/tags/guidelines/{path}") == there


def test_the_archive_is_walked_through_without_a_script(scriptless):
    scriptless.goto("/articles/")
    scriptless.get_by_role("link", name="By subject").click()
    expect(scriptless.get_by_role("heading", level=1)).to_have_text("Articles by subject")
    scriptless.get_by_role("link", name="running", exact=True).click()
    expect(scriptless.get_by_role("heading", level=1)).to_have_text("Articles about running")
    trail = scriptless.get_by_role("navigation", name="You are here")
    trail.get_by_role("link", name="Articles").click()
    scriptless.get_by_role("link", name=re.compile("^All of ")).first.click()
    expect(scriptless.get_by_role("heading", level=1)).to_have_text(re.compile("^Articles of 2"))
    scriptless.locator("section[aria-labelledby=months] a").first.click()
    scriptless.get_by_role("link", name=re.compile("^Earlier: ")).click()
    expect(scriptless.get_by_role("heading", level=1)).to_have_text(
        re.compile(r"^Articles of \w+ 2")
    )
    scriptless.get_by_role("link", name=re.compile("^Later: ")).click()
    expect(scriptless.locator(".teaser").first).to_be_visible()
