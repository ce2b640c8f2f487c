"""From an article to the nearest practitioner who offers what it is about, with scripts or not."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.journey

ARTICLE = "/articles/heel-pain-that-starts-in-the-calf/"
TITLE = "The heel pain that starts in the calf · AcuTake"


@pytest.fixture(params=["phone", "scriptless"])
def reader(request) -> Page:
    """One whose browser runs scripts, and one whose browser does not."""
    return request.getfixturevalue(request.param)


def panel(page: Page) -> Locator:
    return page.get_by_role("region", name="Find an acupuncturist near you")


def ask(page: Page, place: str) -> None:
    """From the article, as it was found by a search engine."""
    page.goto(ARTICLE)
    ask_again(page, place)


def ask_again(page: Page, place: str) -> None:
    """With the key: on a phone the list of suggestions may lie over the button."""
    panel(page).get_by_label("Where?").fill(place)
    panel(page).get_by_label("Where?").press("Enter")


def test_the_three_nearest_and_on_to_one_of_them(reader):
    ask(reader, "11201")
    found = panel(reader)
    expect(found.get_by_role("heading", level=3)).to_have_text(
        "The nearest to 11201 Brooklyn, New York"
    )
    rows = found.get_by_role("listitem")
    expect(rows).to_have_count(3)
    miles = [
        float(text.split()[0]) for text in found.locator(".nearest__distance").all_inner_texts()
    ]
    assert miles == sorted(miles)
    for offers in found.locator(".nearest__offers").all_inner_texts():
        assert {"Sports and orthopedic", "Trigger point"} >= set(offers.split(", "))
    expect(found.get_by_role("heading", level=2)).to_be_in_viewport()
    expect(reader).to_have_title(TITLE)

    name = rows.first.get_by_role("link").inner_text()
    rows.first.get_by_role("link").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text(name)
    reader.go_back()
    expect(panel(reader).get_by_role("listitem")).to_have_count(3)


def test_on_to_all_within_the_radius(reader):
    ask(reader, "Brooklyn")
    way = panel(reader).get_by_role("link", name="within 25 miles")
    number = way.inner_text().split()[1]
    way.click()
    expect(reader.locator("#answer-heading")).to_have_text(
        f"{number} acupuncturists within 25 miles"
    )
    assert parse_qs(urlsplit(reader.url).query)["specialty"] == [
        "sports-orthopedic",
        "trigger-point",
    ]


def test_a_name_of_two_places(reader):
    ask(reader, "Portland")
    panel(reader).get_by_role("link", name="Portland, Maine").click()
    expect(panel(reader).get_by_role("heading", level=3)).to_have_text(
        "The nearest to Portland, Maine"
    )
    expect(panel(reader).get_by_label("Where?")).to_have_value("Portland, Maine")
    expect(panel(reader).get_by_role("heading", level=2)).to_be_in_viewport()


def test_a_place_that_nobody_knows_is_kept_and_put_right(reader):
    ask(reader, "Xyzzyville")
    expect(panel(reader)).to_contain_text("We know no place called “Xyzzyville”")
    expect(panel(reader).get_by_label("Where?")).to_have_value("Xyzzyville")
    ask_again(reader, "Denver")
    expect(panel(reader)).to_contain_text("The nearest to Denver, Colorado")


def test_nobody_near_is_said_with_the_distance(reader):
    ask(reader, "Tokyo")
    expect(panel(reader)).to_contain_text("Nobody listed within 25 miles offers what this article")
    assert panel(reader).locator(".nearest__distance").first.inner_text().endswith(",455 miles")


def test_a_comment_after_the_answer_knows_nothing_of_the_place(reader):
    ask(reader, "Brooklyn")
    sent = []
    reader.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    reader.get_by_label("Comment", exact=True).fill("Found one. Thank you!")
    reader.get_by_role("button", name="Send the comment").click()
    expect(reader.get_by_text("waits for a moderator")).to_be_visible()
    assert [urlsplit(request.url).path for request in sent] == [f"{ARTICLE}comments/"]
    assert "rooklyn" not in sent[0].url + sent[0].post_data
    assert "where" not in reader.url


def test_a_place_is_chosen_from_the_list_by_keyboard(desktop):
    desktop.goto(ARTICLE)
    where = panel(desktop).get_by_label("Where?")
    where.press_sequentially("santa f")
    expect(panel(desktop).get_by_role("option", name="Santa Fe, New Mexico")).to_be_visible()
    desktop.keyboard.press("ArrowDown")
    desktop.keyboard.press("Enter")
    desktop.keyboard.press("Enter")
    expect(panel(desktop).get_by_role("heading", level=3)).to_have_text(
        "The nearest to Santa Fe, New Mexico"
    )
