from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from acutake.lib.addresses import address_key
from comments import erasing
from comments.models import Comment, Erasure, Flag, ModerationAction, Notice
from tests.articles.factories import make_article
from tests.comments.factories import NOW, make_comment, make_moderator
from tests.directory.factories import make_practitioner, make_report

pytestmark = pytest.mark.django_db

BO = "bo@example.org"
BEFORE, LATER = NOW - timedelta(days=1), NOW + timedelta(days=1)


def make_full_comment(**fields):
    """One that holds whatever a comment may hold of a person."""
    return make_comment(
        **{
            "commenter_name": "Bo Bramble",
            "commenter_email": BO,
            "body": "My own words, at https://bo.example?",
            "website": "https://bo.example/",
            "practitioner": make_practitioner(),
            "proven_at": BEFORE,
            "wants_decision": True,
            "wants_replies": True,
            "network_key": "a" * 64,
            "screening": [{"code": "links", "count": 1}],
            "edited_at": BEFORE,
            "created_at": BEFORE,
            "submission_key": "b" * 64,
            **fields,
        }
    )


def row(comment):
    return Comment.objects.filter(pk=comment.pk).values().get()


def reapplied(*paths):
    out = StringIO()
    call_command("reapply_erasures", *paths, stdout=out)
    return out.getvalue()


def test_nothing_of_the_writer_stays_and_the_thread_keeps_its_shape():
    comment = make_full_comment()
    reply = make_comment(parent=comment, body="To Bo")
    before = row(comment)

    assert erasing.erase_address("BO@Example.org", at=NOW) == erasing.Erased(comments=1)

    assert row(comment) == {
        **before,
        **erasing.EMPTIED,
        "withdrawn_at": NOW,
        "has_question": False,
        "has_link": False,
    }
    assert Comment.objects.get(pk=comment.pk).is_erased()
    assert (Comment.objects.get(pk=reply.pk).parent_id, reply.body) == (comment.pk, "To Bo")
    action = ModerationAction.objects.get()
    assert model_to_dict(action, exclude=["id", "batch"]) == {
        "comment": comment.pk,
        "act": "erased",
        "from_status": "approved",
        "to_status": "removed",
        "reason": "",
        "by": None,
        "at": NOW,
    }


def test_every_column_that_may_hold_something_of_a_person_is_emptied():
    """A new column of a comment has to be thought of here."""
    stay = {
        *("id", "article_id", "parent_id", "created_at", "is_closed", "submission_key"),
        *("editor_id", "decided_at", "decided_by_id"),
        *("has_question", "has_link", "withdrawn_at"),
    }
    columns = {field.attname for field in Comment._meta.concrete_fields}

    assert columns - stay == set(erasing.EMPTIED)


@pytest.mark.parametrize("status", Comment.Status.values)
def test_comments_in_every_status_are_erased(status):
    comment = make_full_comment(status=status)
    erasing.erase_address(BO, at=NOW)
    assert Comment.objects.get(pk=comment.pk).is_erased()


def test_what_others_wrote_and_wrote_about_it_stays_without_quoting_it():
    comment, other = make_full_comment(), make_comment(commenter_email="ada@example.org")
    moderator = make_moderator()
    for one in (comment, other):
        for reason in ("rude", "Bo Bramble was rude"):
            ModerationAction.objects.create(
                comment=one, to_status="approved", reason=reason, at=NOW, by=moderator
            )
        Flag.objects.create(comment=one, reason="rude", note="Bo!", created_at=NOW)
        Notice.objects.create(key=f"proof:{one.pk}", kind="proof", comment=one, created_at=NOW)
        LogEntry.objects.create(
            user=moderator,
            content_type=ContentType.objects.get_for_model(Comment),
            object_id=str(one.pk),
            object_repr=str(one),
            change_message="Bo",
            action_flag=CHANGE,
        )
    before = row(other)

    erasing.erase_address(BO, at=LATER)

    assert row(other) == before
    assert list(Notice.objects.values_list("comment", flat=True)) == [other.pk]
    assert list(ModerationAction.objects.order_by("pk").values_list("comment", "reason", "by")) == [
        (comment.pk, "rude", moderator.pk),
        (comment.pk, "", moderator.pk),
        (other.pk, "rude", moderator.pk),
        (other.pk, "Bo Bramble was rude", moderator.pk),
        (comment.pk, "", None),
    ]
    assert list(Flag.objects.order_by("pk").values_list("note", "settled_at")) == [
        ("", LATER),
        ("Bo!", None),
    ]
    assert list(LogEntry.objects.order_by("pk").values_list("object_repr", "change_message")) == [
        (f"#{comment.pk}", ""),
        (str(other), "Bo"),
    ]


def test_addresses_in_reports_about_listings_go_too():
    make_report(reporter_email="Bo@example.org")
    other = make_report(reporter_email="ada@example.org")

    erased = erasing.erase_address(BO, at=NOW)

    assert erased == erasing.Erased(comments=0, reports=1)
    assert type(other).objects.exclude(reporter_email="").get() == other


def test_without_an_address_nothing_is_found():
    make_comment(commenter_email="")
    assert list(Comment.objects.of_address("")) == []
    assert list(Comment.objects.of_address(" ")) == []


def test_many_comments_take_as_many_queries_as_one():
    def count(number):
        article = make_article()
        for _ in range(number):
            make_full_comment(article=article, practitioner=None, submission_key=None)
        with CaptureQueriesContext(connection) as queries:
            assert erasing.erase_address(BO, at=NOW).comments == number
        return len(queries)

    count(1)
    assert count(20) == count(1)


def test_more_than_a_batch_is_erased(monkeypatch):
    monkeypatch.setattr(erasing, "BATCH", 2)
    article = make_article()
    for _ in range(5):
        make_comment(article=article, commenter_email=BO)
    assert erasing.erase_address(BO, at=NOW).comments == 5
    assert Comment.objects.exclude(body="").count() == 0


def test_where_the_file_cannot_be_written_nothing_is_erased(settings):
    comment = make_full_comment()
    before = row(comment)
    settings.ERASURES_FILE.mkdir()

    with pytest.raises(OSError, match="directory"):
        erasing.erase_address(BO, at=NOW)

    assert (row(comment), Erasure.objects.count()) == (before, 0)


def test_the_words_that_a_restored_backup_brought_back_are_erased_again():
    comment, other = make_full_comment(), make_comment()
    backup, others = row(comment), row(other)
    erasing.erase_address(BO, at=NOW)
    erased = row(comment)
    # As the database was before: neither the erasure nor its entry in the ledger.
    Erasure.objects.all().delete()
    ModerationAction.objects.all().delete()
    generated = {"has_question", "has_link"}
    Comment.objects.filter(pk=comment.pk).update(
        **{name: value for name, value in backup.items() if name not in generated}
    )

    said = reapplied()

    assert (row(comment), row(other)) == (erased, others)
    assert "1 erasures, 1 new here." in said
    assert "Emptied: 1 comments; addresses in 0 reports." in said
    assert ModerationAction.objects.values_list("act", "at").get() == ("erased", NOW)
    assert "Emptied: 0 comments" in reapplied()


def test_who_came_back_keeps_what_was_written_after_the_erasure():
    Erasure.objects.create(address_key=address_key(BO), erased_at=NOW)
    before = make_full_comment(created_at=NOW, submission_key=None)
    after = make_full_comment(created_at=NOW + timedelta(seconds=1))

    reapplied()

    assert Comment.objects.get(pk=before.pk).is_erased()
    assert not Comment.objects.get(pk=after.pk).is_erased()


def test_addresses_in_reports_are_erased_again():
    Erasure.objects.create(address_key=address_key(BO), erased_at=NOW)
    old = make_report(reporter_email=BO, created_at=BEFORE)
    new = make_report(reporter_email=BO, created_at=LATER)

    assert "addresses in 1 reports" in reapplied()

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.reporter_email, new.reporter_email) == ("", BO)


def test_a_file_that_is_named_is_read_as_well_and_must_be_there(settings, tmp_path):
    comment = make_full_comment()
    settings.ERASURES_FILE = tmp_path / "elsewhere.txt"
    erasing.ledger.enter(BO, at=NOW)
    Erasure.objects.all().delete()
    settings.ERASURES_FILE = tmp_path / "own.txt"

    with pytest.raises(CommandError, match=r"There is no file .*gone\.txt"):
        reapplied(tmp_path / "gone.txt")
    reapplied(tmp_path / "elsewhere.txt")

    assert Comment.objects.get(pk=comment.pk).is_erased()
    # From now on its own file knows of it.
    assert address_key(BO) in settings.ERASURES_FILE.read_text()


def test_erasures_of_another_key_are_told_and_the_others_done(settings):
    comment = make_full_comment()
    settings.ADDRESS_KEY = "another"
    erasing.ledger.enter("ada@example.org", at=NOW)
    settings.ADDRESS_KEY = "this"
    erasing.ledger.enter(BO, at=NOW)

    with pytest.raises(CommandError, match="1 erasures were written under another ADDRESS_KEY"):
        reapplied()

    assert Comment.objects.get(pk=comment.pk).is_erased()


def test_lines_that_make_no_sense_are_named_and_the_others_done(settings):
    comment = make_full_comment()
    settings.ERASURES_FILE.write_text("nonsense\n")
    erasing.ledger.enter(BO, at=NOW)

    with pytest.raises(CommandError, match=r"1 lines make no sense: 1$"):
        reapplied()

    assert Comment.objects.get(pk=comment.pk).is_erased()


def test_erasing_again_what_is_erased_changes_nothing(monkeypatch):
    monkeypatch.setattr(erasing, "BATCH", 3)
    article = make_article()
    Erasure.objects.create(address_key=address_key(BO), erased_at=LATER)
    for number in range(10):
        make_comment(article=article, commenter_email=f"{number % 2}{BO}" if number % 3 else BO)

    assert "Emptied: 4 comments" in reapplied()
    assert "Emptied: 0 comments" in reapplied()
    assert Comment.objects.exclude(body="").count() == 6
    assert ModerationAction.objects.count() == 4
