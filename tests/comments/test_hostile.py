"""Whatever is sent to the pages of comments gets an answer, and changes only what it may.

Every address pattern of the app needs an example here: a new one without an example fails. The
fields that are tried are those that the page itself holds.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from urllib.parse import quote, urlencode

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.models import Article
from comments import digests, urls
from comments.links import Purpose, make_token
from comments.models import Comment
from tests.articles.factories import make_article
from tests.comments.factories import make_comment, make_moderator

pytestmark = pytest.mark.django_db

SLUG, BO = "heel-pain", "bo@example.org"
URLENCODED = "application/x-www-form-urlencoded"
OWN = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


def link_of(purpose: Purpose) -> Callable[[], str]:
    return lambda: make_token(purpose, mailed(), at=timezone.now())


def mailed() -> Comment:
    # By its place: somebody who has it erased takes the name from it.
    return Comment.objects.earliest("pk")


# What stands in each address: a number, a slug, or a token made when it is asked for.
# Empty where the address is whole without.
EXAMPLES: dict[str, Callable[[], str | int]] = {
    "post": lambda: SLUG,
    "feed": lambda: SLUG,
    "reported": lambda: SLUG,
    "comment": lambda: mailed().pk,
    "report": lambda: mailed().pk,
    "writer": link_of(Purpose.WRITER),
    "posted": link_of(Purpose.POSTED),
    "ask_about": lambda: "",
    "about": link_of(Purpose.ABOUT),
    "export_about": link_of(Purpose.ABOUT),
    "notify": link_of(Purpose.POSTED),
    "proof": link_of(Purpose.PROOF),
    "stop": link_of(Purpose.STOP),
    "stop_digest": lambda: digest_link().split("/")[-2],
}
# Where a form stands that is sent to another address.
PAGES = {"post": "/articles/heel-pain/"}
NUMBERED = [name for name in EXAMPLES if name in ("comment", "report")]
# What was posted a moment ago, and what was mailed, may both choose what is mailed.
SHARED = {
    "notify": {"posted", "writer"},
    "posted": {"notify"},
    "about": {"export_about"},
    "export_about": {"about"},
}
SIGNED = [
    name for name in EXAMPLES if name not in ("post", "feed", "reported", "ask_about", *NUMBERED)
]
NAME = re.compile(r'<(?:input|textarea|button|select)[^>]* name="(\w+)"')
VALUE = re.compile(r' name="(\w+)" value="([^"]*)"')

TEXTS = {
    "nothing": "",
    "NUL": "a\0b",
    "a lone surrogate": "a\ud800b",
    "turned": "\u202eabc",
    "joiners alone": "\u200d\u200d",
    "a number of 5,000 digits": "9" * 5_000,
    "a number beyond every column": str(10**30),
    "below zero": "-1",
    "digits of another script": "\u0661\u0662",
    "a header": "a\r\nBcc: eve@example.org",
    "markup": "\"><script>alert(1)</script><svg onload='x'>",
    "a template": "{{ 7 }}{% csrf_token %}%(x)s%s{0}",
    "long": "x" * 200_000,
    "long without a break": "\u0301" * 20_000,
    "line ends": "\n \n" * 20_000,
    "noncharacters": "\ufdd0\uffff\U0010ffff",
}
TYPES = [
    "",
    "text/plain",
    "application/json",
    "application/x-www-form-urlencoded; charset=hex",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=none-such",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    f"multipart/form-data; boundary={'x' * 300}",
    "multipart/form-data; boundary=x; charset=hex",
    "multipart/form-data; boundary=x; charset=utf-7",
    'multipart/form-data; boundary="x\u00e9"',
    "multipart/mixed; boundary=x",
]
PART = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
BODIES = {
    "nothing": b"",
    "no text": b"\xff\xfe\x00",
    "a surrogate": b"token=%ED%A0%80&act=%ED%A0%80",
    "a broken escape": b"token=%&act=%zz&%=%",
    "JSON": b'{"token": [], "act": {"all": 1}}',
    "many fields": b"&".join([b"a=1"] * 2_000),
    "a field many times": b"&".join([b"act=all"] * 500),
    "half a part": b"--x\r\nContent-Disposition: form-data; name=",
    "a file as a field": PART % (b"body", b'; filename="a\0.txt"', b"words") + b"--x--\r\n",
    "many files": (PART % (b"act", b'; filename="a"', b"x")) * 500 + b"--x--\r\n",
    "many parts": (PART % (b"act", b"", b"all")) * 2_000 + b"--x--\r\n",
    "no name": b"--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--\r\n",
    "bad base64": PART % (b"act", b"\r\nContent-Transfer-Encoding: base64", b"=a=") + b"--x--\r\n",
}
HEADERS = [
    {"Host": "evil.example.org"},
    {"Host": "testserver:99999999"},
    {"Host": "testserver@evil.example.org"},
    {"Host": "[::1"},
    {"Host": ""},
    {"X-Forwarded-Host": "evil.example.org"},
    {"X-Forwarded-For": "nobody, \u00e9, 999.999.999.999"},
    {"Origin": "null"},
    {"Origin": "\u00e9"},
    {"Sec-Fetch-Site": "cross-site"},
    # A session or a key that is broken is replaced on purpose (`acutake.middleware.cache_headers`).
    {"Cookie": "a=\u00e9; ;=b; %00"},
    {"Accept-Language": "x-" * 2_000},
    {"If-Modified-Since": "Mon, 99 Foo 99999999 25:61:61 GMT"},
    {"If-None-Match": '"'},
    {"Range": "bytes=9-1,-"},
    {"Referer": "http://[bad"},
    {"User-Agent": ""},
    {"Content-Length": "-1"},
    {"Content-Length": "9" * 30},
    {"Transfer-Encoding": "chunked"},
]
ARABIC = {ord("0") + digit: 0x660 + digit for digit in range(10)}
_networks = count(1)


def digest_link() -> str:
    return digests.make_stop_url(digests.takers_of_digests().get(), at=timezone.now())


@pytest.fixture(autouse=True)
def world(settings):
    """An article with a comment whose writer waits to prove the address, and a moderator."""
    settings.TRUSTED_PROXY_COUNT = 1
    article = make_article(slug=SLUG)
    make_comment(
        article=article, commenter_name="Bo", commenter_email=BO, created_at=timezone.now()
    )
    make_moderator(email="mo@example.org")


def path_of(name: str) -> str:
    example = EXAMPLES[name]()
    return reverse(f"comments:{name}", args=[example] if example else [])


def ask(method: str, path: str, data=b"", *, content_type="", headers=OWN):
    """One request from a network of its own, since the limits are not what is tried here."""
    number = next(_networks)
    return Client(raise_request_exception=False).generic(
        method,
        path,
        data,
        content_type=content_type,
        headers={"X-Forwarded-For": f"2001:db8:{number >> 16:x}:{number & 0xFFFF:x}::1", **headers},
    )


def send(path: str, form: dict[str, str]):
    typed = urlencode({key: value.encode("utf-8", "surrogatepass") for key, value in form.items()})
    return ask("POST", path, typed, content_type=URLENCODED)


def form_of(name: str) -> dict[str, str]:
    """The fields of the page's forms, with the values that they have there or a word."""
    page = ask("GET", PAGES.get(name, path_of(name))).getvalue().decode()
    return {**dict.fromkeys(NAME.findall(page), "x"), **dict(VALUE.findall(page))}


def everything() -> dict[str, list]:
    """All rows that a page of comments might change."""
    models = [*apps.get_app_config("comments").get_models(), Article, DBTaskResult]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def check(response) -> None:
    """That it is an answer for people: no error of the server, and no cookie."""
    assert response.status_code < 500, response.status_code
    assert dict(response.cookies) == {}
    has_page = response.getvalue() or response.status_code in {301, 302, 303, 304, 405}
    assert has_page or response.request["REQUEST_METHOD"] == "HEAD"


def bad_tokens(good: str) -> Iterator[str]:
    """Tokens that look like `good` and were never made for its page."""
    seconds, subject, signature = good.split(":")
    number, dot, written = subject.partition(".")
    yield from (good[:-1], f"{good}x", good.swapcase(), good[::-1], signature, f"{subject}:{good}")
    yield from ("x", ":", "::", "::::", "0", "9" * 5_000, "\u0661:\u0662:x", "a b", "\U0001f40c")
    yield f"{seconds}:{int(number) + 1}{dot}{written}:{signature}"
    yield f"{int(seconds) + 1}:{subject}:{signature}"
    yield f"{seconds}:{subject.translate(ARABIC)}:{signature}"
    yield f"{good}\n"
    yield f" {good}"


def test_every_address_has_an_example():
    assert sorted(EXAMPLES) == sorted(pattern.name for pattern in urls.urlpatterns)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_method_that_no_browser_sends_is_answered_and_changes_nothing(name):
    before = everything()
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY"):
        response = ask(method, path_of(name), b"act=all")
        check(response)
        assert response.status_code == 405
    assert everything() == before


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_changes_nothing_whatever_the_address_says(name, method):
    before = everything()
    form = form_of(name)
    wishes = [form, *({**form, "act": act} for act in ("all", "prove", "erase", "withdraw", "1"))]
    for wish in wishes:
        check(ask(method, f"{path_of(name)}?{urlencode(wish)}"))
    fields = {*form, "page", "sort", "thread", "comment", "reply_to"}
    for text in TEXTS.values():
        value = quote(text[:1_000].encode("utf-8", "surrogatepass"))
        query = "&".join(f"{field}={value}" for field in fields)
        check(ask(method, f"{path_of(name)}?{query}&{value}"))
    assert everything() == before


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_any_text_in_any_field_is_answered_and_can_be_read_afterwards(name, text):
    form = form_of(name)
    for field in form:
        check(send(path_of(name), {**form, field: text}))
    Comment.objects.filter(withdrawn_at=None).update(status="approved")
    for path in (f"/articles/{SLUG}/", f"/articles/{SLUG}/comments/feed/"):
        assert ask("GET", path).status_code == 200


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_any_bytes_of_any_type_are_answered(name, body):
    is_in_parts = body.startswith(b"--x")
    for content_type in TYPES:
        if is_in_parts and not content_type.startswith("multipart"):
            continue
        check(ask("POST", path_of(name), body, content_type=content_type))


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_any_header_is_answered(name, method):
    form = urlencode(form_of(name))
    for headers in HEADERS:
        check(ask(method, path_of(name), form, content_type=URLENCODED, headers=OWN | headers))


@pytest.mark.parametrize("name", SIGNED)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_was_not_made_for_the_page_leads_nowhere(name, method):
    form = form_of(name)
    good, template = EXAMPLES[name](), reverse(f"comments:{name}", args=["TOKEN"])
    others = {EXAMPLES[other]() for other in SIGNED if other not in {name, *SHARED.get(name, ())}}
    before = everything()
    for token in {*bad_tokens(good), *others}:
        path = template.replace("TOKEN", quote(token, safe=""))
        response = ask(method, path, urlencode(form), content_type=URLENCODED)
        check(response)
        assert response.status_code in {400, 404}, token
    assert everything() == before


@pytest.mark.parametrize("name", NUMBERED)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_number_that_no_comment_has_is_not_found(name, method):
    before = everything()
    own = str(EXAMPLES[name]())
    numbers = ["0", "9" * 19, "9" * 30, "9" * 4_000, "-1", "1.0", "%00", "%ED%A0%80", "\u0661"]
    for number in numbers:
        path = path_of(name).replace(f"/{own}/", f"/{number}/")
        response = ask(method, path, b"act=all", content_type=URLENCODED)
        check(response)
        assert response.status_code in {400, 404, 405}, number
    assert everything() == before


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_that_is_too_old_changes_nothing(purpose, monkeypatch):
    if purpose not in EXAMPLES:
        return
    path, form = path_of(purpose), form_of(purpose)
    before = everything()
    long_after = timezone.now() + timedelta(days=4_000)
    monkeypatch.setattr(timezone, "now", lambda: long_after)
    assert send(path, form).status_code == 404
    assert everything() == before
