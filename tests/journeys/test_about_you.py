"""Everything that is kept for an address: asked for, read, taken along, erased."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import axe_findings
from tests.journeys.test_comment_mail import fetch_mail, path_in  # noqa: F401  a fixture
from tests.journeys.test_reader import ARTICLE, write_comment

pytestmark = pytest.mark.journey

WORDS = "What helps when the heel hurts on stairs?"


@pytest.mark.parametrize("visitor", ["phone", "scriptless"])
def test_from_the_question_to_the_erasure(request, visitor, site, fetch_mail):  # noqa: F811
    page = request.getfixturevalue(visitor)
    address = f"about-{visitor}@mail.example.org"
    page.goto(ARTICLE)
    write_comment(page, name="Tansy", email=address, text=f"{WORDS} {visitor}")

    page.goto("/about/")
    page.get_by_role("link", name="everything we keep about you").click()
    check(page, visitor)
    page.get_by_label("Your e-mail address").fill("tansy@")
    page.get_by_role("button", name="Mail me the link").click()
    expect(page.get_by_role("alert")).to_contain_text("This is no e-mail address.")
    expect(page.get_by_label("Your e-mail address")).to_have_value("tansy@")
    page.get_by_label("Your e-mail address").fill(address)
    page.get_by_role("button", name="Mail me the link").click()
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    check(page, visitor)
    assert address not in page.url

    (mail,) = [one for one in fetch_mail(address) if "keeps" in one["Subject"]]
    page.goto(path_in(mail, "about-you", site))
    expect(page.get_by_text(WORDS)).to_be_visible()
    check(page, visitor)
    with page.expect_download() as download:
        page.get_by_role("link", name="Take it with you").click()
    assert download.value.suggested_filename == "about-you.json"
    (kept,) = json.loads(Path(download.value.path()).read_text())["comments"]
    assert (kept["words"], kept["e_mail"]) == (f"{WORDS} {visitor}", address)

    page.get_by_role("button", name="Stop all mail to me").click()
    page.get_by_role("button", name="Start the mail again").click()
    page.get_by_role("button", name="Erase everything").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was erased.")
    page.get_by_label("Yes, erase all of it").check()
    page.get_by_role("button", name="Erase everything").click()
    expect(page.get_by_role("heading", name="Everything is erased")).to_be_visible()
    check(page, visitor)
    assert address not in page.content()


def check(page, visitor):
    """Where scripts run, axe has nothing to say."""
    if visitor != "scriptless":
        assert axe_findings(page) == []
