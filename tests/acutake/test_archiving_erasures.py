"""What was erased stays so, whatever an archive from before still has."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from acutake.lib.addresses import address_key
from comments.erasing import erase_address
from comments.models import Comment, Erasure, ModerationAction
from tests.acutake.publication import NOW, delete_publication, make_directory, make_publication
from tests.articles.archive.files import contents, records

pytestmark = pytest.mark.django_db

WORDS = "Erase these words."
BO = "bo@example.org"


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def comment():
    """The one of the publication that an answer stands below, as Bo's."""
    make_directory()
    make_publication()
    comment = Comment.objects.filter(replies__isnull=False).earliest("pk")
    Comment.objects.filter(pk=comment.pk).update(
        body=WORDS, commenter_name="Bo Bramble", commenter_email=BO, created_at=NOW
    )
    return comment


def exported(path, *arguments):
    call_command("export_articles", *arguments, out=path, stdout=StringIO())
    return path


def imported(path, *arguments):
    out = StringIO()
    call_command("import_articles", path, *arguments, stdout=out)
    return out.getvalue()


def row(comment):
    return Comment.objects.values().get(pk=comment.pk)


@pytest.mark.parametrize("addresses", [(), ("--with-addresses",)])
def test_an_archive_from_before_brings_nothing_back(comment, tmp_path, addresses):
    path = exported(tmp_path / "before.zip", *addresses)
    erase_address(BO, at=NOW)
    erased = row(comment)

    said = imported(path, "--update")
    again = imported(path, "--update")

    assert row(comment) == erased
    assert Comment.objects.filter(body=WORDS).count() == 0
    assert ModerationAction.objects.filter(act="erased").count() == 1
    assert f"comments, {comment.pk} on first: same. its writer had everything erased" in said
    assert again == said


def test_in_a_new_site_that_knows_of_the_erasure_it_comes_in_without_words(comment, tmp_path):
    path = exported(tmp_path / "before.zip", "--with-addresses")
    delete_publication()
    Erasure.objects.create(address_key=address_key(BO), erased_at=NOW)

    said = imported(path)

    new = Comment.objects.get(pk=comment.pk)
    assert (new.is_erased(), new.commenter_name, new.withdrawn_at) == (True, "", NOW)
    assert new.replies.count() == 1
    assert "created. its writer had everything erased" in said
    assert new.moderation_actions.filter(act="erased", at=NOW).count() == 1
    assert "0 created, 0 updated" in imported(path, "--update").splitlines()[-1]


def test_what_a_restored_backup_still_has_is_erased_without_being_asked(comment, tmp_path):
    path = exported(tmp_path / "before.zip", "--with-addresses")
    Erasure.objects.create(address_key=address_key(BO), erased_at=NOW)

    imported(path, "--dry-run")
    assert Comment.objects.get(pk=comment.pk).body == WORDS
    imported(path)

    assert Comment.objects.get(pk=comment.pk).is_erased()


@pytest.mark.parametrize("addresses", [(), ("--with-addresses",)])
def test_an_erased_one_that_has_another_number_here_is_found(comment, tmp_path, addresses):
    path = exported(tmp_path / "before.zip", *addresses)
    erase_address(BO, at=NOW)
    number = Comment.objects.latest("pk").pk + 1_000
    copy = Comment.objects.get(pk=comment.pk)
    copy.pk = number
    copy.save()
    Comment.objects.filter(parent=comment).update(parent=number)
    ModerationAction.objects.filter(comment=comment).update(comment=number)
    Comment.objects.filter(pk=comment.pk).delete()

    imported(path, "--update")

    assert Comment.objects.filter(body=WORDS).count() == 0
    assert Comment.objects.filter(created_at=NOW, article=comment.article).count() == 1


def test_an_archive_from_after_is_read_as_it_is(comment, tmp_path):
    erase_address(BO, at=NOW)
    path = exported(tmp_path / "after.zip", "--with-addresses")
    assert BO not in json.dumps(records(contents(path)["comments.jsonl"]))
    erased = row(comment)
    delete_publication()

    imported(path)

    assert {**row(comment), "decided_by_id": None} == {**erased, "decided_by_id": None}
    assert ModerationAction.objects.filter(act="erased").count() == 1
    again = exported(tmp_path / "again.zip", "--with-addresses")
    assert contents(again) == contents(path)
