"""What an editor does: write an article with a picture and a link, publish it, see it."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey

HEADLINE = "A quiet week for the shoulder"
PASTE = """(html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  const event = new ClipboardEvent("paste", {
    clipboardData: data, bubbles: true, cancelable: true,
  });
  document.querySelector(".ProseMirror").dispatchEvent(event);
}"""
FROM_A_WORD_PROCESSOR = (
    '<b style="font-weight: normal"><p style="color: red"><span style="font-weight: 700">Less'
    '</span><span onmouseover="x()"> is enough.</span></p></b><script>x()</script>'
)


def open_new_article(page: Page):
    """The page for a new article; returns the surface that its body is written on."""
    page.goto("/admin/articles/article/add/")
    page.get_by_label("Headline").fill(HEADLINE)
    return page.get_by_role("textbox", name="Body")


def choose_first_picture(page: Page, query: str) -> None:
    dialog = page.get_by_role("dialog", name="Image library")
    dialog.get_by_role("searchbox").fill(query)
    expect(dialog.get_by_role("status")).to_have_text("1 picture")
    dialog.get_by_role("listitem").get_by_role("button").click()


def test_editor_writes_publishes_and_sees_the_article(editor):
    body = open_new_article(editor)
    body.click()
    editor.keyboard.type("Two spaces  stay, and ")
    editor.keyboard.press("Control+b")
    editor.keyboard.type("so does this")
    editor.keyboard.press("Control+b")
    editor.keyboard.press("Enter")
    editor.get_by_label("Kind of paragraph").select_option(label="Heading 2")
    editor.keyboard.type("What to do")
    editor.keyboard.press("Enter")
    editor.keyboard.press("Control+k")
    editor.get_by_role("dialog", name="Link").get_by_label("Address").fill("example.org/rest")
    editor.keyboard.press("Enter")
    editor.get_by_role("button", name="Picture from the library").click()
    choose_first_picture(editor, "ear points")
    expect(body.locator("figure")).to_be_visible()
    expect(body).to_be_focused()
    editor.keyboard.type("The caption of this article.")
    editor.keyboard.press("Enter")
    editor.evaluate(PASTE, FROM_A_WORD_PROCESSOR)
    editor.get_by_role("group", name="Lead image").get_by_role("button").first.click()
    choose_first_picture(editor, "hand")
    editor.get_by_role("button", name="Save and publish now").click()
    editor.get_by_role("link", name=HEADLINE).first.click()

    article = editor.get_by_role("article")
    expect(editor.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(editor.get_by_role("heading", name="What to do", level=2)).to_be_visible()
    expect(article.get_by_role("link", name="https://example.org/rest")).to_have_attribute(
        "href", "https://example.org/rest"
    )
    expect(article.get_by_text("The caption of this article.")).to_be_visible()
    expect(article.locator("strong").filter(has_text="Less")).to_have_text("Less")
    expect(article.get_by_text("Less is enough.")).to_be_visible()


def test_the_toolbar_is_reached_and_left_by_keyboard(editor):
    body = open_new_article(editor)
    body.press("Alt+F10")
    expect(editor.get_by_label("Kind of paragraph")).to_be_focused()
    editor.keyboard.press("ArrowRight")
    bold = editor.get_by_role("button", name="Bold")
    expect(bold).to_be_focused()
    editor.keyboard.press("Enter")
    expect(body).to_be_focused()
    expect(bold).to_have_attribute("aria-pressed", "true")
    editor.keyboard.type("strong")
    expect(body.locator("strong")).to_have_text("strong")
    editor.keyboard.press("Alt+F10")
    editor.keyboard.press("Escape")
    expect(body).to_be_focused()


def test_a_mistake_elsewhere_brings_the_whole_text_back(editor):
    body = open_new_article(editor)
    body.click()
    editor.keyboard.type("Nothing of this may be lost.")
    editor.get_by_label("Headline").fill("")
    editor.get_by_role("button", name="Save", exact=True).click()

    expect(editor.get_by_text("Please correct the errors below.")).to_be_visible()
    expect(editor.get_by_role("textbox", name="Body")).to_have_text("Nothing of this may be lost.")


def test_every_page_of_the_articles_admin_keeps_the_policy(editor):
    """The fixture fails on a console error, a report, or a request to another host."""
    for path in [
        "article/",
        "article/1/change/",
        "article/1/history/",
        "article/1/delete/",
        "article/1/preview/",
        "author/",
        "author/add/",
        "image/",
        "image/add/",
        "image/1/change/",
        "image/1/delete/",
    ]:
        editor.goto(f"/admin/articles/{path}", wait_until="networkidle")
        expect(editor.get_by_role("heading", level=1).first).to_be_visible()
