"""An editor's day with pictures: many at once, described, cut, found; with and without a script."""

import base64
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, EDITOR_PASSWORD, PHONE, open_page
from tests.pictures import make_picture_file

pytestmark = pytest.mark.journey

UPLOAD = "/admin/articles/image/upload/"
DROP = """
(zone, files) => {
  const carried = new DataTransfer();
  for (const { name, type, base64 } of files) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    carried.items.add(new File([bytes], name, { type }));
  }
  const event = { bubbles: true, cancelable: true, dataTransfer: carried };
  zone.dispatchEvent(new DragEvent("dragenter", event));
  zone.dispatchEvent(new DragEvent("drop", event));
}
"""


def picture(name: str, color: str, size=(900, 600)) -> dict:
    content = make_picture_file(size=size, color=color).read()
    return {"name": name, "mimeType": "image/png", "buffer": content}


def drop(page: Page, *files: dict) -> None:
    page.locator("[data-zone]").evaluate(
        DROP,
        [
            {
                "name": file["name"],
                "type": file["mimeType"],
                "base64": base64.b64encode(file["buffer"]).decode(),
            }
            for file in files
        ],
    )


def log_in(page: Page) -> None:
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(EDITOR_PASSWORD)
    page.get_by_role("button", name="Log in").click()


def states(page: Page) -> dict[str, str]:
    rows = page.locator(".upload__file").all()
    return {
        row.locator("[data-name]").inner_text(): row.locator("[data-state]").inner_text()
        for row in rows
    }


PAGES = [
    *("/admin/", "/admin/search/?q=calf", "/admin/search/?q=", "/admin/audit/", UPLOAD),
    *("/admin/articles/image/", "/admin/articles/image/describe/?ids=1,2"),
    *("/admin/articles/image/1/change/", "/admin/articles/image/1/delete/"),
]


def test_many_pictures_are_dropped_described_cut_and_found(editor: Page):
    editor.goto(UPLOAD)
    bad = {"name": "evil.png", "mimeType": "image/png", "buffer": b"<svg onload='alert(1)'/>"}
    drop(editor, picture("calf.png", "teal"), bad, picture("left-out.png", "pink"))
    editor.locator("#id_files").set_input_files([picture("heel drop.png", "navy")])
    editor.locator(".upload__file", has_text="left-out").get_by_role(
        "button", name="Leave out"
    ).click()
    expect(editor.get_by_role("status")).to_have_text("Files chosen: 3")
    editor.get_by_label("Credit").fill("Photo: Ada Example")
    editor.get_by_label("Tags").fill("journey of pictures")
    editor.get_by_role("button", name="Upload").click()
    describe = editor.get_by_role("link", name="Describe the new pictures")
    expect(describe).to_be_focused()
    assert states(editor) == {
        "calf.png": "In the library",
        "evil.png": "The file is damaged, or it is not a JPEG, PNG, WebP or AVIF picture.",
        "heel drop.png": "In the library",
    }

    describe.click()
    calf = editor.get_by_role("group", name="Calf")
    calf.get_by_label("Alternative text").fill("A calf from behind")
    editor.get_by_role("group", name="Heel drop").get_by_label("Decorative").check()
    editor.get_by_role("button", name="Save").click()
    expect(editor.get_by_text("2 pictures were described.")).to_be_visible()

    editor.get_by_label("Find", exact=True).fill("journey calf")
    editor.locator("#changelist-search").get_by_role("button", name="Search").click()
    editor.get_by_role("link", name="Calf", exact=True).click()
    target = editor.get_by_role("button", name="What must stay in the picture")
    box = target.bounding_box()
    target.click(position={"x": box["width"] / 4, "y": box["height"] / 2})
    across = editor.get_by_label("Focal point from the left, in percent")
    expect(across).to_have_value("25")
    editor.keyboard.press("ArrowLeft")
    editor.keyboard.press("Shift+ArrowDown")
    expect(across).to_have_value("24")
    expect(editor.get_by_label("Focal point from the top, in percent")).to_have_value("60")
    expect(editor.get_by_text("24 percent from the left, 60 percent from the top.")).to_be_visible()
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.get_by_text(re.compile("was changed successfully"))).to_be_visible()


def test_a_lost_session_loses_no_upload(browser, site):
    with open_page(browser, site, may_keep_cookies=True, tolerates_errors=True) as page:
        page.goto(UPLOAD)
        log_in(page)
        page.locator("#id_files").set_input_files([picture("lost.png", "olive")])
        page.context.clear_cookies()
        page.get_by_role("button", name="Upload").click()
        expect(page.locator("[data-state]")).to_contain_text("you are logged out")
        other = page.context.new_page()
        other.goto("/admin/")
        log_in(other)
        other.get_by_role("heading", name="What waits").wait_for()
        page.get_by_role("button", name="Upload").click()
        expect(page.locator("[data-state]")).to_have_text("In the library")


def test_without_a_script_many_are_uploaded_and_described(browser, site):
    context = browser.new_context(base_url=site, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(UPLOAD)
    log_in(page)
    bad = {"name": "evil.png", "mimeType": "image/png", "buffer": b"GIF89a"}
    page.locator("#id_files").set_input_files(
        [picture("first.png", "maroon"), bad, picture("second.png", "gold")]
    )
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("2 pictures are in the library.")).to_be_visible()
    expect(page.get_by_text("evil.png: The file is damaged")).to_be_visible()
    page.get_by_role("group", name="First").get_by_label("Alternative text").fill("A wall")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 picture was described.")).to_be_visible()
    page.get_by_role("link", name="First", exact=True).click()
    page.get_by_label("Focal point from the left, in percent").fill("10")
    page.get_by_label("Focal point from the top, in percent").fill("20")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(re.compile("was changed successfully"))).to_be_visible()
    context.close()


def test_everything_is_searched_and_the_log_is_read(editor: Page):
    editor.get_by_label("Search everything").fill("calf")
    editor.get_by_role("search", name="Everything in the admin").get_by_role("button").click()
    article = editor.get_by_role("link", name="The heel pain that starts in the calf")
    expect(article.first).to_be_visible()
    editor.goto("/admin/")
    editor.get_by_role("link", name="Who did what").click()
    editor.get_by_label("About").select_option(label="Article")
    editor.get_by_role("button", name="Show").click()
    expect(editor.get_by_role("cell", name="Published.").first).to_be_visible()


@pytest.mark.parametrize(("window", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")])
def test_axe_finds_nothing(browser, site, window, scheme):
    # axe puts a style of its own into the page, which our policy would stop.
    look = {"viewport": window, "color_scheme": scheme, "bypass_csp": True}
    with open_page(browser, site, may_keep_cookies=True, **look) as page:
        page.goto("/admin/")
        log_in(page)
        found = {}
        for path in PAGES:
            page.goto(path)
            violations = Axe().run(page).response["violations"]
            found[path] = [(rule["id"], rule["nodes"][0]["html"]) for rule in violations]
            width = page.evaluate("document.documentElement.scrollWidth")
            assert (path, width) == (path, window["width"])
    assert found == {path: [] for path in PAGES}
