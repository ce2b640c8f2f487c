"""Whatever a commenter types stays text, all of it, wherever it is kept and shown."""

import json
import unicodedata
from datetime import timedelta
from email import policy
from email.parser import BytesParser
from html.parser import HTMLParser
from io import StringIO
from itertools import count
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from django.core.management import call_command
from django.urls import reverse

from articles.models import Article
from comments import mails, moderation
from comments.excerpts import excerpt, quoted
from comments.holdings import as_json
from comments.models import LONGEST_BODY, Comment, Notice
from comments.submissions import make_token
from tests.articles.archive.files import contents, records
from tests.articles.factories import make_article
from tests.comments.factories import NOW, make_comment, make_moderator

pytestmark = pytest.mark.django_db

OWN = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
FORM = "application/x-www-form-urlencoded"
ATOM = "{http://www.w3.org/2005/Atom}"
LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
TEXTS = {
    "emoji": "👩🏽‍⚕️ 🏳️‍🌈 👨‍👩‍👧‍👦 🇩🇪 1️⃣ ❤️",
    "right to left": "שָׁלוֹם עוֹלָם and مَرْحَبًا, 3 < 5 & so on.\nسطر آخر",
    "marks of direction": "\u200fa\u200eb\u2067c\u2069 \u202ed\u202c e",
    "combining": "Z" + "\u0300\u0323\u0489" * 60 + "algo, e\u0301 as typed, and é",
    "joiners": "نمی\u200cخواهم क्\u200dष a\u200bb\u2060c\ufeffd\u00ade",
    "scripts": "नमस्ते 一歩目 안녕 ខ្មែរ ᚠᛇᚻ 𐍈𝔘𠜎 ꙮ Ǆ ﷽ ſ İı",
    "unassigned and private": "\u0378 \ue000 \U000e0fff \U000f0000 \U0010fffd",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)> &lt;b&gt; &amp; ]]> <!-- "
    "<svg/onload=alert(1)> </p></div><p>",
    "attributes": "\" onmouseover='x' ` ' autofocus style=\"x\" {{ 7 }} {% now %} ${x}",
    "links": 'https://a.example/"onclick="x <https://b.example/> javascript:alert(1) https://c.d/é',
    "headers": "Bcc: mine\r\nSubject: mine\r\n\r\nTo: x@example.org\r\n.\r\nQUIT",
    "encoded words": "=?utf-8?q?Bcc:_x?= %0d%0aBcc: x %00 \\u0000 \\x3cb\\x3e",
    "blank lines": "One\n\nTwo\r\rThree\n \nFour\tfive  six \u3000 seven",
    "formulas": "=HYPERLINK(1) @SUM(1) +1 -1 |x",
    "ten thousand": "ש👩🏽‍⚕️e\u0301<" * 1_111 + "!",
}


def keeps(character):
    """Reckoned apart from `acutake.lib.text`: what Unicode calls a character, and a tab."""
    number = ord(character)
    is_none = number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF
    return character == "\t" or not (
        is_none or unicodedata.category(character) in {"Cc", "Cs"} or character in LINE_ENDS
    )


def kept(character):
    """What is to be left of it."""
    return "\n" if character in LINE_ENDS else character if keeps(character) else ""


_networks = count(1)


def post(client, article, **typed):
    """Sent as a browser sends bytes, halves of a character among them; each from another network.

    The comment is the last one.
    """
    values = {"token": make_token(article, at=NOW), "name": "", "subject": "", **typed}
    coded = {name: quote(text.encode("utf-8", "surrogatepass")) for name, text in values.items()}
    answer = client.post(
        reverse("comments:post", args=[article.slug]),
        "&".join(f"{name}={text}" for name, text in coded.items()),
        content_type=FORM,
        headers=OWN,
        REMOTE_ADDR=f"2001:db8:{next(_networks):x}::1",
    )
    assert answer.status_code == 303, typed
    return Comment.objects.filter(article=article).order_by("pk").last()


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def chunks():
    """Every code point but the halves of a character, as many at once as a comment may hold."""
    letters = [chr(number) for number in range(0x110000) if not 0xD800 <= number <= 0xDFFF]
    size = LONGEST_BODY // 2 - 1
    return (letters[start : start + size] for start in range(0, len(letters), size))


def test_every_character_of_unicode_is_stored(client):
    article = make_article()
    changed = []
    for letters in chunks():
        # A letter between any two: neither composes with the next, nor ends the text.
        comment = post(client, article, body="x".join(["", *letters, ""]))
        comment.refresh_from_db()
        if comment.body != "x".join(["", *map(kept, letters), ""]):
            changed.append(f"from U+{ord(letters[0]):04X}")
    assert changed == []


@pytest.mark.parametrize("half", ["\ud800", "\udbff\ud800"])
def test_half_a_character_never_reaches_the_database(client, half):
    comment = post(client, make_article(), body=f"a{half}b", name=f"A{half}n")

    assert comment.body.replace("\ufffd", "") == "ab"
    assert comment.commenter_name.replace("\ufffd", "") == "An"


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_nothing_but_what_is_no_character_is_dropped(client, text):
    comment = post(client, make_article(), body=text)

    assert list(filter(keeps, comment.body)) == list(filter(keeps, text.strip()))
    assert set(comment.body) & set(LINE_ENDS) <= {"\n"}


@pytest.fixture
def published(client):
    """One comment with each of the texts, as words and as name, below one that is answered."""
    article = make_article(slug="heel-pain")
    before = NOW - timedelta(days=1)
    make_comment(article=article, body="What about the heel?", created_at=before)
    moderator = make_moderator()
    for text in TEXTS.values():
        comment = post(client, article, body=text, name=text[:40])
        Comment.objects.filter(pk=comment.pk).update(status="pending")
        comment.refresh_from_db()
        moderation.approve(comment, at=NOW, by=moderator)
    return list(Comment.objects.filter(commenter_email="").order_by("pk"))


class Shown(HTMLParser):
    """The words and the tags of some HTML as a browser reads them, or of its elements of a class.

    A paragraph ends in an empty line, as it was typed.
    """

    def __init__(self, html, *, name=None):
        super().__init__(convert_charrefs=True)
        self.name, self.depth = name, 0 if name else 1
        self.texts, self.tags = [] if name else [""], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        fields = dict(attrs)
        if self.depth:
            self.tags.append((tag, *sorted(fields)))
            if tag == "p" and self.texts[-1]:
                self.texts[-1] += "\n"
            self.depth += tag not in {"br", "img", "input", "link", "meta", "source"}
        elif self.name in (fields.get("class") or "").split():
            self.depth = 1
            self.texts.append("")

    def handle_endtag(self, tag):
        self.depth -= self.depth > 0

    def handle_data(self, data):
        if self.depth:
            self.texts[-1] += data


SAFE = {("p", "dir"), ("br",), ("a", "href", "rel")}


def test_page_shows_all_of_it_as_text(client, published):
    page = Shown(client.get("/articles/heel-pain/").text, name="comment__body")

    assert page.texts == ["What about the heel?", *(comment.body for comment in published)]
    assert set(page.tags) <= SAFE


def test_page_shows_names_as_text(client, published):
    page = Shown(client.get("/articles/heel-pain/").text, name="comment__name")

    assert page.texts[1:] == [comment.commenter_name for comment in published]
    assert page.tags == []
    for name in page.texts:
        # One line, which turns nothing around beside it.
        assert (
            set(name) & {*LINE_ENDS, *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069"} == set()
        )


def test_page_holds_no_script_and_no_handler_of_anybody(client, published):
    page = Shown(client.get("/articles/heel-pain/").text)

    names = {name for _, *names in page.tags for name in names}
    assert [name for name in names if name.startswith("on") or name == "style"] == []
    assert {tag for tag, *_ in page.tags if tag in {"svg", "iframe", "object", "embed"}} == set()


def test_data_for_machines_are_json_still(client, published):
    html = client.get("/articles/heel-pain/").text
    blocks = html.split('<script type="application/ld+json"')[1:]

    assert blocks
    for block in blocks:
        json.loads(block.partition(">")[2].partition("</script>")[0])


def test_feed_is_xml_and_holds_all_of_it(client, published):
    feed = ET.fromstring(client.get("/articles/heel-pain/comments/feed/").content)
    entries = {
        entry.find(f"{ATOM}id").text.rpartition("/")[2]: entry
        for entry in feed.iter(f"{ATOM}entry")
    }

    for comment in published:
        entry = entries[str(comment.pk)]
        content = Shown(entry.find(f"{ATOM}content").text)
        assert content.texts == [comment.body]
        assert set(content.tags) <= SAFE
        assert entry.find(f"{ATOM}author/{ATOM}name").text == comment.commenter_name


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_queue_shows_it_as_text(client, text):
    comment = post(client, make_article(), body=text, name=text[:40])
    client.force_login(make_moderator())
    shelf = {"shelf": comment.status if comment.status == "spam" else "waiting"}

    page = client.get(
        reverse("admin:comments_comment_queue"), {**shelf, "comment": comment.pk}
    ).text

    bodies = Shown(page, name="queue-words").texts
    assert bodies == [comment.body]
    names = {name for _, *names in Shown(page).tags for name in names}
    assert [name for name in names if name.startswith("on") or name == "style"] == []


def test_file_of_what_is_kept_holds_all_of_it(client, published):
    Comment.objects.filter(commenter_email="").update(commenter_email="ann@example.org")

    held = json.loads("".join(as_json("ann@example.org", at=NOW)))

    kept = {(comment["words"], comment["name"]) for comment in held["comments"]}
    assert kept == {(comment.body, comment.commenter_name) for comment in published}


def test_archive_holds_all_of_it(published, tmp_path):
    path = tmp_path / "archive.zip"
    call_command("export_articles", out=path, stdout=StringIO())

    written = {record["number"]: record for record in records(contents(path)["comments.jsonl"])}
    for comment in published:
        record = written[comment.pk]
        assert (record["body"], record["commenter_name"]) == (comment.body, comment.commenter_name)
    expected = list(Comment.objects.order_by("pk").values_list("body", "commenter_name"))
    Comment.objects.all().delete()
    Article.objects.all().delete()
    call_command("import_articles", path, stdout=StringIO())
    assert list(Comment.objects.order_by("pk").values_list("body", "commenter_name")) == expected


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_mail_about_a_reply_holds_it_and_gets_no_header_of_it(client, text):
    asked = make_comment(commenter_email="ann@example.org", proven_at=NOW, wants_replies=True)
    reply = post(client, asked.article, body=text, name=text[:40], parent=str(asked.pk))
    Comment.objects.filter(pk=reply.pk).update(status="approved")

    message = BytesParser(policy=policy.default).parsebytes(mail_about(reply))

    plain = BytesParser(policy=policy.default).parsebytes(mail_about(make_comment(parent=asked)))
    assert sorted(message.keys()) == sorted(plain.keys())
    for name in ("To", "From", "Subject", "Content-Type"):
        assert message[name].partition("boundary")[0] == plain[name].partition("boundary")[0]
    text_part, html_part = message.iter_parts()
    words = excerpt(reply.body, limit=mails.LONGEST_EXCERPT, instead="[link]")
    assert quoted(words) in text_part.get_content()
    shown = Shown(html_part.get_content())
    assert "".join(words.split()) in "".join("".join(shown.texts).split())
    names = {name for _, *names in shown.tags for name in names}
    assert [name for name in names if name.startswith("on")] == []


def mail_about(reply):
    notice = Notice.objects.create(
        key=f"reply:{reply.pk}", kind="reply", comment=reply.parent, reply=reply, created_at=NOW
    )
    notice = Notice.objects.select_related("comment__article", "reply").get(pk=notice.pk)
    return mails.write(notice, at=NOW).message().as_bytes()
