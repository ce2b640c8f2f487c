"""Mail about a comment: the address is proven, news comes, and one click ends it."""

import email
import json
import os
import re
import subprocess
import sys
import urllib.request
from email import policy
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import axe_findings
from tests.journeys.conftest import manage
from tests.journeys.test_reader import ARTICLE, write_comment

pytestmark = pytest.mark.journey

TEXT = "Does the calf stretch help when both heels hurt?"
BETWEEN_MAILS = "-" * 79


@pytest.fixture
def fetch_mail(site_environment):
    """A function that lets a worker do what is due, and gives the mails that went to an address."""

    def fetch(address):
        manage("db_worker", "--batch", "--no-startup-delay", "--verbosity=0", env=site_environment)
        files = sorted(Path(site_environment["VAR_DIR"], "mail").glob("*.log"))
        raw = [part for file in files for part in file.read_text().split(BETWEEN_MAILS)]
        mails = [email.message_from_string(part.lstrip(), policy=policy.default) for part in raw]
        return [mail for mail in mails if mail["To"] == address]

    return fetch


def path_in(mail, part: str, site: str) -> str:
    """The path of the link with `part` in it: the same one in plain text and in HTML."""
    paths = {
        path
        for kind in ("plain", "html")
        for path in re.findall(
            rf"{site}([^\s\"]*{part}[^\s\"]*)", mail.get_body((kind,)).get_content()
        )
    }
    (path,) = paths
    return path


def approve(editor: Page, name: str) -> None:
    editor.goto("/admin/comments/comment/")
    editor.get_by_role("row").filter(has_text=name).get_by_role("checkbox").check()
    editor.get_by_role("combobox", name="Action").select_option(label="Approve")
    editor.get_by_role("button", name="Go", exact=True).click()
    expect(editor.get_by_text("Approved").first).to_be_visible()


def ask_for_news(page: Page, *, name: str, address: str, text: str) -> None:
    page.goto(ARTICLE)
    write_comment(page, name=name, email=address, text=text)
    page.get_by_label("when a moderator has decided").check()
    page.get_by_label("when somebody replies").check()
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()


@pytest.mark.parametrize("visitor", ["phone", "scriptless"])
def test_from_a_comment_to_its_news_and_to_the_end_of_the_mail(
    request, visitor, editor, site, fetch_mail, move_clock
):
    page = request.getfixturevalue(visitor)
    name, address = f"Moss {visitor.title()}", f"{visitor}@mail.example.org"
    ask_for_news(page, name=name, address=address, text=f"{TEXT} ({visitor})")
    (proof,) = fetch_mail(address)
    assert address not in page.content()

    page.goto(path_in(proof, "/prove/", site))
    expect(page.get_by_text(TEXT)).to_be_visible()
    page.get_by_role("button", name="Yes, I wrote this").click()
    expect(page.get_by_role("heading", name="The address is confirmed")).to_be_visible()
    expect(page.get_by_text("waits for a moderator")).to_be_visible()

    # Five minutes in which a slip could be undone are over for the worker, whose clock is right.
    move_clock(-1)
    approve(editor, name)
    move_clock(0)
    decision = fetch_mail(address)[-1]
    assert decision["Subject"].startswith("Your comment is published")
    page.goto(path_in(decision, r"/comments/\d+/", site))
    comment = page.locator("[id^=comment-]").filter(has_text=f"({visitor})").first
    expect(comment).to_be_visible()

    comment.get_by_role("link", name="Reply").first.click()
    write_comment(page, name=f"Fern {visitor}", email="", text="It did for me, after a month.")
    expect(page.get_by_text("moderator").first).to_be_visible()
    move_clock(-1)
    approve(editor, f"Fern {visitor}")
    move_clock(0)
    reply = fetch_mail(address)[-1]
    assert "> It did for me, after a month." in reply.get_body(("plain",)).get_content()

    page.goto(path_in(reply, "/comments/mail/", site))
    page.get_by_role("button", name="Stop all mail to me").click()
    expect(page.get_by_role("heading", name="All mail is stopped")).to_be_visible()
    page.get_by_role("button", name="Start the mail again").click()
    expect(page.get_by_role("heading", name="Stop the mail?")).to_be_visible()

    one_click = urllib.request.Request(
        reply["List-Unsubscribe"].strip("<> "), data=reply["List-Unsubscribe-Post"].encode()
    )
    assert urllib.request.urlopen(one_click).status == 200
    page.reload()
    expect(page.get_by_role("heading", name="All mail is stopped")).to_be_visible()


def test_somebody_elses_comment_lets_go_of_an_address(phone, site, fetch_mail):
    address = "stranger@mail.example.org"
    ask_for_news(phone, name="Not Me", address=address, text="Written with another's address.")
    (proof,) = fetch_mail(address)

    phone.goto(path_in(proof, "/prove/", site))
    phone.get_by_label("Never send mail to this address again").check()
    phone.get_by_role("button", name="I did not write this").click()
    expect(phone.get_by_role("heading", name="The address is forgotten")).to_be_visible()

    ask_for_news(phone, name="Not Me", address=address, text="And once more.")
    assert len(fetch_mail(address)) == 1


def test_the_pages_behind_mails_are_sound(phone, site, fetch_mail, tmp_path):
    address = "sound@mail.example.org"
    ask_for_news(phone, name="Sound", address=address, text="Only to look at the pages.")
    pages = {"mailbox": (phone.url, phone.content(), axe_findings(phone))}
    (proof,) = fetch_mail(address)
    for name, part, button in (
        ("proof", "/prove/", "Yes, I wrote this"),
        ("stop", "/comments/mail/", "Stop all mail to me"),
    ):
        phone.goto(path_in(proof, part, site))
        pages[name] = (phone.url, _source(phone.url), axe_findings(phone))
        phone.get_by_role("button", name=button).click()
        expect(phone.get_by_role("button", name=button)).to_have_count(0)
        pages[f"{name} done"] = (phone.url, _source(phone.url), axe_findings(phone))
    assert {name: findings for name, (_url, _html, findings) in pages.items() if findings} == {}
    files = {name: html for name, (_url, html, _findings) in pages.items()}
    files["mail"] = proof.get_body(("html",)).get_content()
    if "VNU_JAR" in os.environ:
        assert _html_errors(files, tmp_path) == []


def _source(url: str) -> str:
    with urllib.request.urlopen(url) as answer:
        return answer.read().decode()


def _html_errors(pages: dict[str, str], folder: Path) -> list:
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html)
    files = sorted(folder.glob("*.html"))
    command = ["java", "-jar", os.environ["VNU_JAR"], "--format", "json", *files]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(result.stderr)["messages"]
    return [(one["url"], one["message"]) for one in messages if one["type"] == "error"]


GIVE_ADDRESS = """
from django.utils.timezone import localdate
from directory.models import License, Practitioner
listed = Practitioner.objects.listed().exclude(letters="").filter(
    licenses__in=License.objects.checked(on=localdate()))
found = listed.order_by("name").first()
found.email = "Practice@needles.example.org"
found.save(update_fields=["email"])
print(found.name)
"""


def test_a_practitioner_is_known_by_the_proven_address_and_by_nothing_typed(
    phone, desktop, editor, site, site_environment, fetch_mail
):
    made = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", GIVE_ADDRESS],
        env=site_environment,
        capture_output=True,
        text=True,
        check=True,
    )
    practitioner = made.stdout.strip()
    address = "practice@needles.example.org"
    ask_for_news(phone, name="The practice", address=address, text="I see this every week.")
    (proof,) = fetch_mail(address)
    phone.goto(path_in(proof, "/prove/", site))
    phone.get_by_role("button", name="Yes, I wrote this").click()
    expect(phone.get_by_role("heading", name="The address is confirmed")).to_be_visible()
    desktop.goto(ARTICLE)
    write_comment(desktop, name=practitioner, email=address, text="I only typed the name.")
    expect(desktop.get_by_text("waits for a moderator").first).to_be_visible()

    approve(editor, "I see this every week.")
    approve(editor, "I only typed the name.")

    phone.goto(ARTICLE)
    proven = phone.locator(".comment").filter(has_text="I see this every week.")
    expect(proven.get_by_role("link", name=practitioner, exact=True)).to_have_attribute(
        "href", re.compile("^/acupuncturists/")
    )
    expect(proven.locator(".comment__letters")).to_be_visible()
    typed = phone.locator(".comment").filter(has_text="I only typed the name.")
    expect(typed.locator(".comment__name")).to_have_text(practitioner)
    expect(typed.locator("a.comment__name, .comment__letters")).to_have_count(0)
