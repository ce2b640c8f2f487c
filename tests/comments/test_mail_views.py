"""The pages behind the links in mails: a GET changes nothing, a POST what its button says."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from comments import mail_stops
from comments.decision_words import act_words, who_acted
from comments.links import Purpose, make_token
from comments.models import Comment, MailStop, Notice
from comments.notifications import PATIENCE, ask_for_proof
from comments.proving import MAILS_PER_ADDRESS_AND_DAY
from tests.comments.factories import NOW, make_comment
from tests.comments.mailbox import path_in, work

pytestmark = pytest.mark.django_db

Status = Comment.Status
ADDRESS = "ann@mail.example.org"
SCOPE = MailStop.Scope.COMMENTS
PAGES = {Purpose.PROOF: "proof", Purpose.STOP: "stop", Purpose.POSTED: "notify"}
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """A function that sets the site's clock so far after NOW."""

    def go(**after):
        monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(**after))

    go()
    return go


@pytest.fixture
def comment():
    return make_comment(status=Status.PENDING, commenter_email=ADDRESS, created_at=NOW)


def link(purpose, comment, *, page=None):
    token = make_token(purpose, comment, at=NOW)
    return reverse(f"comments:{page or PAGES[purpose]}", args=[token])


def state(comment):
    comment.refresh_from_db()
    return (
        comment.commenter_email,
        comment.proven_at,
        comment.wants_decision,
        comment.wants_replies,
        mail_stops.is_stopped(ADDRESS, SCOPE),
    )


def press_prove(client, path):
    """With what the page remembers of the words that it showed."""
    seen = re.search(r'name="seen" value="(.+?)"', client.get(path).content.decode())
    return client.post(path, {"act": "prove", "seen": seen[1] if seen else ""})


UNTOUCHED = (ADDRESS, None, False, False, False)


@pytest.mark.parametrize("purpose", PAGES)
def test_a_get_changes_nothing_and_is_kept_by_nobody(client, comment, purpose):
    response = client.get(link(purpose, comment))

    assert (response.status_code, state(comment)) == (200, UNTOUCHED)
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert (response.cookies, ADDRESS in response.content.decode()) == ({}, False)


@pytest.mark.parametrize("purpose", PAGES)
@pytest.mark.parametrize(
    "spoil",
    [lambda token: token[:-1], lambda token: token[1:], lambda token: "é😀", str.upper],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_spoiled_link_is_told_in_words(client, comment, purpose, spoil, method):
    token = spoil(make_token(purpose, comment, at=NOW))

    response = getattr(client, method)(
        f"/comments/prove/{token}/".replace(
            "prove", {"proof": "prove", "stop": "mail", "notify": "notify"}[PAGES[purpose]]
        )
    )

    assert (response.status_code, state(comment)) == (404, UNTOUCHED)


@pytest.mark.parametrize("purpose", PAGES)
@pytest.mark.parametrize("other", Purpose)
def test_a_link_is_good_for_one_thing(client, comment, purpose, other):
    if other == purpose or (purpose, other) == (Purpose.POSTED, Purpose.WRITER):
        return

    response = client.post(link(other, comment, page=PAGES[purpose]), {"act": "prove"})

    assert (response.status_code, state(comment)) == (404, UNTOUCHED)


@pytest.mark.parametrize("purpose", PAGES)
def test_the_link_of_a_comment_that_is_gone_is_told_in_words(client, comment, purpose):
    path = link(purpose, comment)
    Comment.objects.all().delete()

    assert [client.get(path).status_code, client.post(path).status_code] == [404, 404]


@pytest.mark.parametrize("purpose", PAGES)
def test_other_methods_are_refused(client, comment, purpose):
    path = link(purpose, comment)
    answers = [getattr(client, name)(path).status_code for name in ("put", "delete", "patch")]
    assert answers == [405, 405, 405]


@pytest.mark.parametrize("purpose", PAGES)
@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"act=\xff\x00&wants_decision=%00", "application/x-www-form-urlencoded; charset=hex"),
        (b"act", "multipart/form-data; boundary=x"),
        (b"{}", "application/json"),
        (b"", ""),
    ],
)
def test_whatever_is_sent_is_answered(client, comment, purpose, body, content_type):
    response = client.generic("POST", link(purpose, comment), body, content_type=content_type)

    assert response.status_code in {200, 303, 400}


def test_the_button_proves_the_address(client, comment):
    path = link(Purpose.PROOF, comment)
    assert "Yes, I wrote this" in client.get(path).content.decode()

    response = press_prove(client, path)

    assert (response.status_code, response["Location"]) == (303, path)
    assert state(comment) == (ADDRESS, NOW, False, False, False)
    page = client.get(path).content.decode()
    assert ("The address is confirmed" in page, "waits for a moderator" in page) == (True, True)


def test_whoever_proves_an_address_has_read_the_words_that_stand_there(client, comment):
    path = link(Purpose.PROOF, comment)
    seen = re.search(r'name="seen" value="(.+?)"', client.get(path).content.decode())[1]
    words = "Kind words. " * 200 + "Stop all your medicine."
    Comment.objects.update(body=words)

    page = client.post(path, {"act": "prove", "seen": seen}).content.decode()

    assert state(comment) == UNTOUCHED
    assert ("It was changed while this page was open" in page, words in page) == (True, True)
    press_prove(client, path)
    assert state(comment)[1] == NOW


def test_to_prove_twice_keeps_the_first_time(client, comment, clock):
    path = link(Purpose.PROOF, comment)
    press_prove(client, path)
    clock(hours=1)

    press_prove(client, path)

    assert state(comment) == (ADDRESS, NOW, False, False, False)


def test_who_is_known_by_then_is_published_and_whom_it_answers_is_told(client, settings):
    settings.COMMENTS_HOLD = "first"
    answered = make_comment(
        commenter_email="bo@mail.example.org", proven_at=NOW, wants_replies=True
    )
    make_comment(article=answered.article, commenter_email=ADDRESS, proven_at=NOW)
    comment = make_comment(
        parent=answered,
        status=Status.PENDING,
        commenter_email=ADDRESS,
        screening=[{"code": "rule_first", "is_known": True}],
    )

    press_prove(client, link(Purpose.PROOF, comment))

    comment.refresh_from_db()
    assert (comment.status, comment.decided_at) == (Status.APPROVED, NOW)
    assert "is published" in client.get(link(Purpose.PROOF, comment)).content.decode()
    assert [sent.to for sent in work(at=NOW + PATIENCE)] == [["bo@mail.example.org"]]


@pytest.mark.parametrize("data", [{}, {"act": "other"}, ONE_CLICK])
def test_no_other_post_proves(client, comment, data):
    client.post(link(Purpose.PROOF, comment), data)

    assert state(comment) == UNTOUCHED


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"commenter_email": ""}, "The address is forgotten"),
        ({"withdrawn_at": NOW, "status": "removed"}, "The comment is withdrawn"),
    ],
)
def test_of_a_comment_without_address_or_withdrawn_nothing_is_proven(
    client, comment, clock, fields, words
):
    path = link(Purpose.PROOF, comment)
    Comment.objects.update(**fields)

    press_prove(client, path)
    assert words in client.get(path).content.decode()
    clock(days=8)
    client.post(path, {"act": "again"})

    comment.refresh_from_db()
    assert (comment.proven_at, Notice.objects.count()) == (None, 0)
    assert words in client.get(f"{path}?mailed=1").content.decode()


def test_after_a_week_the_link_offers_a_new_one(client, comment, clock):
    path = link(Purpose.PROOF, comment)
    clock(days=8)
    assert "Such a link works for seven days." in client.get(path).content.decode()

    response = press_prove(client, path)

    assert (response["Location"], state(comment)) == (f"{path}?mailed=1", UNTOUCHED)
    assert "A new link is on its way" in client.get(response["Location"]).content.decode()
    (sent,) = work(at=NOW + timedelta(days=8))
    press_prove(client, path_in(sent, "/prove/"))
    assert state(comment)[1] == NOW + timedelta(days=8)


def test_a_link_that_is_too_old_leads_to_no_writers_page(client, comment, clock):
    path = link(Purpose.PROOF, comment)
    press_prove(client, path)
    assert "/comments/yours/" in client.get(path).content.decode()

    clock(days=8)

    page = client.get(path).content.decode()
    assert ("The address is confirmed" in page, "/comments/yours/" in page) == (True, False)


def test_whoever_did_not_write_it_takes_the_address_away(client, comment):
    path = link(Purpose.PROOF, comment)

    client.post(path, {"act": "disown"})

    assert state(comment) == ("", None, False, False, False)
    assert "The address is forgotten" in client.get(path).content.decode()
    assert comment.body in Comment.objects.get().body


def test_whoever_did_not_write_it_may_stop_all_mail_at_once(client, comment):
    client.post(link(Purpose.PROOF, comment), {"act": "disown", "stops_mail": "on"})

    assert state(comment) == ("", None, False, False, True)


def test_who_disowns_a_comment_stands_in_its_log_once(client, comment):
    for _ in range(2):
        client.post(link(Purpose.PROOF, comment), {"act": "disown"})

    (action,) = comment.moderation_actions.all()
    assert (who_acted(action), act_words(action)) == (
        "The owner of its address",
        "Did not write it.",
    )
    assert (action.from_status, action.to_status) == (comment.status, comment.status)


def test_what_is_proven_is_not_disowned(client, comment):
    press_prove(client, link(Purpose.PROOF, comment))

    client.post(link(Purpose.PROOF, comment), {"act": "disown"})

    assert state(comment) == (ADDRESS, NOW, False, False, False)


def test_whoever_posted_asks_for_news_and_gets_the_link_that_proves(client, comment):
    path = link(Purpose.POSTED, comment)

    response = client.post(path, {"wants_replies": "on"})

    assert (response.status_code, response["Location"]) == (303, path)
    assert state(comment) == (ADDRESS, None, False, True, False)
    assert "Look into your mailbox" in client.get(path).content.decode()
    (sent,) = work(at=NOW)
    assert sent.to == [ADDRESS]
    press_prove(client, path_in(sent, "/prove/"))
    assert state(comment) == (ADDRESS, NOW, False, True, False)


def test_without_an_address_the_page_says_that_no_mail_goes(client, comment):
    Comment.objects.update(commenter_email="")

    response = client.post(link(Purpose.POSTED, comment), {"wants_replies": "on"}, follow=True)

    assert "no mail can go to anybody" in response.content.decode()
    assert Notice.objects.count() == 0


def test_with_a_proven_address_the_choice_is_kept_without_a_mail(client, comment):
    Comment.objects.update(proven_at=NOW, wants_decision=True)
    path = link(Purpose.WRITER, comment, page="notify")

    response = client.post(path, {"wants_replies": "on"}, follow=True)

    page = response.content.decode()
    assert "You get a mail when somebody replies." in page
    assert f'href="{link(Purpose.WRITER, comment, page="writer")}"' in page
    assert (state(comment), Notice.objects.count()) == ((ADDRESS, NOW, False, True, False), 0)


def test_the_answer_is_the_same_where_all_mail_is_stopped(client, comment):
    path = link(Purpose.POSTED, comment)
    client.post(path)
    usual = client.get(path).content
    Notice.objects.all().delete()
    mail_stops.stop(ADDRESS, SCOPE, at=NOW)

    client.post(path)

    assert (client.get(path).content, work(at=NOW)) == (usual, [])


@pytest.mark.parametrize("proven_at", [None, NOW])
def test_nobody_who_only_typed_the_address_learns_that_its_mail_is_stopped(
    client, comment, proven_at
):
    Comment.objects.update(proven_at=proven_at, wants_replies=True)
    path = link(Purpose.POSTED, comment)
    usual = client.get(path).content.decode()

    mail_stops.stop(ADDRESS, SCOPE, at=NOW)

    assert client.get(path).content.decode() == usual
    assert f'href="{link(Purpose.POSTED, comment, page="posted")}"' in usual


def test_who_stopped_all_mail_is_promised_none_and_can_start_it_again(client, comment):
    Comment.objects.update(proven_at=NOW, wants_replies=True)
    mail_stops.stop(ADDRESS, SCOPE, at=NOW)
    path = link(Purpose.WRITER, comment, page="notify")

    page = client.get(path).content.decode()

    assert "You stopped all mail of this site to your address" in page
    assert "You get a mail" not in page
    way = re.search('href="([^"]+)">Start the mail again', page)[1]
    client.post(way, {"act": "start"})
    page = client.get(path).content.decode()
    assert "You get a mail when somebody replies." in page
    assert "Start the mail again" not in page


@pytest.mark.parametrize(
    ("wants", "words"),
    [
        ({"wants_decision": True, "wants_replies": True}, "You get a mail when somebody replies."),
        ({"wants_decision": True}, "You get a mail if a moderator decides about it again."),
        ({}, "You get no mail about this comment."),
    ],
)
def test_of_a_public_comment_no_decision_is_still_to_come(client, comment, wants, words):
    Comment.objects.update(proven_at=NOW, status=Status.APPROVED, **wants)

    page = client.get(link(Purpose.WRITER, comment, page="notify")).content.decode()

    assert words in page
    assert "has decided" not in page


def test_a_dead_link_says_how_to_get_a_new_one(client, comment):
    for page in (*PAGES.values(), "about", "writer", "posted"):
        answer = client.get(reverse(f"comments:{page}", args=["x"]))

        assert answer.status_code == 404
        assert f'<a href="{reverse("comments:ask_about")}">ask for a new link</a>' in (
            answer.content.decode()
        )


def test_a_strangers_mailbox_gets_only_so_many(client):
    answers = []
    for _number in range(MAILS_PER_ADDRESS_AND_DAY + 1):
        comment = make_comment(status=Status.PENDING, commenter_email=ADDRESS, created_at=NOW)
        answers.append(client.post(link(Purpose.POSTED, comment), {"wants_decision": "on"}))

    assert [answer.status_code for answer in answers] == [303] * MAILS_PER_ADDRESS_AND_DAY + [429]
    assert Comment.objects.filter(wants_decision=True).count() == len(answers)
    assert len(work(at=NOW)) == MAILS_PER_ADDRESS_AND_DAY


@pytest.mark.parametrize("content_type", ["form", "multipart"])
def test_one_click_of_a_mail_program_stops_all_mail(client, comment, content_type):
    """RFC 8058: from anywhere, without a cookie, and answered without a redirect."""
    encoded = {
        "data": "List-Unsubscribe=One-Click",
        "content_type": "application/x-www-form-urlencoded",
    }
    body = encoded if content_type == "form" else {"data": ONE_CLICK}

    headers = {"Origin": "https://mail.example.com", "Sec-Fetch-Site": "cross-site"}
    responses = [
        client.post(link(Purpose.STOP, comment), **body, headers=headers) for _click in range(2)
    ]

    assert [response.status_code for response in responses] == [200, 200]
    assert state(comment) == (ADDRESS, None, False, False, True)


def test_the_buttons_stop_news_of_one_comment_or_all_mail_and_start_it_again(client, comment):
    path = link(Purpose.STOP, comment)
    Comment.objects.update(proven_at=NOW, wants_decision=True, wants_replies=True)

    assert client.post(path, {"act": "comment"})["Location"] == path
    assert state(comment) == (ADDRESS, NOW, False, False, False)

    client.post(path, {"act": "all"})
    assert state(comment) == (ADDRESS, NOW, False, False, True)
    assert "All mail is stopped" in client.get(path).content.decode()

    client.post(path, {"act": "start"})
    assert state(comment) == (ADDRESS, NOW, False, False, False)


def test_a_link_to_stop_works_for_years(client, comment, clock):
    path = link(Purpose.STOP, comment)
    clock(days=9 * 365)

    client.post(path, ONE_CLICK)

    assert state(comment)[-1] is True


@pytest.mark.parametrize("act", ["all", "start", "comment", ""])
def test_without_an_address_there_is_nothing_to_stop(client, comment, act):
    Comment.objects.update(commenter_email="")

    response = client.post(link(Purpose.STOP, comment), {"act": act}, follow=True)

    assert (response.status_code, MailStop.objects.count()) == (200, 0)


@pytest.mark.parametrize("purpose", PAGES)
def test_a_page_takes_as_many_queries(client, comment, purpose, django_assert_max_num_queries):
    ask_for_proof(comment, at=NOW)
    client.get(link(purpose, comment))

    with django_assert_max_num_queries(3):
        client.get(link(purpose, comment))
