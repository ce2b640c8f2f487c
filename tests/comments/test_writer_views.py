"""The page of a comment's writer, by the mailed link and by that of the last fifteen minutes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from comments import links
from comments.banning import ban_address
from comments.editing import EDITS_PER_HOUR
from comments.erasing import erase_address
from comments.links import Purpose
from comments.models import Comment
from comments.moderation import approve, mark_spam, remove
from comments.own import OwnComment
from tests.articles.factories import make_article
from tests.comments.factories import make_comment, make_moderator

pytestmark = pytest.mark.django_db

OWN = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
BOTH = pytest.mark.parametrize("purpose", [Purpose.WRITER, Purpose.POSTED])


def own_of(comment, purpose=Purpose.WRITER, *, age=timedelta()):
    token = links.make_token(purpose, comment, at=timezone.now() - age)
    return OwnComment(comment, purpose, token)


def send(client, own, act="edit", *, headers=OWN, **values):
    values = {"act": act, "seen": own.seen, "body": "Other words.", **values}
    return client.post(own.url, values, headers=headers)


def text_of(response):
    return response.content.decode()


@BOTH
@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("pending", "It waits for a moderator"),
        ("spam", "It waits for a moderator"),
        ("approved", "Your comment is public."),
        ("removed", "A moderator has removed your comment."),
    ],
)
def test_its_writer_is_told_what_became_of_it(client, purpose, status, sentence):
    comment = make_comment(status=status, body="My own words.")
    response = client.get(own_of(comment, purpose).url)
    page = text_of(response)
    assert sentence in page
    assert "My own words." in page
    assert "spam" not in page.lower()
    assert "@example.org" not in page
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"


def test_the_reason_of_a_moderator_is_told(client):
    coded, worded, silent = (make_comment() for _ in range(3))
    moderator = make_moderator()
    now = timezone.now()
    remove(coded, at=now, by=moderator, reason="rude")
    remove(worded, at=now, by=moderator, reason="Names <b>a neighbor</b>.")
    remove(silent, at=now, by=moderator)
    assert "It attacks somebody" in text_of(client.get(own_of(coded).url))
    assert "Names &lt;b&gt;a neighbor&lt;/b&gt;." in text_of(client.get(own_of(worded).url))
    assert client.get(own_of(silent).url).status_code == 200


def test_why_somebody_was_banned_is_not_told(client):
    comment, moderator, now = make_comment(), make_moderator(), timezone.now()
    remove(comment, at=now, by=moderator, reason="rude")
    ban_address(comment, reason="A known quack.", at=now, by=moderator)
    page = text_of(client.get(own_of(comment).url))
    assert "It attacks somebody" in page
    assert "quack" not in page


def test_a_reply_says_what_it_answers_unless_that_is_gone(client):
    shown = make_comment(commenter_name="Bramble")
    gone = make_comment(commenter_name="Thistle", status="removed")
    assert "Bramble" in text_of(client.get(own_of(make_comment(parent=shown)).url))
    assert "Thistle" not in text_of(client.get(own_of(make_comment(parent=gone)).url))


def test_a_look_changes_nothing(client):
    own = own_of(make_comment(status="pending"))
    client.get(own.url, {"act": "withdraw"})
    client.head(own.url)
    assert client.put(own.url).status_code == 405
    assert Comment.objects.get().status == "pending"


def test_other_words_are_kept_and_the_mailed_link_leads_back_to_its_page(client):
    own = own_of(make_comment(status="pending"))
    response = send(client, own, body=" Other\r\n\r\n\r\nwords.\0 ")
    assert (response.status_code, response["Location"]) == (303, f"{own.url}?saved")
    assert Comment.objects.get().body == "Other\n\nwords."


def test_who_just_posted_is_led_back_to_the_article(client):
    own = own_of(make_comment(status="pending"), Purpose.POSTED)
    response = send(client, own)
    place = own.article_url.replace("#", "&saved#")
    assert (response.status_code, response["Location"]) == (303, place)
    page = text_of(client.get(place))
    assert "Other words." in page
    assert "Your change is saved." in page
    assert "Your change is saved." not in text_of(client.get(own.article_url))


def test_who_just_posted_is_not_led_to_an_article_that_is_gone(client):
    own = own_of(make_comment(status="pending"), Purpose.POSTED)
    Article.objects.update(status=Article.Status.WITHDRAWN)
    assert send(client, own)["Location"] == f"{own.url}?saved"
    page = text_of(client.get(own.url))
    assert "Its article is not public at the moment." in page
    assert own.comment.article.headline not in page


def test_once_the_address_is_confirmed_only_a_mailed_link_changes_the_comment(client):
    comment = make_comment(body="My own words.", proven_at=timezone.now())
    own = own_of(comment, Purpose.POSTED)
    assert "use the link in the mail" in text_of(client.get(own.url))
    page = text_of(send(client, own))
    send(client, own, "withdraw")
    stored = Comment.objects.get()
    assert (stored.body, stored.withdrawn_at) == ("My own words.", None)
    assert "Other words." in page
    send(client, own_of(comment))
    assert Comment.objects.get().body == "Other words."


@BOTH
def test_a_withdrawn_comment_is_gone_and_says_so(client, purpose):
    own = own_of(make_comment(body="My own words."), purpose)
    assert send(client, own, "withdraw").status_code == 303
    assert send(client, own, "withdraw").status_code == 303
    assert Comment.objects.get().withdrawn_at is not None
    page = text_of(client.get(own.url))
    assert "You have withdrawn your comment." in page
    assert "Your change is saved." not in text_of(client.get(f"{own.url}?saved"))
    assert "My own words." not in page


def test_who_saves_a_change_is_told_what_became_of_it(client, settings):
    settings.COMMENTS_HOLD = "links"
    own = own_of(make_comment(body="My own words."))
    page = text_of(client.get(send(client, own)["Location"]))
    assert "Your comment is public, as you changed it." in page
    Comment.objects.update(status="pending")
    assert "Your change is saved." in text_of(client.get(f"{own.url}?saved"))
    Comment.objects.update(status="removed")
    page = text_of(client.get(f"{own.url}?saved"))
    assert "A moderator has removed your comment." in page
    assert "saved" not in page


@pytest.mark.parametrize("status", ["pending", "approved"])
def test_an_address_does_not_say_that_a_comment_was_changed(client, status):
    page = text_of(client.get(f"{own_of(make_comment(status=status)).url}?saved"))
    assert "Your change is saved." not in page
    assert "as you changed it" not in page


def test_what_a_moderator_removed_is_there_for_copying_and_not_for_changing(client):
    own = own_of(make_comment(status="removed", body="My <b>own</b> words."))
    page = text_of(client.get(own.url))
    assert 'dir="auto" readonly>\nMy &lt;b&gt;own&lt;/b&gt; words.</textarea>' in page
    assert 'name="body"' not in page
    assert f'href="{own.comment.article.get_absolute_url()}#comment-form"' in page
    Article.objects.update(takes_comments=False)
    assert "#comment-form" not in text_of(client.get(own.url))


def test_what_is_erased_is_said_to_be(client):
    comment = make_comment(body="My own words.")
    erase_address(comment.commenter_email, at=timezone.now())
    page = text_of(client.get(own_of(comment).url))
    assert "Your comment is erased." in page
    assert "readonly" not in page


@BOTH
def test_nobody_reports_their_own_words_there(client, purpose):
    own = own_of(make_comment(), purpose)
    assert f"/comments/{own.comment.pk}/report/" not in text_of(client.get(own.url))


def test_news_of_a_decision_are_offered_until_it_is_made_and_stay_chosen(client):
    waiting, public, chosen = (
        own_of(make_comment(status=status, wants_decision=wants))
        for status, wants in (("pending", False), ("approved", False), ("approved", True))
    )
    words = "when a moderator has decided about your comment"
    assert words in text_of(client.get(waiting.url))
    page = text_of(client.get(public.url))
    assert words not in page
    assert "when somebody replies to it" in page
    assert "wants_decision" not in page
    page = text_of(client.get(chosen.url))
    assert words not in page
    assert '<input type="hidden" name="wants_decision" value="on">' in page


@pytest.mark.parametrize(
    ("body", "sentence"),
    [(" ", "There is no comment yet."), ("x" * 10_001, "(it has 10001)")],
)
def test_what_is_wrong_comes_back_in_words_with_what_was_typed(client, body, sentence):
    own = own_of(make_comment(status="pending"))
    page = text_of(send(client, own, body=body))
    assert sentence in page
    assert body.strip() in page
    assert Comment.objects.get().edited_at is None


def test_the_page_warns_before_a_public_comment_waits_again(client, settings):
    own = own_of(make_comment())
    assert "the comment leaves the page until" in text_of(client.get(own.url))
    settings.COMMENTS_HOLD = "links"
    assert "the comment may leave the page until" in text_of(client.get(own.url))


def test_words_typed_while_a_moderator_approved_are_kept_and_count_when_sent_again(client):
    comment = make_comment(status="pending")
    before = own_of(comment)
    seen = before.seen
    approve(comment, at=timezone.now(), by=make_moderator())
    response = send(client, before, seen=seen)
    page = text_of(response)
    assert response.status_code == 409
    assert "was changed or decided about" in page
    assert "Other words." in page
    assert Comment.objects.get().status == "approved"
    assert send(client, own_of(Comment.objects.get())).status_code == 303
    assert Comment.objects.get().body == "Other words."


def test_words_typed_while_a_moderator_removed_are_given_back(client):
    comment = make_comment(status="pending")
    before = own_of(comment)
    seen = before.seen
    remove(comment, at=timezone.now(), by=make_moderator())
    page = text_of(send(client, before, seen=seen))
    assert "A moderator has removed your comment." in page
    assert "What you wrote stands below, for copying." in page
    assert "Other words." in page


def test_what_is_taken_for_spam_meanwhile_can_be_changed_as_if_it_waited(client):
    comment = make_comment(status="pending")
    before = own_of(comment)
    seen = before.seen
    mark_spam(comment, at=timezone.now(), by=make_moderator())
    assert send(client, before, seen=seen).status_code == 303
    assert Comment.objects.get().status == "spam"


def test_a_second_tab_is_told_and_a_second_click_is_not(client):
    own = own_of(make_comment(status="pending"))
    seen = own.seen
    assert send(client, own, seen=seen).status_code == 303
    assert send(client, own, seen=seen).status_code == 303
    assert send(client, own, seen=seen, body="Third words.").status_code == 409
    assert Comment.objects.get().body == "Other words."


def test_many_changes_within_an_hour_are_asked_to_wait_and_keep_their_text(client):
    for number in range(EDITS_PER_HOUR):
        comment = Comment.objects.first() or make_comment(status="pending")
        assert send(client, own_of(comment), body=f"Number {number}.").status_code == 303
    response = send(client, own_of(Comment.objects.get()))
    assert response.status_code == 429
    assert "Other words." in text_of(response)


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://other.example.org"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}],
)
@pytest.mark.parametrize("act", ["edit", "withdraw"])
def test_another_site_changes_nothing(client, act, headers):
    own = own_of(make_comment())
    response = send(client, own, act, headers=headers)
    assert response.status_code == 403
    assert "Other words." in text_of(response)
    assert Comment.objects.get().status == "approved"
    assert Comment.objects.get().edited_at is None


def test_after_a_quarter_of_an_hour_what_was_typed_is_given_back(client):
    comment = make_comment(status="pending", body="My own words.")
    assert (
        send(client, own_of(comment, Purpose.POSTED, age=timedelta(minutes=14))).status_code == 303
    )
    late = own_of(comment, Purpose.POSTED, age=timedelta(minutes=16))
    response = send(client, late, body="Late words.")
    assert response.status_code == 404
    assert "Late words." in text_of(response)
    assert Comment.objects.get().body == "Other words."


@pytest.mark.parametrize("page", ["yours", "posted"])
@pytest.mark.parametrize("token", ["x", "1:1:x", "x" * 3_000, "\U0001f40c", "%00", "1%0A2", ":::"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_is_none_gets_a_page(client, page, token, method):
    make_comment(status="pending", body="My own words.")
    response = getattr(client, method)(f"/comments/{page}/{token}/")
    assert response.status_code in {400, 404}
    assert "<h1" in text_of(response)
    assert "My own words." not in text_of(response)


@pytest.mark.parametrize("purpose", [Purpose.PROOF, Purpose.STOP, Purpose.ABOUT])
def test_a_link_for_another_thing_opens_nothing(client, purpose):
    token = links.make_token(purpose, make_comment(), at=timezone.now())
    assert client.get(f"/comments/yours/{token}/").status_code == 404
    assert client.get(f"/comments/posted/{token}/").status_code == 404


def test_what_proves_nothing_about_the_address_leads_to_none_of_its_pages(client):
    comment = make_comment()
    mailed = text_of(client.get(own_of(comment).url))
    posted = text_of(client.get(own_of(comment, Purpose.POSTED).url))
    for address in ("/comments/mail/", "/comments/about-you/"):
        assert f'href="{address}' in mailed
        assert f'href="{address}' not in posted


def test_the_link_of_a_comment_that_is_deleted_gets_a_page(client):
    own = own_of(make_comment())
    Comment.objects.all().delete()
    assert client.get(own.url).status_code == 404


@pytest.mark.parametrize("number_of_comments", [1, 5])
def test_the_page_takes_the_same_number_of_queries(
    client, django_assert_num_queries, number_of_comments
):
    article = make_article()
    parent = make_comment(article=article)
    for _ in range(number_of_comments):
        comment = make_comment(article=article, parent=parent, status="pending")
    own = own_of(comment)
    # The comment with its article, what it answers, and two for the line on top of every page.
    with django_assert_num_queries(4):
        client.get(own.url)
