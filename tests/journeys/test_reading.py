"""Reading an article on a phone: from a search engine through its parts, and on to the next one."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, open_page

pytestmark = pytest.mark.journey

ARTICLE = "/articles/heel-pain-that-starts-in-the-calf/"
OLDER = "Your first visit, from the doorbell to the bill"
FIGURE = re.compile(r"^Enlarge: Drawing of a lower leg")


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def reader(request, browser, site):
    """Somebody on a phone, with and without JavaScript, who comes from a search engine."""
    context = browser.new_context(
        base_url=site,
        viewport=PHONE,
        has_touch=True,
        java_script_enabled=request.param,
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(ARTICLE, referer="https://search.example/")
    yield page
    assert context.cookies() == []
    context.close()


def is_at_the_top(page: Page, selector: str) -> bool:
    """Whether the element has been scrolled to: it begins in the upper third of the window."""
    box = page.locator(selector).bounding_box()
    return 0 <= box["y"] < PHONE["height"] / 3


def test_the_contents_open_and_lead_to_a_section(reader):
    section = reader.get_by_role("link", name="Running in the meantime")
    expect(section).to_be_hidden()
    reader.get_by_role("navigation", name="Contents").locator("summary").click()
    section.click()
    expect(reader).to_have_url(re.compile("#section-running-in-the-meantime$"))
    assert is_at_the_top(reader, "#section-running-in-the-meantime")
    reader.go_back()
    expect(reader).to_have_url(re.compile(f"{ARTICLE}$"))


@pytest.mark.parametrize(
    ("place", "other_place", "target"), [(1, 2, "note-5"), (2, 1, "note-5-from-2")]
)
def test_a_note_leads_back_to_the_mark_that_one_came_from(reader, place, other_place, target):
    mark = reader.locator(f"#note-5-mark-{place}")
    mark.focus()
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile(f"#{target}$"))
    expect(reader.locator("#note-5")).to_be_in_viewport()
    words = "Back to where note 5 is referred to, place"
    back = reader.get_by_role("link", name=f"{words} {place}")
    other = reader.get_by_role("link", name=f"{words} {other_place}")
    expect(back).to_have_css("outline-style", "solid")
    expect(other).to_have_css("outline-style", "none")
    # The note has no link in its words: the ways back are the next stops.
    for _ in range(place):
        reader.keyboard.press("Tab")
    expect(back).to_be_focused()
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile(f"#note-5-mark-{place}$"))
    expect(mark).to_be_in_viewport()


def test_an_article_leads_to_the_one_before_and_back_again(reader):
    nav = reader.get_by_role("navigation", name="Earlier and later")
    nav.get_by_role("link", name=re.compile("^Previous article")).click()
    # By its headline: the journeys of editors rename it.
    expect(reader.get_by_role("heading", level=1)).to_have_text(OLDER)
    nav.get_by_role("link", name=re.compile("^Next article")).click()
    expect(reader).to_have_url(re.compile(f"{ARTICLE}$"))


def test_a_figure_opens_on_a_page_of_its_own_without_script(scriptless):
    scriptless.goto(ARTICLE)
    scriptless.get_by_role("link", name=FIGURE).click()
    expect(scriptless).to_have_url(re.compile(f"{ARTICLE}figures/2/$"))
    shown = scriptless.locator(".large__picture img")
    assert shown.bounding_box()["width"] > PHONE["width"]
    expect(scriptless.get_by_text("Drawing: AcuTake · CC BY 4.0")).to_be_visible()
    expect(scriptless.get_by_role("heading", name="The picture in words")).to_be_visible()
    scriptless.get_by_role("link", name="Back to its place in the article").click()
    expect(scriptless.locator("#figure-2")).to_be_in_viewport()
    scriptless.go_back()
    scriptless.go_back()
    expect(scriptless).to_have_url(re.compile(f"{ARTICLE}$"))


def test_a_figure_opens_over_the_page_by_keyboard_and_focus_returns(phone):
    phone.goto(ARTICLE)
    link = phone.get_by_role("link", name=FIGURE)
    link.focus()
    for key in ("Escape", "Enter"):
        phone.keyboard.press("Enter")
        dialog = phone.get_by_role("dialog", name="Enlarged picture")
        expect(dialog.get_by_role("button", name="Close")).to_be_focused()
        expect(dialog.get_by_text("Drawing: AcuTake")).to_be_visible()
        assert dialog.get_by_role("img").bounding_box()["width"] > PHONE["width"]
        phone.keyboard.press(key)
        expect(dialog).to_have_count(0)
        expect(link).to_be_focused()
    expect(phone).to_have_url(re.compile(f"{ARTICLE}$"))


def test_a_note_of_an_enlarged_figure_leads_to_the_text(reader):
    """Over the page the figure is closed for it; from a page of its own one goes back."""
    reader.locator("#figure-3 .figure__large").click()
    large = reader.locator(".large")
    large.get_by_role("link", name="Note 6").click()
    expect(reader).to_have_url(re.compile(f"{ARTICLE}#note-6$"))
    expect(large).to_have_count(0)
    expect(reader.locator("#note-6")).to_be_in_viewport()


def test_the_way_back_of_a_phone_closes_a_figure_and_stays_where_one_was(phone):
    phone.goto(ARTICLE)
    link = phone.get_by_role("link", name=FIGURE)
    link.scroll_into_view_if_needed()
    before = phone.evaluate("scrollY")
    link.tap()
    dialog = phone.get_by_role("dialog", name="Enlarged picture")
    expect(dialog).to_be_visible()
    phone.go_back()
    expect(dialog).to_have_count(0)
    assert (phone.url.endswith(ARTICLE), phone.evaluate("scrollY")) == (True, before)


def test_at_a_desk_the_contents_stand_beside_the_text(desktop):
    desktop.goto(ARTICLE)
    contents = desktop.get_by_role("navigation", name="Contents")
    expect(contents.get_by_role("link", name="Two muscles, one rope")).to_be_visible()
    expect(contents.locator("summary")).to_be_hidden()
    text = desktop.locator(".article__body > p").first.bounding_box()
    box = contents.bounding_box()
    assert box["x"] + box["width"] < text["x"]
    desktop.evaluate(
        "document.querySelector('#section-what-a-trigger-point-is-said-to-be').scrollIntoView()"
    )
    expect(contents).to_be_in_viewport()


@pytest.mark.parametrize("width_px", [320, 700, 1000, 1168, 1280, 1920])
def test_nothing_is_wider_than_the_window(browser, site, width_px):
    for path in (ARTICLE, f"{ARTICLE}figures/1/"):
        window = {**DESKTOP, "width": width_px}
        with open_page(browser, site, viewport=window) as page:
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") == width_px


def test_on_paper_there_is_the_text_and_nothing_to_click(desktop):
    desktop.goto(ARTICLE)
    desktop.emulate_media(media="print")
    for selector in (".contents", ".article-neighbors", ".note-back", ".masthead__nav"):
        expect(desktop.locator(selector).first).to_be_hidden()
    expect(desktop.locator(".article__address")).to_be_visible()
    expect(desktop.locator("#figure-2 img")).to_be_visible()
    link = desktop.locator('.article__body a[href^="https://doi.org/"]').first
    after = link.evaluate("(element) => getComputedStyle(element, '::after').content")
    assert after == f'" ({link.get_attribute("href")})"'


def test_from_a_search_engine_through_the_article_to_a_practitioner(reader):
    reader.get_by_role("navigation", name="Contents").locator("summary").click()
    reader.get_by_role("link", name="Running in the meantime").click()
    assert is_at_the_top(reader, "#section-running-in-the-meantime")

    reader.get_by_role("link", name=FIGURE).click()
    large = reader.locator("dialog img, .large__picture img")
    expect(large).to_be_visible()
    assert large.bounding_box()["width"] > PHONE["width"]
    reader.go_back()
    expect(reader).to_have_url(re.compile(f"{ARTICLE}#section-running-in-the-meantime$"))
    expect(large).to_have_count(0)

    reader.locator("#note-5-mark-1").click()
    expect(reader.locator("#note-5")).to_be_in_viewport()
    reader.get_by_role("link", name="Back to where note 5 is referred to, place 1").click()
    expect(reader.locator("#note-5-mark-1")).to_be_in_viewport()

    panel = reader.get_by_role("region", name="Find an acupuncturist near you")
    panel.get_by_label("Where?").fill("Brooklyn")
    panel.get_by_label("Where?").press("Enter")
    expect(panel.get_by_role("listitem")).to_have_count(3)
    nearest = panel.get_by_role("listitem").first.get_by_role("link")
    name = nearest.inner_text()
    nearest.click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text(name)
