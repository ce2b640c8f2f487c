"""What an editor does with the text itself: notes, asides, links that follow, pasted words."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey

PASTE = """(html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  const event = new ClipboardEvent("paste", {
    clipboardData: data, bubbles: true, cancelable: true,
  });
  document.querySelector(".ProseMirror").dispatchEvent(event);
}"""
# As Word for Windows, Google Docs and Chromium put them on the clipboard, shortened.
FROM_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style><!-- p.MsoNormal {margin:0in;} --></style>
<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--></head><body lang=EN-US>
<!--StartFragment--><h1 style='margin-top:12.0pt'><b>The&nbsp;calf<o:p></o:p></b></h1>
<p class=MsoNormal style='margin:0in'>Two <b style='mso-bidi-font-weight:normal'>muscles</b>,
one<span style='mso-spacerun:yes'>\u00a0 </span>rope.<a style='mso-footnote-id:ftn1' href="#_ftn1"
name="_ftnref1" title=""><span class=MsoFootnoteReference>[1]</span></a><o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;
</span></span></span><![endif]>Rest</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><span
style='mso-list:Ignore'>1.<span>&nbsp;</span></span>for a day</p>
<p class=MsoNormal>The end.</p><!--EndFragment-->
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1>
<p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1"
title=""><span>[1]</span></a> Travell, <i>Manual</i>, 1992.<o:p></o:p></p></div></div></body></html>
"""
WORD_BECOMES = (
    "<h2>The calf</h2><p>Two <strong>muscles</strong>, one rope."
    '<sup data-note="">Travell, <em>Manual</em>, 1992.</sup></p>'
    "<ul><li><p>Rest</p><ol><li><p>for a day</p></li></ol></li></ul><p>The end.</p>"
)
FROM_GOOGLE = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" '
    'style="line-height:1.38;"><span style="font-size:11pt;font-weight:400;">Some are </span><span '
    'style="font-weight:700;">sure</span><span style="font-style:italic;"> of it</span>, says '
    '<a href="https://www.google.com/url?q=https://x.example/a&amp;sa=D" style="color:blue;">'
    "<span>a review</span></a></p><br><ul><li dir=ltr style='list-style-type:disc'><p><span>One"
    "</span></p></li></ul></b>"
)
GOOGLE_BECOMES = (
    "<p>Some are <strong>sure</strong><em> of it</em>, says "
    '<a href="https://x.example/a">a review</a></p><ul><li><p>One</p></li></ul>'
)
FROM_THE_WEB = (
    '<nav><a href="https://x.example/menu">Menu</a></nav><article><h5 onclick="x()">Why</h5><div>'
    '<p>It is <font color="red">known</font>&nbsp;<a href="https://x.example/?id=1&amp;utm_source=y"'
    ' target="_blank" onmouseover="x()">that</a> 10 m<sup>2</sup></p><p>&nbsp;</p><script>x()'
    '</script><img src="https://x.example/pixel.gif" onerror="x()"><form><input value="no"></form>'
    "</div></article>"
)
WEB_BECOMES = (
    '<h4>Why</h4><p>It is known <a href="https://x.example/?id=1">that</a> 10 m<sup>2</sup></p>'
)


def open_new_article(page: Page):
    page.goto("/admin/articles/article/add/")
    return page.get_by_role("textbox", name="Body")


def stored(page: Page) -> str:
    """What the form would send, without what the server takes from lists anyway."""
    html = page.locator("textarea[name=body]").input_value()
    return html.replace(' data-type="decimal"', "")


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        (FROM_WORD, WORD_BECOMES),
        (FROM_GOOGLE, GOOGLE_BECOMES),
        (FROM_THE_WEB, WEB_BECOMES),
    ],
    ids=["word", "google", "web"],
)
def test_what_is_pasted_comes_out_clean(editor, pasted, expected):
    open_new_article(editor).click()
    editor.evaluate(PASTE, pasted)
    assert stored(editor) == expected


def test_notes_asides_and_links_are_set_by_keyboard_and_stand_on_the_page(editor):
    body = open_new_article(editor)
    editor.get_by_label("Headline").fill("Less is enough, they say")
    body.click()
    editor.keyboard.type("Less is enough.")
    editor.get_by_role("button", name="Note, such as a reference").click()
    editor.keyboard.type("Example A. A trial. https://doi.org/10.1000/1 ")
    editor.keyboard.press("Enter")
    expect(body).to_be_focused()
    expect(body.get_by_role("button", name="Note 1: Example A.")).to_have_text("1")
    editor.keyboard.press("Enter")
    editor.get_by_role("button", name="Callout").click()
    expect(body).to_be_focused()
    editor.keyboard.type("Fever comes first.")
    editor.keyboard.press("Enter")
    editor.keyboard.press("Enter")
    editor.get_by_role("button", name="Pull quote").click()
    expect(body).to_be_focused()
    editor.keyboard.type("Less is enough.")
    editor.keyboard.press("Enter")
    editor.keyboard.press("Enter")
    editor.keyboard.press("Control+k")
    dialog = editor.get_by_role("dialog", name="Link")
    dialog.get_by_label("Address").fill("heel calf")
    dialog.get_by_role("button", name="The heel pain that starts in the calf").press("Enter")
    expect(body).to_be_focused()
    editor.get_by_role("button", name="Save and publish now").click()
    editor.get_by_role("link", name="Less is enough, they say").first.click()

    article = editor.get_by_role("article")
    expect(article.locator(".callout")).to_have_text("Fever comes first.")
    expect(article.locator(".pullquote")).to_have_text("Less is enough.")
    expect(article.get_by_role("link", name="The heel pain that starts")).to_have_attribute(
        "href", "/articles/heel-pain-that-starts-in-the-calf/"
    )
    article.get_by_role("link", name="Note 1", exact=True).click()
    note = article.locator("#note-1")
    expect(note).to_be_in_viewport()
    expect(note.get_by_role("link", name="https://doi.org/10.1000/1")).to_be_visible()
    note.get_by_role("link", name="Back to where note 1 is referred to").click()
    expect(article.get_by_role("link", name="Note 1", exact=True)).to_be_in_viewport()


def test_a_note_is_changed_and_taken_out_and_the_others_are_renumbered(editor):
    body = open_new_article(editor)
    body.click()
    for words in ("First", "Second"):
        editor.get_by_role("button", name="Note, such as a reference").click()
        editor.keyboard.type(words)
        editor.get_by_role("button", name="Set the note").click()
        expect(body).to_be_focused()
    body.get_by_role("button", name="Note 2: Second").click()
    editor.keyboard.type(" thought")
    editor.keyboard.press("Enter")
    expect(body.get_by_role("button", name="Note 2: Second thought")).to_have_text("2")
    body.get_by_role("button", name="Note 1: First").click()
    editor.get_by_role("button", name="Take the note out").click()
    expect(body.get_by_role("button", name="Note 1: Second thought")).to_have_text("1")
    assert stored(editor) == '<p><sup data-note="">Second thought</sup></p>'


def test_a_link_to_a_page_says_where_it_leads_when_it_is_opened_again(editor):
    body = open_new_article(editor)
    body.click()
    editor.keyboard.press("Control+k")
    dialog = editor.get_by_role("dialog", name="Link")
    dialog.get_by_label("Address").fill("zzzz")
    expect(dialog.get_by_role("status")).to_have_text("0 pages")
    editor.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.get_by_label("Address").fill("trigger point")
    dialog.get_by_role("button", name="Trigger point Specialty").click()
    editor.keyboard.press("Control+k")
    expect(dialog.get_by_role("status")).to_have_text("It leads to:")
    expect(dialog.get_by_role("listitem")).to_have_text("Trigger point Specialty")
    dialog.get_by_role("button", name="Remove the link").click()
    assert stored(editor) == "<p>Trigger point</p>"


def test_the_checklist_follows_the_text_leads_to_the_place_and_mends(editor):
    body = open_new_article(editor)
    panel = editor.get_by_role("region", name="Before it goes out")
    expect(panel.get_by_role("status")).to_have_text("It begins with the first words of the text.")
    body.click()
    editor.evaluate(
        PASTE,
        "<p>Words first.</p><h3>Skipped</h3><p>Then <a href='https://x.example/'>here</a></p>",
    )
    editor.get_by_label("Tags").fill("runing, heel pain")
    skipped = panel.get_by_role("listitem").filter(has_text="“Skipped” is a heading 3")
    skipped.get_by_role("link", name="Show the place").click()
    expect(body).to_be_focused()
    assert editor.evaluate("getSelection().toString()") == "Skipped"
    editor.get_by_label("Kind of paragraph").select_option(label="Heading 2")
    expect(skipped).to_have_count(0)
    panel.get_by_role("button", name="Use “running”").click()
    expect(editor.get_by_label("Tags")).to_have_value('running, "heel pain"')
    expect(panel.get_by_role("button", name="Use “running”")).to_have_count(0)
    panel.get_by_role("listitem").filter(has_text="The link “here”").get_by_role("link").click()
    assert editor.evaluate("getSelection().toString()") == "here"


def test_a_moved_page_gets_its_new_address_with_one_click(editor):
    editor.goto("/admin/articles/article/2/change/")
    slug = editor.get_by_label("Slug")
    old = slug.input_value()
    slug.fill(f"{old}-renamed")
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.get_by_text("was changed successfully")).to_be_visible()
    body = open_new_article(editor)
    body.click()
    editor.evaluate(PASTE, f"<p>See <a href='{site_of(editor)}/articles/{old}/'>a visit</a>.</p>")
    panel = editor.get_by_role("region", name="Before it goes out")
    panel.get_by_role("button", name="Use the new address").click()
    assert stored(editor) == f'<p>See <a href="/articles/{old}-renamed/">a visit</a>.</p>'
    expect(panel.get_by_role("button", name="Use the new address")).to_have_count(0)


def site_of(page: Page) -> str:
    return page.evaluate("location.origin")
