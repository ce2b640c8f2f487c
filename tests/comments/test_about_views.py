import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from acutake.lib.addresses import address_key
from comments import about_views, holdings
from comments.links import Purpose, make_token
from comments.models import Ban, Comment, Erasure, Flag, MailStop, ModerationAction, Notice
from tests.articles.factories import make_article
from tests.comments.factories import NOW, make_comment
from tests.directory.factories import make_practitioner, make_report

pytestmark = pytest.mark.django_db

ASK = "/comments/about-you/"
BO = "bo@example.org"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return monkeypatch


def token_of(client):
    return re.search(r'name="token" value="([^"]+)"', client.get(ASK).content.decode())[1]


def ask(client, email, **fields):
    headers = fields.pop("headers", {})
    typed = {"token": token_of(client), "email": email, **fields}
    return client.post(ASK, typed, headers=headers)


def link_to(comment, *, at=NOW, purpose=Purpose.ABOUT):
    return reverse("comments:about", args=[make_token(purpose, comment, at=at)])


def text_of(response):
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(words.split())


def mailed():
    return list(Notice.objects.filter(kind="about").values_list("comment", flat=True))


def test_the_link_goes_to_the_newest_comment_of_the_address_however_it_is_spelled(client):
    make_comment(commenter_email=BO)
    newest = make_comment(commenter_email="Bo@Example.org", status="spam")
    make_comment(commenter_email="ada@example.org")

    response = ask(client, " BO@example.org ")

    assert (response.status_code, response["Location"]) == (303, f"{ASK}?asked")
    assert mailed() == [newest.pk]


def test_the_answer_is_the_same_whether_anything_is_held_or_not(client):
    make_comment(commenter_email=BO)
    answers = [ask(client, address) for address in (BO, "nobody@example.org")]

    assert {(a.status_code, a["Location"], a.content) for a in answers} == {
        (303, f"{ASK}?asked", b"")
    }
    page = client.get(f"{ASK}?asked")
    assert page.status_code == 200
    assert "If we hold comments for this address, a mail with a link is on its way." in text_of(
        page
    )
    assert all(not answer.cookies for answer in (*answers, page))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Please type the address that you wrote with."),
        ("bo@", "This is no e-mail address."),
        (f"{'b' * 300}@example.org", "No e-mail address is that long."),
    ],
)
def test_what_is_no_address_is_told_and_given_back(client, typed, words):
    response = ask(client, typed)
    assert response.status_code == 200
    assert words in text_of(response)
    assert f'value="{typed}"' in response.content.decode() or not typed


@pytest.mark.parametrize(
    "typed", ["%00", "%ED%A0%80", "%FF", "%3Cscript%3E", "a%0Ab@example.org", "x" * 100_000]
)
def test_hostile_input_is_answered(client, typed):
    response = client.post(
        ASK,
        f"token={token_of(client)}&email={typed}",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 200
    assert "It was not sent yet." in text_of(response)
    assert "<script>" not in response.content.decode()


def test_a_form_that_is_too_old_or_not_ours_is_given_back(client, clock):
    make_comment(commenter_email=BO)
    old = token_of(client)
    clock.setattr("django.utils.timezone.now", lambda: NOW + 8 * DAY)
    for token in (old, "", "x", "\0"):
        response = client.post(ASK, {"token": token, "email": BO})
        assert "open for too long" in text_of(response)
        assert f'value="{BO}"' in response.content.decode()
    assert mailed() == []


def test_a_page_of_another_site_cannot_ask(client):
    make_comment(commenter_email=BO)
    response = ask(client, BO, headers={"Sec-Fetch-Site": "cross-site"})
    assert (response.status_code, mailed()) == (403, [])


def test_many_questions_of_a_network_are_refused_with_words(client, clock):
    clock.setattr(about_views, "ASKED_PER_NETWORK_AND_HOUR", 2)
    answers = [ask(client, f"{number}@example.org").status_code for number in range(3)]
    assert answers == [303, 303, 429]


def test_a_mailbox_gets_three_mails_a_day_and_the_answer_stays_the_same(client, clock):
    make_comment(commenter_email=BO)
    answers = set()
    for hour in range(5):
        moment = NOW + timedelta(hours=hour)
        clock.setattr("django.utils.timezone.now", lambda moment=moment: moment)
        answers.add(ask(client, BO).status_code)
    assert (answers, len(mailed())) == ({303}, 3)


def test_asking_changes_nothing_by_get(client):
    make_comment(commenter_email=BO)
    for method in (client.get, client.head):
        assert method(ASK, {"email": BO}).status_code == 200
    assert (mailed(), client.put(ASK).status_code) == ([], 405)


def make_held_comment(**fields):
    return make_comment(
        **{
            "commenter_name": "Bo Bramble",
            "commenter_email": BO,
            "body": "My own words.",
            "website": "https://bo.example/",
            "proven_at": NOW,
            "wants_replies": True,
            "network_key": "a" * 64,
            "screening": [{"code": "trap"}],
            "created_at": NOW - DAY,
            **fields,
        }
    )


def test_the_page_shows_what_is_held_in_every_state_and_of_nobody_else(client):
    article = make_article(headline="Heel pain")
    comment = make_held_comment(article=article, status="spam")
    hidden = make_article(headline="Secret", status="withdrawn")
    make_held_comment(article=hidden, commenter_email="BO@example.org", body="Elsewhere.")
    make_comment(article=article, body="Of another.")
    ModerationAction.objects.create(
        comment=comment, from_status="pending", to_status="spam", reason="rude", at=NOW
    )
    Notice.objects.create(key="proof:1", kind="proof", comment=comment, created_at=NOW, sent_at=NOW)
    Flag.objects.create(comment=comment, reason="rude", created_at=NOW)
    make_report(reporter_email="Bo@example.org", text="The phone is dead.")

    response = client.get(link_to(comment))

    words = text_of(response)
    for expected in (
        *("2 comments", "Heel pain", "My own words.", "Elsewhere.", "Bo Bramble", "bo@example.org"),
        *("https://bo.example/", "Taken for spam", "A field was filled that people do not see."),
        *("Decided: Spam. Insulting or hateful", "Link that proves the address", "of replies"),
        "a network that we know by a code only, kept until April 13, 2026",
        *("1 by a reader", "The phone is dead."),
    ):
        assert expected in words
    assert "Secret" not in words
    assert "Of another." not in words
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_what_is_known_by_a_hash_alone_is_told(client):
    comment = make_held_comment()
    key = address_key(BO)
    MailStop.objects.create(address_key=key, scope="comments", created_at=NOW - DAY)
    Ban.objects.create(kind="address", value=key, created_at=NOW - 2 * DAY)
    Erasure.objects.create(address_key=key, erased_at=NOW - 3 * DAY)

    words = text_of(client.get(link_to(comment)))

    assert "We have sent nothing to this address since March 14, 2026." in words
    assert "Since March 13, 2026 what comes with this address is taken for spam." in words
    assert "What was written with this address up to March 12, 2026 is erased." in words


def test_each_comment_that_is_proven_leads_to_its_writers_page(client):
    proven, unproven, withdrawn = (
        make_held_comment(**fields)
        for fields in ({}, {"proven_at": None}, {"withdrawn_at": NOW, "status": "removed"})
    )
    page = client.get(link_to(proven)).content.decode()
    links = re.findall('href="(/comments/yours/[^"]+)"', page)
    assert links == [reverse("comments:writer", args=[make_token(Purpose.WRITER, proven, at=NOW)])]
    assert client.get(links[0]).status_code == 200
    assert {unproven.pk, withdrawn.pk} < set(Comment.objects.values_list("pk", flat=True))


def test_what_was_typed_is_no_markup(client):
    comment = make_held_comment(
        body="<script>a</script>", commenter_name="<b>", commenter_email='"<i>"@example.org'
    )
    page = client.get(link_to(comment)).content.decode()
    assert ("<script>a" in page, "<b>" in page, "<i>" in page) == (False, False, False)


@pytest.mark.parametrize("name", ["about", "export_about"])
def test_other_and_old_links_lead_nowhere(client, name):
    comment = make_held_comment()
    tokens = [
        *(make_token(purpose, comment, at=NOW) for purpose in Purpose if purpose != "about"),
        make_token(Purpose.ABOUT, comment, at=NOW - 8 * DAY),
        make_token(Purpose.ABOUT, comment, at=NOW) + "x",
        make_token(Purpose.ABOUT, Comment(pk=10**30, created_at=NOW - DAY), at=NOW),
        make_token(Purpose.ABOUT, Comment(pk=comment.pk + 1, created_at=NOW - DAY), at=NOW),
        make_token(Purpose.ABOUT, Comment(pk=comment.pk, created_at=NOW - 2 * DAY), at=NOW),
        "x",
    ]
    for token in tokens:
        for method in (client.get, client.post):
            response = method(reverse(f"comments:{name}", args=[token]), {"act": "erase"})
            assert (response.status_code, BO in response.content.decode()) == (404, False)
    assert not Comment.objects.get(pk=comment.pk).is_erased()


def test_many_comments_take_as_many_queries_as_one_and_come_in_pages(client):
    article = make_article()

    def count(number):
        for _ in range(number):
            comment = make_held_comment(article=article)
            for action in range(2):
                ModerationAction.objects.create(comment=comment, to_status="approved", at=NOW)
                Notice.objects.create(
                    key=f"{comment.pk}:{action}", kind="reply", comment=comment, created_at=NOW
                )
        with CaptureQueriesContext(connection) as queries:
            response = client.get(link_to(comment))
        assert response.status_code == 200
        return len(queries)

    # What a first request alone looks up is kept.
    count(1)
    assert count(45) == count(1)
    last = Comment.objects.latest("pk")
    for page, shown in (("1", 20), ("3", 7), ("99", 7), ("x", 20), ("-1", 7), ("9" * 5000, 20)):
        body = client.get(link_to(last), {"page": page}).content.decode()
        assert (page[:4], body.count("My own words.")) == (page[:4], shown)


def read_json(response):
    return json.loads(b"".join(response.streaming_content))


def test_all_of_it_comes_as_json_under_a_name_that_says_nothing(client, clock):
    clock.setattr(holdings, "BATCH", 2)
    article = make_article(slug="heel")
    made = [make_held_comment(article=article, commenter_email="Bo@example.org") for _ in range(5)]
    made[0].practitioner = make_practitioner(name="Bo Listed")
    made[0].save()
    make_report(
        reporter_email=BO,
        text="Dead.",
        subjects=["phone"],
        created_at=NOW,
        practitioner=made[0].practitioner,
    )
    ModerationAction.objects.create(comment=made[0], to_status="spam", reason="rude", at=NOW)
    Notice.objects.create(key="a", kind="reply", comment=made[0], created_at=NOW)

    url = reverse("comments:export_about", args=[make_token(Purpose.ABOUT, made[0], at=NOW)])
    response = client.get(url)

    assert response["Content-Disposition"] == 'attachment; filename="about-you.json"'
    assert response["Cache-Control"] == "private, no-store"
    found = read_json(response)
    assert [row["number"] for row in found["comments"]] == [comment.pk for comment in made]
    assert found["address"] == "Bo@example.org"
    assert found["reports_about_listings"] == [
        {
            "listing": "Bo Listed",
            "about": ["The phone number"],
            "words": "Dead.",
            "sent_at": "2026-03-15T12:00:00+00:00",
        }
    ]
    assert found["comments"][0] == {
        "number": made[0].pk,
        "article": "http://testserver/articles/heel/",
        "in_reply_to": None,
        "name": "Bo Bramble",
        "e_mail": "Bo@example.org",
        "web_site": "https://bo.example/",
        "words": "My own words.",
        "status": "approved",
        "practitioner": "Bo Listed",
        "written_at": "2026-03-14T12:00:00+00:00",
        "changed_at": None,
        "withdrawn_at": None,
        "address_confirmed_at": "2026-03-15T12:00:00+00:00",
        "wants_mail_about_the_decision": False,
        "wants_mail_about_replies": True,
        "network_hash": "a" * 64,
        "network_hash_kept_until": "2026-04-13T12:00:00+00:00",
        "words_hash": "",
        "submission_hash": None,
        "screening": [{"sentence": "A field was filled that people do not see.", "code": "trap"}],
        "decisions": [
            {"at": "2026-03-15T12:00:00+00:00", "words": "Decided: Spam. Insulting or hateful"}
        ],
        "mails": [
            {"kind": "News of a reply", "due_at": "2026-03-15T12:00:00+00:00", "sent_at": None}
        ],
        "reports_by_readers": 0,
    }


def file_of(client, comment):
    token = make_token(Purpose.ABOUT, comment, at=NOW)
    return read_json(client.get(reverse("comments:export_about", args=[token])))


def test_why_somebody_is_banned_is_told_neither_on_the_page_nor_in_the_file(client):
    kinds = ("address", "sender", "network")
    comment = make_held_comment(
        screening=[{"code": "banned", "kind": kind, "reason": "Is Dr. Jones."} for kind in kinds]
    )
    ModerationAction.objects.create(
        comment=comment, act="banned", to_status="spam", reason="Is Dr. Jones.", at=NOW
    )

    words = text_of(client.get(link_to(comment)))
    (found,) = file_of(client, comment)["comments"]

    sentences = ["Its e-mail address is banned.", "Its sender is banned.", "Its network is banned."]
    assert " ".join(sentences) in words
    assert "Its writer was banned." in words
    assert "Jones" not in words
    assert found["screening"] == [
        {"sentence": sentence, "code": "banned", "kind": kind}
        for sentence, kind in zip(sentences, kinds, strict=True)
    ]
    assert [act["words"] for act in found["decisions"]] == ["Its writer was banned."]


def test_a_reason_that_names_words_has_its_sentence_in_the_file_too(client):
    comment = make_held_comment(screening=[{"code": "phrase_hold", "words": ["gel"]}])
    (found,) = file_of(client, comment)["comments"]
    assert found["screening"] == [
        {"sentence": "Words to watch for: “gel”.", "code": "phrase_hold", "words": ["gel"]}
    ]


def test_all_mail_is_stopped_and_started_again_by_post_alone(client):
    comment = make_held_comment()
    url = link_to(comment)
    client.get(url, {"act": "stop"})
    assert MailStop.objects.count() == 0

    response = client.post(url, {"act": "stop"})

    assert (response.status_code, response["Location"]) == (303, url)
    assert MailStop.objects.values_list("address_key", "scope").get() == (
        address_key(BO),
        "comments",
    )
    client.post(url, {"act": "start"})
    assert MailStop.objects.count() == 0


def test_erasing_wants_a_tick_and_then_empties_every_comment_of_the_address(client):
    comment, other = make_held_comment(), make_comment(body="Of another.")
    make_held_comment(status="pending", commenter_email="BO@example.org")
    url = link_to(comment)

    refused = client.post(url, {"act": "erase"})
    assert "Nothing was erased. Tick the box first" in text_of(refused)
    assert Comment.objects.filter(body="").count() == 0

    done = client.post(url, {"act": "erase", "is_sure": "on"})

    assert (done.status_code, done["Location"]) == (303, url)
    assert Comment.objects.exclude(body="").get() == other
    page = client.get(url)
    assert "On March 15, 2026 the comments of your address were emptied" in text_of(page)
    assert BO not in page.content.decode()
    # The same once more, from another window.
    again = client.post(url, {"act": "erase", "is_sure": "on"})
    assert "Everything is erased" in text_of(again)
    export = reverse("comments:export_about", args=[make_token(Purpose.ABOUT, comment, at=NOW)])
    assert "Everything is erased" in text_of(client.get(export))


def test_where_the_ledger_cannot_be_written_it_is_said_and_nothing_erased(client, settings, caplog):
    comment = make_held_comment()
    settings.ERASURES_FILE.mkdir()

    response = client.post(link_to(comment), {"act": "erase", "is_sure": "on"})

    assert response.status_code == 503
    assert "It could not be erased just now, and nothing was changed." in text_of(response)
    assert not Comment.objects.get(pk=comment.pk).is_erased()
    assert "ERASURES_FILE cannot be written" in caplog.text
    assert BO not in caplog.text


def test_a_comment_whose_address_was_disowned_shows_nothing(client):
    comment = make_held_comment()
    url = link_to(comment)
    Comment.objects.update(commenter_email="")
    response = client.get(url)
    assert "Nothing is kept under this link" in text_of(response)
    assert "My own words." not in response.content.decode()
