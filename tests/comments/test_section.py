import hashlib
from datetime import timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from comments.forms import CommentForm
from comments.models import Comment
from comments.rules import closes_at
from directory.models import Practitioner
from tests.articles.factories import make_article
from tests.comments.factories import NOW, make_comment, make_moderator
from tests.directory.factories import make_licensed

pytestmark = pytest.mark.django_db

SECTION = Template(
    "{% load comment_tags %}{% read_comments article as thread %}"
    "{% comment_section article thread %}"
)


def render(article, query="", **context):
    request = RequestFactory().get(f"{article.get_absolute_url()}{query}")
    return SECTION.render(Context({"request": request, "article": article, **context}))


def test_an_article_without_comments_invites_to_write():
    html = render(make_article())
    assert "Nobody has written yet." in html
    assert ">Send the comment</button>" in html


def test_only_approved_comments_are_shown_and_counted():
    article = make_article()
    for status in Comment.Status.values:
        make_comment(article=article, status=status, body=f"This is {status}.")
    html = render(article)
    assert ">1 comment<" in html
    assert "This is approved." in html
    for status in ("pending", "spam", "removed"):
        assert f"This is {status}." not in html


def test_comments_of_another_article_are_not_shown():
    other = make_comment(body="About something else.")
    assert "About something else." in render(other.article)
    assert "About something else." not in render(make_article())


def test_a_comment_that_waits_again_leaves_its_answers_and_says_that_it_waits():
    waiting = make_comment(status="pending", commenter_name="Held Person", body="Held words.")
    make_comment(parent=waiting, body="An answer that stays.")
    html = render(waiting.article)
    assert "This comment waits to be read by a moderator." in html
    assert "An answer that stays." in html
    assert "Held" not in html


def test_above_the_comments_a_link_leads_to_the_form_where_there_is_one():
    link = '<a href="#comment-form">Write a comment</a>'
    article = make_article()
    assert link not in render(article)
    make_comment(article=article)
    html = render(article)
    assert html.index(link) < html.index('<ol class="comments__thread">')
    article.takes_comments = False
    assert link not in render(article)


def test_above_its_fields_the_form_leads_to_everything_that_is_kept():
    html = render(make_article())
    link = html.index('<a href="/comments/about-you/">everything we keep about you</a>')
    assert html.index('id="comment-form-heading"') < link < html.index('name="name"')


def test_a_removed_comment_leaves_its_answers_and_neither_text_nor_name():
    removed = make_comment(
        status=Comment.Status.REMOVED, commenter_name="Gone Person", body="Gone words."
    )
    make_comment(parent=removed, body="An answer that stays.")
    html = render(removed.article)
    assert "This comment is no longer shown." in html
    assert "An answer that stays." in html
    assert "Gone" not in html
    assert f"comment-{removed.pk}" not in html


def test_an_anonymous_comment_says_so():
    assert "Anonymous</bdi>" in render(make_comment(commenter_name="").article)


def test_an_editors_answer_is_marked():
    comment = make_comment(editor=make_moderator(), commenter_name="Wren Hollowmere")
    html = render(comment.article)
    assert "comment--editor" in html
    assert '<span class="comment__mark">Editor</span>' in html


def test_an_editors_account_name_is_not_shown():
    comment = make_comment(editor=make_moderator(username="wren.login"), commenter_name="")
    html = render(comment.article)
    assert "The editors</bdi>" in html
    assert "wren.login" not in html


def test_nobody_gets_a_mark_or_letters_by_typing_them():
    html = render(make_comment(commenter_name="Editor, L.Ac.").article)
    assert "Editor, L.Ac.</bdi>" in html
    assert "comment__mark" not in html
    assert "comment__letters" not in html


def test_a_practitioner_has_letters_and_a_link_to_the_listing():
    practitioner = make_licensed(name="Marisol Thornapple", letters="L.Ac.")
    html = render(make_comment(practitioner=practitioner, commenter_name="M.").article)
    assert (
        f'<a class="comment__name" href="{practitioner.get_absolute_url()}">'
        "<bdi>Marisol Thornapple</bdi></a>"
        '<span class="comment__letters">, L.Ac.</span>'
    ) in html


def test_a_practitioner_who_is_not_listed_stands_under_what_was_typed():
    withdrawn = Practitioner.Listing.WITHDRAWN
    practitioner = make_licensed(name="Ada Gone", letters="X.Y.Z.", listing=withdrawn)
    html = render(make_comment(practitioner=practitioner, commenter_name="Bramble").article)
    assert "Bramble" in html
    assert [word for word in ("Ada Gone", "X.Y.Z.", practitioner.slug) if word in html] == []


def test_the_time_is_a_link_to_the_comment():
    comment = make_comment(created_at=NOW)
    html = render(comment.article)
    assert f'href="/comments/{comment.pk}/"><time datetime="2026-03-15T' in html


def test_what_a_commenter_types_is_never_markup():
    html = render(make_comment(commenter_name="<b>N</b>", body="<img src=x>").article)
    assert "&lt;b&gt;N&lt;/b&gt;" in html
    assert "&lt;img src=x&gt;" in html
    assert "<b>" not in html
    assert "<img" not in html


def test_a_reply_link_leads_to_the_form_that_says_what_it_answers():
    comment = make_comment(commenter_name="Bramble", body="Is a gap like that normal?")
    url = comment.article.get_absolute_url()
    assert f'href="{url}?reply_to={comment.pk}#comment-form"' in render(comment.article)
    html = render(comment.article, f"?reply_to={comment.pk}")
    assert "Reply to <bdi>Bramble</bdi></h3>" in html
    assert f'<input type="hidden" name="parent" value="{comment.pk}">' in html


@pytest.mark.parametrize("number", ["0", "abc", "9" * 30, "9" * 5_000, "\0", "1 OR 1=1", "\ud800"])
def test_an_answer_to_what_does_not_exist_becomes_a_comment_of_its_own(number):
    article = make_comment().article
    request = RequestFactory().get("/")
    request.GET = {"reply_to": number}
    html = SECTION.render(Context({"request": request, "article": article}))
    assert "The comment that you wanted to answer is no longer shown, or takes" in html
    assert 'name="parent"' not in html


def test_an_answer_to_a_comment_that_is_not_approved_becomes_one_of_its_own():
    pending = make_comment(status=Comment.Status.PENDING, body="Not yet read.")
    html = render(pending.article, f"?reply_to={pending.pk}")
    assert "no longer shown" in html
    assert "Not yet read." not in html


def test_the_writer_is_told_that_the_comment_waits():
    article = make_article()
    assert 'id="comment-waiting"' in render(article, "?comment=waiting")
    assert 'id="comment-waiting"' not in render(article)


def test_an_answer_below_a_closed_comment_becomes_one_of_its_own():
    closed = make_comment(is_closed=True, body="The end.")
    below = make_comment(parent=closed)
    html = render(closed.article, f"?reply_to={below.pk}")
    assert "takes no more answers" in html
    assert 'name="parent"' not in html
    assert "The end." in html


def test_a_closed_article_says_so_and_offers_no_form():
    comment = make_comment(article=make_article(takes_comments=False), body="From before.")
    html = render(comment.article, f"?reply_to={comment.pk}")
    assert "From before." in html
    assert "This article no longer takes comments." in html
    assert "<form" not in html
    assert "reply_to" not in html


def test_an_article_that_will_close_says_when_and_then_that_it_has(monkeypatch):
    article = make_article(comments_close_after_days=14)
    comment = make_comment(article=article)
    end = closes_at(article)
    monkeypatch.setattr("django.utils.timezone.now", lambda: end - timedelta(seconds=1))
    html = render(article)
    assert (
        'This article takes comments until <time datetime="2026-03-15T05:00:00-04:00">'
        "March 15, 2026, 5 a.m.</time>, and keeps them to be read."
    ) in html
    assert f"reply_to={comment.pk}" in html
    monkeypatch.setattr("django.utils.timezone.now", lambda: end)
    html = render(article)
    assert "Since March 15, 2026, 5 a.m., this article no longer takes comments." in html
    assert comment.body in html
    assert "<form" not in html
    assert "reply_to" not in html


@pytest.mark.parametrize(
    ("hold", "words"),
    [
        ("all", "A moderator reads each comment before it appears."),
        ("first", "A moderator reads your first comment before it appears."),
        ("links", "One that names a web address waits for a moderator."),
    ],
)
def test_the_form_says_when_a_comment_appears(hold, words):
    told = [words in render(make_article(comment_hold=each)) for each in ("all", "first", "links")]
    assert told == [each == hold for each in ("all", "first", "links")]


def test_an_article_that_stays_open_does_not_speak_of_an_end():
    assert "takes comments until" not in render(make_article())


def test_a_form_that_comes_back_keeps_what_was_typed_and_leads_to_each_error():
    article = make_article()
    form = CommentForm(
        {"name": "A <b>", "email": "nobody@", "body": "", "parent": ""}, article=article
    )
    html = render(article, comment_form=form)
    assert 'value="A &lt;b&gt;"' in html
    assert 'value="nobody@"' in html
    assert '<li><a href="#comment_email">' in html
    assert '<li><a href="#comment_body">' in html
    assert html.count('aria-invalid="true"') == 2
    assert 'aria-describedby="comment_body_helptext comment_body_error"' in html
    assert 'id="comment_body_error"' in html
    assert 'id="comment_body_helptext"' in html


def test_the_address_stands_in_no_html_in_no_form():
    address = "very.private@example.org"
    comment = make_comment(commenter_email=address)
    html = render(comment.article, f"?reply_to={comment.pk}").lower()
    assert comment.body.lower() in html
    for hash_name in ("md5", "sha1", "sha256"):
        assert hashlib.new(hash_name, address.encode()).hexdigest() not in html
    assert address not in html


@pytest.mark.parametrize("number_of_comments", [1, 3, 40])
def test_any_number_of_comments_takes_two_queries(number_of_comments, django_assert_num_queries):
    article = make_article()
    parent = None
    for number in range(number_of_comments):
        parent = make_comment(
            article=article,
            parent=parent if number % 5 else None,
            practitioner=make_licensed() if number % 3 == 1 else None,
            editor=make_moderator() if number % 3 == 2 else None,
        )
    with django_assert_num_queries(2):
        html = render(article, f"?reply_to={parent.pk}")
    assert html.count('class="comment__body"') == number_of_comments


def test_the_query_for_threads_does_not_read_addresses():
    make_comment(commenter_email="private@example.org")
    query = str(Comment.objects.for_thread().query)
    assert "body" in query
    assert "commenter_email" not in query
