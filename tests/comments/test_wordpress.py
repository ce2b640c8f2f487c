import io
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from acutake.lib.addresses import address_key
from articles.wordpress.importer import prepare
from articles.wordpress.posts import Brought
from articles.wordpress.records import Item
from articles.wordpress.wxr import Export
from comments import flags, proving
from comments.erasing import erase_address
from comments.models import Comment, Erasure, ModerationAction
from comments.notifications import ask_for_proof
from comments.wordpress import bring_comments, words_of
from tests.articles.factories import NOW, make_article
from tests.articles.wordpress.files import comment, export, item
from tests.directory.factories import make_practitioner


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("One\nline\n\nTwo", "One\nline\n\nTwo"),
        ("<p>One<br />\nline</p><p>Two</p>", "One\nline\n\nTwo"),
        ('<a href="https://a.example/?b=1&amp;c=2">d</a>', "d (https://a.example/?b=1&c=2)"),
        ('<a href="https://a.example/">https://a.example/</a>', "https://a.example/"),
        ('<a href="javascript:x()">d</a>', "d"),
        ("<strong>a</strong> &amp; <em>b</em> &#8217;", "a & b ’"),
        ("5 < 6 &lt; 7", "5 < 6 < 7"),
        ("&lt;script&gt;a&lt;/script&gt;", "<script>a</script>"),
        ("a<script>b</script><img src=x onerror=y>", "a"),
        ("<ul><li>a</li><li>b</li></ul>", "a\n\nb"),
        ("\x07 ", ""),
    ],
)
def test_a_comment_is_plain_words(html, words):
    assert words_of(html) == words


def bring(article, *comments):
    """The answers to the comments of one post, which is the article."""
    file = io.BytesIO(export(item(old_id=7, comments=comments)))
    job = prepare(file, media=None, pages="articles", at=NOW, is_dry_run=False)
    file.seek(0)
    (old,) = [record for record in Export(file) if isinstance(record, Item)]
    with CaptureQueriesContext(connection) as queries:
        (answers,) = bring_comments(job, [Brought(old, "7", None, article.pk)])
    return answers, len(queries)


@pytest.mark.django_db
def test_many_comments_take_as_many_queries_as_one_and_so_they_do_again():
    one, other = make_article(), make_article()
    for body in ("Thank you.", "Other words."):
        first = bring(one, comment(old_id=1, body=body))
        many = bring(other, *[comment(old_id=n, body=body) for n in range(2, 40)])
        assert (len(first[0]), len(many[0])) == (1, 38)
        assert first[1] == many[1]


@pytest.mark.django_db
def test_addresses_of_e_mail_are_kept_for_the_moderators_and_told_to_nobody():
    answers, _queries = bring(
        make_article(), comment(old_id=1, email="bo@example.org"), comment(old_id=2, email="no")
    )
    emails = Comment.objects.order_by("pk").values_list("commenter_email", flat=True)
    assert list(emails) == ["bo@example.org", ""]
    assert "bo@example.org" not in repr(answers)
    assert answers[1].notes == ("What stands for an e-mail address is none, and is left out.",)


@pytest.mark.django_db
def test_without_an_article_each_comment_is_named():
    file = io.BytesIO(export(item(old_id=7, comments=[comment(old_id=1)])))
    job = prepare(file, media=None, pages="articles", at=NOW, is_dry_run=False)
    file.seek(0)
    (old,) = [record for record in Export(file) if isinstance(record, Item)]
    ((answer,),) = bring_comments(job, [Brought(old, "7", None, None)])
    assert (answer.outcome, answer.id) == ("skipped", "1")
    assert Comment.objects.count() == 0


BO = "bo@example.org"


def old_comment(**fields):
    return comment(
        **{"old_id": 1, "email": BO, "name": "Bo Bramble", "body": "My own words.", **fields}
    )


def of_bo():
    return Comment.objects.get(submission_key__isnull=False)


@pytest.mark.django_db
def test_words_that_were_erased_do_not_come_back_with_the_same_export():
    article = make_article()
    bring(article, old_comment())
    assert of_bo().body == "My own words."
    erase_address(BO, at=NOW)
    erased = Comment.objects.values().get()

    answers, _queries = bring(article, old_comment())

    assert Comment.objects.values().get() == erased
    assert (answers[0].outcome, answers[0].name) == ("unchanged", "")
    assert "Bo" not in repr(answers)


@pytest.mark.django_db
def test_an_erased_address_comes_into_a_new_site_without_words():
    Erasure.objects.create(address_key=address_key(BO), erased_at=NOW)

    answers, _queries = bring(
        make_article(), old_comment(), old_comment(old_id=2, parent=1, email="ada@example.org")
    )

    comment, reply = Comment.objects.order_by("pk")
    assert (comment.is_erased(), comment.withdrawn_at, comment.commenter_name) == (True, NOW, "")
    assert (reply.parent, reply.body) == (comment, "My own words.")
    assert [answer.outcome for answer in answers] == ["created", "created"]
    assert answers[0].notes == ("Its writer had everything erased: it has no words and no name.",)
    assert answers[0].name == ""
    assert list(ModerationAction.objects.values_list("comment", "act", "at")) == [
        (comment.pk, "erased", NOW)
    ]


@pytest.mark.django_db
def test_what_a_restored_backup_still_has_is_erased_by_the_import_though_it_was_decided():
    article = make_article()
    bring(article, old_comment())
    Comment.objects.update(decided_at=NOW)
    Erasure.objects.create(address_key=address_key(BO), erased_at=NOW)

    bring(article, old_comment())
    again, _queries = bring(article, old_comment())

    assert of_bo().is_erased()
    assert again[0].outcome == "unchanged"


@pytest.mark.django_db
def test_what_is_erased_stays_so_though_the_export_has_another_address():
    article = make_article()
    bring(article, old_comment())
    erase_address(BO, at=NOW)

    answers, _queries = bring(article, old_comment(email="other@example.org"))

    assert of_bo().is_erased()
    assert (answers[0].outcome, answers[0].name) == ("skipped", "")


@pytest.mark.django_db
def test_what_was_written_after_the_erasure_comes_in():
    Erasure.objects.create(address_key=address_key(BO), erased_at=datetime(2000, 1, 1, tzinfo=UTC))
    bring(make_article(), old_comment())
    assert of_bo().body == "My own words."


@pytest.mark.django_db
def test_what_its_writer_has_changed_here_stays():
    article = make_article()
    bring(article, old_comment())
    Comment.objects.update(body="Better words.", edited_at=NOW)

    answers, _queries = bring(article, old_comment())

    assert of_bo().body == "Better words."
    assert answers[0].notes == ("Its writer has changed it here; the export has another: body.",)


def is_left_alone(article, **fields):
    """Whether the same export with these fields changes nothing, and says so."""
    before = Comment.objects.values().get()
    ((answer,), _queries) = bring(article, old_comment(**fields))
    says = "Something was done about it here; the export has another: "
    is_said = answer.outcome == "skipped" and answer.notes[0].startswith(says)
    return is_said and Comment.objects.values().get() == before


@pytest.mark.django_db
def test_what_readers_reports_hid_stays_hidden():
    article = make_article()
    bring(article, old_comment())
    for network in ("192.0.2.1", "198.51.100.1", "203.0.113.1"):
        flags.report(of_bo(), reason="spam", note="", network=network, is_trapped=False, at=NOW)
    assert of_bo().status == "pending"
    assert is_left_alone(article)


@pytest.mark.django_db
def test_a_proven_address_is_not_replaced():
    article = make_article()
    bring(article, old_comment())
    proving.prove(of_bo(), at=NOW)
    assert is_left_alone(article, email="other@example.org")


@pytest.mark.django_db
def test_an_address_is_not_replaced_once_the_link_that_proves_it_was_mailed():
    article = make_article()
    bring(article, old_comment())
    ask_for_proof(of_bo(), at=NOW)
    assert is_left_alone(article, email="other@example.org")


@pytest.mark.django_db
def test_an_address_that_was_disowned_does_not_come_back():
    article = make_article()
    bring(article, old_comment())
    proving.disown(of_bo(), stops_mail=False, at=NOW)
    assert of_bo().commenter_email == ""
    assert is_left_alone(article)


@pytest.mark.django_db
def test_what_a_practitioner_was_found_to_have_written_keeps_its_words():
    article = make_article()
    bring(article, old_comment())
    Comment.objects.update(practitioner=make_practitioner())
    assert is_left_alone(article, body="Other words.")
