"""What an editor of the directory does: enter a person, correct a pin, find them in the search."""

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image as Pillow
from playwright.sync_api import expect

from tests.journeys.axe import AXE_OPTIONS
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.journey

ADD = "/admin/directory/practitioner/add/"


def photo():
    target = io.BytesIO()
    Pillow.new("RGB", (600, 800), "teal").save(target, "JPEG")
    return {"name": "face.jpg", "mimeType": "image/jpeg", "buffer": target.getvalue()}


def describe_office(page, number, **facts):
    for name, value in facts.items():
        page.locator(f"#id_affiliations-{number}-{name}").fill(value)


def pin_of(page):
    return tuple(float(page.get_by_label(name).input_value()) for name in ("Latitude", "Longitude"))


def assert_no_violation(page):
    found = Axe().run(page, options={**AXE_OPTIONS, "preload": False}).response["violations"]
    assert [(each["id"], each["nodes"][0]["target"]) for each in found] == []


def test_editor_enters_a_listing_corrects_a_pin_and_finds_it(editor):
    editor.goto(ADD)
    editor.get_by_label("Name:", exact=True).first.fill("Wilhelmina Quillfeather")
    editor.get_by_label("Listing").select_option(label="Listed")
    editor.get_by_label("Photo:").set_input_files(photo())
    describe_office(
        editor,
        0,
        name="Quill & Thread",
        street="1 Bobbin Street",
        city="Boise",
        state_code="ID",
        postcode="83702",
        phone="(208) 555-0117",
        hours="Mon-Fri 9-12:30, 1:30-6 pm; Sat 10-14",
    )
    editor.get_by_role("button", name="Add another Office").click()
    describe_office(editor, 1, name="Quill by the River", city="Nampa", state_code="ID", hours="x")
    editor.get_by_role("button", name="Save and continue editing").first.click()

    # Two mistakes, said where they are; the photo and all that was typed is still there.
    expect(editor.get_by_text("Say who agreed that the photo is shown, and when.")).to_be_visible()
    expect(editor.get_by_text("“x” is not understood.")).to_be_visible()
    expect(editor.get_by_text("The photo that you chose is kept")).to_be_visible()
    editor.get_by_label("Consent").fill("By mail, on May 1")
    editor.locator("#id_affiliations-1-hours").fill("Thu 18:00-01:00")
    editor.get_by_role("button", name="Save and continue editing").first.click()
    expect(editor.get_by_role("img", name="Portrait of Wilhelmina")).to_be_visible()
    hours = editor.locator("#id_affiliations-0-hours")
    expect(hours).to_have_value("Mon-Fri 09:00-12:30, 13:30-18:00\nSat 10:00-14:00")

    editor.get_by_role("link", name="Move the pin").first.click()
    expect(editor.get_by_text("In the middle of ZIP 83702.")).to_be_visible()
    before = pin_of(editor)
    frame = editor.get_by_role("application", name="Map with the pin")
    editor.get_by_role("button", name="Closer").click()
    expect(frame.locator("svg")).to_have_attribute("data-zoom", "1")
    box = frame.bounding_box()
    frame.click(position={"x": box["width"] * 0.75, "y": box["height"] * 0.25})
    clicked = pin_of(editor)
    # A quarter of 1.2 miles to the north-east, at 69 miles a degree.
    assert (round(clicked[0] - before[0], 4), clicked[1] > before[1]) == (0.0043, True)
    frame.press("ArrowUp")
    expect(editor.get_by_role("status").filter(has_text="Save to keep it")).to_be_visible()
    assert pin_of(editor)[0] > clicked[0]
    moved = pin_of(editor)
    editor.get_by_role("button", name="Save", exact=True).first.click()

    editor.goto("/acupuncturists/?what=Wilhelmina+Quillfeather&where=83702")
    row = editor.get_by_role("listitem").filter(has_text="Quill & Thread")
    expect(row.get_by_role("img", name="Portrait of Wilhelmina Quillfeather")).to_be_visible()
    expect(row.get_by_role("link", name="(208) 555-0117")).to_be_visible()
    row.get_by_role("link", name="Wilhelmina Quillfeather", exact=True).click()
    expect(editor.get_by_role("heading", level=1)).to_contain_text("Wilhelmina Quillfeather")
    expect(editor.locator(f'a[href*="mlat={moved[0]}"]').first).to_be_attached()


def test_pin_is_dragged_put_back_and_pasted(editor):
    editor.goto("/admin/directory/office/3/change/")
    before = pin_of(editor)
    frame = editor.get_by_role("application", name="Map with the pin")
    frame.scroll_into_view_if_needed()
    box = frame.locator("[data-pin]").bounding_box()
    editor.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    editor.mouse.down()
    editor.mouse.move(box["x"] + 80, box["y"] + 60, steps=4)
    editor.mouse.up()
    assert pin_of(editor) != before
    editor.get_by_role("button", name="Put it back").click()
    assert pin_of(editor) == before
    editor.get_by_label("Latitude").fill("45.5, -122.6")
    editor.get_by_label("Latitude").press("Tab")
    expect(frame.locator("svg")).to_have_attribute("data-longitude", "-122.6000000")
    expect(editor.get_by_label("Longitude")).to_have_value("-122.6")
    assert pin_of(editor) == (45.5, -122.6)


def test_pages_of_the_desk_are_accessible(editor):
    for path in (
        ADD,
        "/admin/directory/practitioner/3/change/",
        "/admin/directory/office/3/change/",
    ):
        editor.goto(path, wait_until="networkidle")
        assert_no_violation(editor)


def test_desk_fits_a_phone(editor):
    editor.set_viewport_size(PHONE)
    for path in (ADD, "/admin/directory/office/3/change/"):
        editor.goto(path, wait_until="networkidle")
        widths = editor.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert widths[0] <= widths[1]


def test_finger_on_the_pin_drags_it_and_the_page_stays(editor):
    editor.set_viewport_size(PHONE)
    session = editor.context.new_cdp_session(editor)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def touch(kind, *points):
        touched = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

    editor.goto("/admin/directory/office/3/change/")
    editor.locator("[data-pin-frame]").scroll_into_view_if_needed()
    scrolled, before = editor.evaluate("scrollY"), pin_of(editor)
    box = editor.locator("[data-pin]").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch("touchStart", (x, y))
    for step in range(1, 9):
        touch("touchMove", (x, y - 8 * step))
    touch("touchEnd")
    expect(editor.get_by_role("status").filter(has_text="Save to keep it")).to_be_visible()
    assert editor.evaluate("scrollY") == scrolled
    # 64 pixels of about 350 for 5 miles, from within the pin: some 0.8 miles of 69 a degree.
    assert 0.006 < pin_of(editor)[0] - before[0] < 0.02
