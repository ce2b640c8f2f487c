"""Under an article with 2,000 comments: folds, pages, orders, lasting links, and reports."""

import http.client
import json
import os
import re
import subprocess
from urllib.parse import urlencode, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.axe import AXE_OPTIONS
from tests.journeys.conftest import DESKTOP, PHONE, from_elsewhere, manage, open_page
from tests.journeys.long_thread import SLUG
from tests.journeys.test_every_page import LOOKS

pytestmark = pytest.mark.journey
ARTICLE = f"/articles/{SLUG}/"


@pytest.fixture(scope="module", autouse=True)
def thread(site, site_environment):
    code = "from tests.journeys import long_thread; long_thread.{}()"
    for step in ("make", "remove"):
        manage("shell", "--verbosity", "0", "--command", code.format(step), env=site_environment)
        if step == "make":
            yield


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def reader(request, browser, site):
    """Somebody on a phone, with and without JavaScript."""
    with open_page(
        browser, site, viewport=PHONE, has_touch=True, java_script_enabled=request.param
    ) as page:
        yield page


def comment_by(page, name):
    return page.locator(".comment", has=page.locator(f'.comment__name:text-is("{name}")'))


def number_of(page, name) -> str:
    return comment_by(page, name).get_attribute("id").removeprefix("comment-")


def test_a_fold_opens_and_closes(reader):
    reader.goto(ARTICLE)
    expect(reader.get_by_role("heading", name="1,999 comments")).to_be_visible()
    expect(comment_by(reader, "Reader 3")).to_be_visible()
    folded = comment_by(reader, "Reader 5")
    expect(folded).to_be_hidden()
    more = reader.get_by_text("8 more replies")
    more.focus()
    reader.keyboard.press("Enter")
    expect(folded).to_be_visible()
    reader.keyboard.press("Enter")
    expect(folded).to_be_hidden()


def test_the_address_of_a_folded_comment_opens_its_fold(reader):
    reader.goto(ARTICLE)
    number = number_of(reader, "Reader 12")
    reader.goto(f"/comments/{number}/")
    expect(reader).to_have_url(re.compile(rf"{ARTICLE}\?comment_at={number}#comment-{number}$"))
    expect(comment_by(reader, "Reader 12")).to_be_in_viewport()
    canonical = reader.locator('link[rel="canonical"]').get_attribute("href")
    assert urlsplit(canonical).path == ARTICLE


def test_the_time_of_a_comment_on_another_page_leads_to_it(reader):
    reader.goto(f"{ARTICLE}?comments=7")
    comment = reader.locator(".comment[id]").last
    number = comment.get_attribute("id")
    comment.locator(".comment__time").click()
    expect(reader).to_have_url(re.compile(f"#{number}$"))
    expect(reader.locator(f"#{number}")).to_be_in_viewport()
    expect(reader.get_by_text("Page 7 of")).to_have_count(1)


def test_pages_lead_on_and_the_newest_come_first_when_asked_for(reader):
    reader.goto(ARTICLE)
    reader.get_by_role("link", name="Newer", exact=True).click()
    expect(reader.get_by_text("Page 2 of")).to_be_visible()
    reader.get_by_role("link", name="Newer", exact=True).click()
    # The rest of the thread that fills the page before.
    expect(reader.get_by_text("Further answers to Starter 40")).to_be_visible()
    reader.get_by_role("link", name="Newest first").click()
    expect(reader.locator(".comments__thread > li").first).to_contain_text("Voice 1999.")
    expect(reader.locator("#comments")).to_be_in_viewport()
    reader.get_by_role("link", name="Older", exact=True).click()
    expect(reader).to_have_url(re.compile(r"\?order=newest&comments=2#comments$"))


def test_a_closed_thread_takes_no_answer_and_a_gone_comment_leaves_its_place(reader):
    reader.goto(ARTICLE)
    expect(reader.get_by_text("Removed by its writer.")).to_have_count(1)
    expect(comment_by(reader, "Starter 4")).to_contain_text("Changed by its writer")
    for name, count in (("Starter 3", 0), ("Starter 4", 1)):
        expect(comment_by(reader, name).get_by_role("link", name="Reply")).to_have_count(count)


def test_an_answer_from_a_later_page_keeps_the_page(reader):
    reader.goto(f"{ARTICLE}?comments=9")
    comment = reader.locator(".comment[id]").first
    name = comment.locator(".comment__name").inner_text()
    comment.get_by_role("link", name="Reply").click()
    form = reader.locator("#comment-form")
    expect(form.get_by_role("heading", name=f"Reply to {name}")).to_be_visible()
    expect(form).to_be_in_viewport()
    expect(reader.get_by_text("Page 9 of")).to_have_count(1)


def report_from_elsewhere(site: str, path: str, html: str) -> int:
    """The status of a report that comes from a network of its own."""
    token = re.search(r'name="token" value="([^"]+)"', html)[1]
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(site).port)
    headers = {"Content-Type": "application/x-www-form-urlencoded", **from_elsewhere()}
    connection.request("POST", path, urlencode({"token": token, "reason": "spam"}), headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_the_third_report_hides_a_comment(reader, site):
    reader.goto(ARTICLE)
    shown = int(reader.locator("#comments-heading").inner_text().split()[0].replace(",", ""))
    comment = reader.locator(".comments__thread > li > .comment[id]").nth(7)
    number = comment.get_attribute("id").removeprefix("comment-")
    words = comment.locator(".comment__body").inner_text()
    comment.get_by_role("link", name="Report").click()
    expect(reader.get_by_role("heading", name="Report a comment")).to_be_visible()
    path = f"/comments/{number}/report/"
    for _ in range(2):
        assert report_from_elsewhere(site, path, reader.content()) == 303
    reader.get_by_role("button", name="Send the report").click()
    expect(reader.get_by_role("alert")).to_contain_text("Please choose what is wrong.")
    reader.get_by_label("Advertising or spam").check()
    reader.get_by_label("Anything that the moderators should know?").fill("Look at the link.")
    reader.get_by_role("button", name="Send the report").click()
    expect(reader.get_by_role("heading", name="Thank you")).to_be_visible()
    reader.get_by_role("link", name="Back to").click()
    expect(reader.locator("#comments-heading")).to_have_text(f"{shown - 1:,} comments")
    expect(reader.get_by_text(words.splitlines()[0])).to_have_count(0)


def test_on_paper_nothing_is_folded_and_nothing_is_there_to_click(desktop):
    desktop.goto(ARTICLE)
    desktop.emulate_media(media="print")
    expect(comment_by(desktop, "Reader 12")).to_be_visible()
    for selector in (".comments__more > summary", ".comment__acts", ".comments__order"):
        expect(desktop.locator(selector).first).to_be_hidden()


@pytest.fixture(scope="module")
def pages(browser, site) -> list[str]:
    """One of every kind."""
    with open_page(browser, site, viewport=DESKTOP) as page:
        page.goto(ARTICLE)
        number = number_of(page, "Reader 12")
    queries = ("", "?comments=3", "?order=newest", "?comments=99", f"?comment_at={number}")
    reports = [f"/comments/{number}/report/", f"{ARTICLE}comments/reported/"]
    return [*(f"{ARTICLE}{query}" for query in queries), *reports, f"{reports[1]}?again"]


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_and_nothing_is_too_wide(browser, site, pages, look):
    # axe puts a style of its own into the page, which our policy would stop.
    context = browser.new_context(base_url=site, bypass_csp=True, reduced_motion="reduce", **look)
    page = context.new_page()
    found = []
    for path in pages:
        page.goto(path)
        found += [
            (path, rule["id"])
            for rule in Axe().run(page, options=AXE_OPTIONS).response["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((path, "too wide"))
    context.close()
    assert found == []


@pytest.mark.vnu
def test_the_html_checker_finds_no_error(browser, site, pages, tmp_path):
    files = []
    with open_page(browser, site, viewport=DESKTOP) as page:
        for number, path in enumerate(pages):
            file = tmp_path / f"{number}.html"
            file.write_bytes(page.request.get(path).body())
            files.append(file)
    command = ["java", "-jar", os.environ["VNU_JAR"], "--format", "json", *files]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(result.stderr)["messages"]
    errors = [
        (message["url"].rpartition("/")[2], message["message"])
        for message in messages
        if message["type"] == "error"
    ]
    assert errors == []
