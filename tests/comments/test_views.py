import logging
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from acutake.lib.network import network_key
from articles.models import Article, ArticlePath
from comments.links import Purpose
from comments.links import make_token as make_link_token
from comments.models import Comment
from comments.rules import closes_at
from comments.submissions import COMMENTS_PER_HOUR, make_token
from tests.articles.factories import make_article
from tests.comments.factories import make_comment

pytestmark = pytest.mark.django_db

OWN = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


def url_of(article):
    return reverse("comments:post", args=[article.slug])


# A minute: what is sent at once is held for that.
def typed(article, *, age=timedelta(minutes=1), **values):
    return {
        "token": make_token(article, at=timezone.now() - age),
        "name": "Bramble",
        "email": "bramble@example.org",
        "body": "Is a gap like that normal?",
        "subject": "",
        **values,
    }


def send(client, article, values=None, headers=OWN, **options):
    values = typed(article) if values is None else values
    return client.post(url_of(article), values, headers=headers, **options)


def text_of(response):
    return response.content.decode()


def test_a_comment_waits_for_a_moderator_and_its_writer_is_told(client, monkeypatch):
    article = make_article()
    parent = make_comment(article=article)
    before = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: before)
    response = send(client, article, typed(article, parent=parent.pk))
    assert response.status_code == 303
    address = response["Location"]
    comment = Comment.objects.exclude(pk=parent.pk).get()
    token = make_link_token(Purpose.POSTED, comment, at=timezone.now())
    assert address == f"{article.get_absolute_url()}?comment={token}#comment-waiting"
    assert (comment.article, comment.parent, comment.status) == (article, parent, "pending")
    assert (comment.commenter_name, comment.commenter_email, comment.body) == (
        "Bramble",
        "bramble@example.org",
        "Is a gap like that normal?",
    )
    assert comment.network_key == network_key("127.0.0.1")
    assert before == comment.created_at
    page = text_of(client.get(address))
    assert 'id="comment-waiting"' in page
    assert "It waits for a moderator" in page
    assert page.count("Is a gap like that normal?") == 2  # to be read, and to be changed
    assert "Is a gap like that normal?" not in text_of(client.get(article.get_absolute_url()))


def test_a_name_and_an_address_may_be_left_out(client):
    article = make_article()
    assert send(client, article, typed(article, name="", email="")).status_code == 303
    assert Comment.objects.get().shown_name() == "Anonymous"


def test_the_page_and_the_form_set_no_cookie(client):
    article = make_article()
    client.get(article.get_absolute_url())
    send(client, article)
    send(client, article, typed(article, body=""))
    send(client, article, headers={"Origin": "https://other.example.org"})
    assert dict(client.cookies) == {}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"body": ""}, "There is no comment yet."),
        ({"body": " \n\t\u2028 "}, "There is no comment yet."),
        ({"body": "x" * 10_001}, "longer than 10000 characters (it has 10001)"),
        ({"email": "bramble@"}, "This is no e-mail address."),
        ({"email": f"{'x' * 60}@{'y' * 60}.{'z' * 60}.{'w' * 60}.{'v' * 20}"}, "e-mail address"),
        (
            {"name": "Ada <ada@example.org>"},
            "This is an e-mail address, and the name is published.",
        ),
        ({"name": "n" * 81}, "longer than 80 characters (it has 81)"),
        ({"parent": "99"}, "The comment that you answer is no longer shown."),
        ({"parent": "9" * 5_000}, "The comment that you answer is no longer shown."),
        ({"parent": "x"}, "The comment that you answer is no longer shown."),
    ],
)
def test_what_is_wrong_comes_back_in_words_with_everything_typed(client, wrong, sentence):
    article = make_article()
    values = typed(article, **wrong)
    response = send(client, article, values)
    page = text_of(response)
    assert response.status_code == 200
    assert article.headline in page
    assert sentence in page
    assert f'value="{escape(values["name"])}"' in page
    assert f'value="{values["email"]}"' in page
    assert values["body"].strip() in page
    assert not Comment.objects.exists()


@pytest.mark.parametrize("status", ["pending", "spam", "removed"])
def test_an_answer_to_what_is_not_shown_comes_back_as_a_comment_of_its_own(client, status):
    article = make_article()
    hidden = make_comment(article=article, status=status, body="Hidden words.")
    page = text_of(send(client, article, typed(article, parent=hidden.pk)))
    assert "The comment that you answer is no longer shown." in page
    assert 'name="parent"' not in page
    assert "Hidden words." not in page


def test_an_answer_to_a_comment_of_another_article_is_not_taken(client):
    article, other = make_article(), make_comment()
    assert send(client, article, typed(article, parent=other.pk)).status_code == 200
    assert Comment.objects.get() == other


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n", "\u2028"])
def test_ten_thousand_characters_of_every_script_are_kept(client, line_end):
    start = f"👩🏽‍⚕️ שלום{line_end}{line_end}e\u0301 مرحبا\0"
    expected = "👩🏽‍⚕️ שלום\n\ne\u0301 مرحبا"
    fill = "字" * (10_000 - len(expected))
    article = make_article()
    assert send(client, article, typed(article, body=start + fill)).status_code == 303
    assert Comment.objects.get().body == expected + fill


@pytest.mark.parametrize("form_body", [b"+2AA-", b"\xff\xfe\x00", b"\xed\xa0\x80 lone"])
@pytest.mark.parametrize("charset", ["utf-7", "utf-8", "utf-16", "hex", "nonsense"])
def test_bytes_that_are_no_text_get_a_page(client, form_body, charset):
    article = make_article()
    token = make_token(article, at=timezone.now())
    parts = [("token", token.encode()), ("body", form_body), ("parent", form_body)]
    data = b"".join(
        b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value)
        for name, value in parts
    )
    response = client.generic(
        "POST",
        url_of(article),
        data + b"--x--\r\n",
        content_type=f"multipart/form-data; boundary=x; charset={charset}",
        headers=OWN,
    )
    assert response.status_code in {200, 303, 400, 403}
    assert response.content or response["Location"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://other.example.org"},
        {"Origin": "https://testserver"},
        {"Origin": "http://testserver.example.org"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://other.example.org", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_another_site_is_refused_and_what_was_typed_can_be_copied(client, headers):
    article = make_article()
    response = send(client, article, headers=headers)
    page = text_of(response)
    assert response.status_code == 403
    assert "It was sent by a page of another site." in page
    assert "Is a gap like that normal?" in page
    assert "bramble@example.org" not in page
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": OWN["Origin"]}, {"Sec-Fetch-Site": "same-origin"}]
)
def test_a_browser_that_tells_less_is_judged_by_the_token(client, headers):
    article = make_article()
    assert send(client, article, headers=headers).status_code == 303
    assert send(client, article, typed(article, token=""), headers=headers).status_code == 403


@pytest.mark.parametrize("token", ["", "x", "1:1:forged", "\U0001f40c", None])
def test_a_form_without_its_token_is_refused(client, token):
    article = make_article()
    values = typed(article, token=token)
    if token is None:
        values["token"] = make_token(make_article(), at=timezone.now())
    response = send(client, article, values)
    assert response.status_code == 403
    assert "It was not sent by the form under the article." in text_of(response)
    assert "Is a gap like that normal?" in text_of(response)
    assert not Comment.objects.exists()


def test_a_page_that_was_open_for_a_day_gives_a_fresh_form_with_the_text(client):
    article = make_article()
    old = typed(article, age=timedelta(hours=24, minutes=1))
    page = text_of(send(client, article, old))
    assert "This page was open for more than a day." in page
    assert "Is a gap like that normal?" in page
    assert old["token"] not in page
    assert not Comment.objects.exists()
    still_good = typed(article, age=timedelta(hours=23, minutes=59))
    assert send(client, article, still_good).status_code == 303


def test_the_same_form_sent_twice_is_one_comment(client):
    article = make_article()
    values = typed(article)
    assert [send(client, article, values).status_code for _ in range(3)] == [303, 303, 303]
    assert Comment.objects.count() == 1


def test_two_people_with_the_same_words_on_the_same_cached_page_are_two_comments(client):
    article = make_article()
    values = typed(article, name="", email="", body="Thank you.")
    send(client, article, values, REMOTE_ADDR="198.51.100.1")
    send(client, article, values, REMOTE_ADDR="198.51.100.2")
    assert Comment.objects.count() == 2


def test_too_many_from_one_network_are_asked_to_wait_and_keep_their_text(client):
    article = make_article()
    statuses = [
        send(client, article, typed(article, email="", body=f"Number {number}.")).status_code
        for number in range(COMMENTS_PER_HOUR)
    ]
    assert statuses == [303] * COMMENTS_PER_HOUR
    response = send(client, article)
    assert response.status_code == 429
    assert "Many comments came from your network within an hour." in text_of(response)
    assert "Is a gap like that normal?" in text_of(response)
    assert send(client, article, REMOTE_ADDR="198.51.100.2").status_code == 303
    assert Comment.objects.count() == COMMENTS_PER_HOUR + 1


def test_a_double_click_on_the_last_one_of_the_hour_is_one_comment_and_no_error(client):
    article = make_article()
    for number in range(COMMENTS_PER_HOUR - 1):
        send(client, article, typed(article, email="", body=f"Number {number}."))
    values = typed(article)
    assert [send(client, article, values).status_code for _ in range(2)] == [303, 303]
    assert Comment.objects.count() == COMMENTS_PER_HOUR


def test_addresses_of_one_ipv6_network_count_together(client):
    article = make_article()
    for number in range(COMMENTS_PER_HOUR):
        values = typed(article, email="", body=f"Number {number}.")
        send(client, article, values, REMOTE_ADDR=f"2001:db8:0:1::{number:x}")
    assert send(client, article, REMOTE_ADDR="2001:db8:0:1:ffff::").status_code == 429
    assert send(client, article, REMOTE_ADDR="2001:db8:0:2::1").status_code == 303


def test_wrong_input_does_not_count_against_the_limit(client):
    article = make_article()
    for _ in range(COMMENTS_PER_HOUR + 1):
        send(client, article, typed(article, body=""))
    assert send(client, article).status_code == 303


def test_what_fills_the_trap_is_kept_as_spam(client):
    article = make_article()
    assert send(client, article, typed(article, subject="Cheap gel")).status_code == 303
    assert Comment.objects.get().status == "spam"


def test_a_closed_article_takes_nothing_and_gives_the_text_back(client):
    article = make_article(takes_comments=False)
    response = send(client, article)
    assert response.status_code == 403
    assert "This article no longer takes comments." in text_of(response)
    assert "Is a gap like that normal?" in text_of(response)
    assert not Comment.objects.exists()


def test_an_article_that_closed_while_the_form_was_open_gives_the_text_back(client, monkeypatch):
    article = make_article(comments_close_after_days=14)
    end = closes_at(article)
    values = typed(article)
    monkeypatch.setattr("django.utils.timezone.now", lambda: end)
    response = send(client, article, values)
    assert response.status_code == 403
    assert "Since March 15, 2026, 5 a.m., this article no longer takes" in text_of(response)
    assert "send it from there" not in text_of(response)
    assert "Is a gap like that normal?" in text_of(response)
    assert not Comment.objects.exists()
    monkeypatch.setattr("django.utils.timezone.now", lambda: end - timedelta(seconds=1))
    assert send(client, article, values).status_code == 303


@pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn"])
def test_an_article_that_is_not_public_takes_nothing_and_gives_the_text_back(client, status):
    article = make_article(status=Article.Status(status))
    response = send(client, article)
    assert response.status_code == 404
    assert "Is a gap like that normal?" in text_of(response)
    assert article.headline not in text_of(response)
    assert not Comment.objects.exists()


def test_a_form_of_an_address_that_has_changed_meanwhile_is_taken(client):
    article = make_article(slug="new")
    ArticlePath.objects.create(slug="old", article=article)
    values = typed(article)
    response = client.post(reverse("comments:post", args=["old"]), values, headers=OWN)
    assert response["Location"].startswith("/articles/new/?comment=")
    assert Comment.objects.get().article == article


def test_reading_the_address_of_the_form_leads_to_the_article_and_writes_nothing(client):
    article = make_article()
    response = client.get(url_of(article), typed(article))
    assert (response.status_code, response["Location"]) == (302, article.get_absolute_url())
    assert client.head(url_of(article)).status_code == 302
    assert client.put(url_of(article)).status_code == 405
    assert not Comment.objects.exists()


def test_reading_the_form_of_no_article_is_not_found(client):
    assert client.get("/articles/none/comments/").status_code == 404


def test_more_than_the_server_takes_gets_a_page(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    article = make_article()
    too_long = send(client, article, typed(article, body="x" * 2_000))
    url_encoded = {"content_type": "application/x-www-form-urlencoded", "headers": OWN}
    also_too_long = client.post(url_of(article), "body=" + "x" * 2_000, **url_encoded)
    too_many = client.post(url_of(article), "&".join(["a=1"] * 11), **url_encoded)
    for response in (too_long, also_too_long, too_many):
        assert response.status_code == 400
        assert "<h1" in text_of(response)


def test_neither_text_nor_address_of_a_commenter_is_logged(client, caplog):
    article = make_article()
    with caplog.at_level(logging.DEBUG):
        send(client, article, REMOTE_ADDR="198.51.100.77")
        send(client, article, typed(article, email="bramble@"), REMOTE_ADDR="198.51.100.77")
        send(client, article, headers={"Origin": "null"}, REMOTE_ADDR="198.51.100.77")
    logged = [
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    ]
    for secret in ("bramble@", "198.51.100.77", "Is a gap"):
        assert [line for line in logged if secret in line] == []


@pytest.mark.parametrize("number_of_comments", [1, 3])
def test_taking_a_comment_takes_the_same_number_of_queries(
    client, django_assert_num_queries, number_of_comments
):
    article = make_article()
    for _ in range(number_of_comments):
        parent = make_comment(article=article)
    # The article; what is answered, and whether it may be; is it there already; the screening's
    # bans, phrases, names and learned words; a savepoint, the row, and its release.
    with django_assert_num_queries(11):
        send(client, article, typed(article, parent=parent.pk))


def test_a_flood_with_one_address_is_asked_to_wait_or_to_leave_it_out(client):
    article = make_article()
    spellings = ["bramble@example.org", "BRAMBLE@example.org"]
    for number in range(COMMENTS_PER_HOUR):
        values = typed(article, body=f"Number {number}.", email=spellings[number % 2])
        sent = send(client, article, values, REMOTE_ADDR=f"198.51.100.{number}")
        assert sent.status_code == 303
    response = send(client, article, REMOTE_ADDR="198.51.100.99")
    assert response.status_code == 429
    assert "or leave the address out" in text_of(response)
    assert "Is a gap like that normal?" in text_of(response)
    without = typed(article, email="")
    assert send(client, article, without, REMOTE_ADDR="198.51.100.99").status_code == 303


def test_a_flood_from_everywhere_to_one_article_is_asked_to_wait(client, monkeypatch):
    monkeypatch.setattr("comments.submissions.COMMENTS_PER_ARTICLE_AND_HOUR", 2)
    article = make_article()
    statuses = [
        send(client, article, typed(article, email=""), REMOTE_ADDR=f"198.51.100.{number}")
        for number in range(3)
    ]
    assert [response.status_code for response in statuses] == [303, 303, 429]
    assert "Is a gap like that normal?" in text_of(statuses[2])
    assert send(client, make_article()).status_code == 303


def test_a_reply_to_a_closed_thread_is_given_back(client):
    article = make_article()
    closed = make_comment(article=article, is_closed=True)
    below = make_comment(article=article, parent=closed)
    response = send(client, article, typed(article, parent=below.pk))
    assert response.status_code == 403
    assert "This thread takes no more replies." in text_of(response)
    assert "Is a gap like that normal?" in text_of(response)


def test_no_web_site_is_taken_unless_the_site_asks_for_it(client):
    article = make_article()
    assert 'name="website"' not in text_of(client.get(article.get_absolute_url()))
    send(client, article, typed(article, website="https://example.org/"))
    assert Comment.objects.get().website == ""


@pytest.mark.parametrize(
    ("website", "kept"),
    [
        ("", ""),
        ("https://example.org/me?x=1", "https://example.org/me?x=1"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("example.org", "https://example.org"),
    ],
)
def test_a_web_site_is_taken_where_the_site_asks_for_it(client, settings, website, kept):
    settings.COMMENTS_ASK_WEBSITE = True
    article = make_article()
    assert 'name="website"' in text_of(client.get(article.get_absolute_url()))
    assert send(client, article, typed(article, website=website)).status_code == 303
    assert Comment.objects.get().website == kept


@pytest.mark.parametrize(
    "website",
    [
        "javascript:alert(1)",
        "ftp://example.org/",
        "data:text/html,x",
        "https://bank.example@evil.example/",
        "https://[",
        "//",
        "no address",
        "https://example.org/" + "x" * 200,
    ],
)
def test_what_is_no_web_site_comes_back_in_words(client, settings, website):
    settings.COMMENTS_ASK_WEBSITE = True
    article = make_article()
    response = send(client, article, typed(article, website=website))
    page = text_of(response)
    assert response.status_code == 200
    assert page.count("This is no web address.") + page.count("This web address is too long.") == 2
    assert "Is a gap like that normal?" in page
    assert not Comment.objects.exists()


IN_PLACE = {**OWN, "X-In-Place": "1"}


def test_a_script_gets_what_was_posted_and_a_fresh_form(client):
    article = make_article()
    response = send(client, article, headers=IN_PLACE)
    page = text_of(response)
    comment = Comment.objects.get()
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert f'id="comment-{comment.pk}"' in page
    assert "<h1" not in page
    assert page.count("Is a gap like that normal?") == 2
    assert 'value="Bramble"' not in page
    assert "bramble@example.org" not in page
    assert client.get(page.split('data-url="')[1].split('"')[0]).status_code == 200


def test_a_script_gets_the_form_with_what_is_wrong(client):
    parent = make_comment()
    article = parent.article
    values = typed(article, email="bramble@", parent=parent.pk)
    response = send(client, article, values, headers=IN_PLACE)
    page = text_of(response)
    assert response.status_code == 200
    assert "This is no e-mail address." in page
    assert "Is a gap like that normal?" in page
    assert f'<input type="hidden" name="parent" value="{parent.pk}">' in page
    assert "<h1" not in page


@pytest.mark.parametrize("parent", ["99", "x", "9" * 30])
def test_a_script_that_answers_what_is_gone_gets_a_form_for_a_comment_of_its_own(client, parent):
    article = make_article()
    page = text_of(send(client, article, typed(article, parent=parent), headers=IN_PLACE))
    assert "The comment that you answer is no longer shown." in page
    assert 'name="parent"' not in page


def test_what_the_trap_caught_looks_to_its_sender_as_if_it_waited(client):
    article = make_article()
    pages = [
        text_of(client.get(send(client, article, typed(article, **trap))["Location"]))
        for trap in ({}, {"subject": "Cheap gel", "name": "Bramble "})
    ]
    assert [page.count("It waits for a moderator") for page in pages] == [1, 1]
    assert not any("spam" in page.lower() for page in pages)


def test_what_is_public_at_once_is_said_to_be_and_shown_once(client, settings):
    settings.COMMENTS_HOLD = "links"
    article = make_article()
    page = text_of(client.get(send(client, article)["Location"]))
    comment = Comment.objects.get()
    assert comment.status == "approved"
    assert "Your comment is public." in page
    assert f'href="/comments/{comment.pk}/"' in page
    assert page.count(f'id="comment-{comment.pk}"') == 1


def test_the_page_after_posting_is_for_its_writer_alone(client):
    article = make_article()
    response = client.get(send(client, article)["Location"])
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("token", ["waiting", "x" * 5_000, "1:1:x", "\U0001f40c", "0", ":::"])
def test_a_token_that_is_none_gets_the_article_and_a_sentence(client, token):
    article = make_article()
    make_comment(article=article, status="pending", body="Not yet read.")
    response = client.get(article.get_absolute_url(), {"comment": token})
    assert response.status_code == 200
    assert "for fifteen minutes. They are over" in text_of(response)
    assert "Not yet read." not in text_of(response)


def test_a_token_is_good_for_a_quarter_of_an_hour_on_its_own_article(client):
    comment = make_comment(status="pending", body="Not yet read.")
    now = timezone.now()
    ages = {timedelta(minutes=14): 2, timedelta(minutes=16): 0}
    for age, shown in ages.items():
        token = make_link_token(Purpose.POSTED, comment, at=now - age)
        page = text_of(client.get(comment.article.get_absolute_url(), {"comment": token}))
        assert page.count("Not yet read.") == shown
    token = make_link_token(Purpose.POSTED, comment, at=now)
    page = text_of(client.get(make_article().get_absolute_url(), {"comment": token}))
    assert "Not yet read." not in page
    mailed = make_link_token(Purpose.WRITER, comment, at=now)
    page = text_of(client.get(comment.article.get_absolute_url(), {"comment": mailed}))
    assert "Not yet read." not in page


def test_no_form_no_page_and_no_fragment_holds_the_address(client):
    article = make_article()
    address = send(client, article)["Location"]
    assert "bramble@" not in address
    assert "bramble@" not in text_of(client.get(address))
    assert "bramble@" not in text_of(send(client, article, headers=IN_PLACE))
