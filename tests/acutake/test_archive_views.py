"""The archive in the admin: made by a worker, fetched and deleted by a superuser alone."""

import io

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from acutake.archive_files import how_far, kept_archives, make_archive
from comments.models import Comment
from tests.articles.archive.files import contents
from tests.comments.factories import make_comment

pytestmark = pytest.mark.django_db
ARCHIVES = reverse("admin:archives")
NAME = "2026-03-15-120000.zip"


@pytest.fixture
def chief(client):
    client.force_login(User.objects.create_superuser("chief"))
    return client


def test_an_archive_is_asked_for_made_and_fetched(chief):
    make_comment(body="Kept", commenter_email="a@example.org")
    assert chief.post(ARCHIVES).status_code == 302
    assert b"Waiting for the task worker." in chief.get(ARCHIVES).content
    assert kept_archives() == []

    (task,) = DBTaskResult.objects.all()
    make_archive.call(*task.args_kwargs["args"])
    DBTaskResult.objects.update(status="SUCCESSFUL")

    (archive,) = kept_archives()
    page = chief.get(ARCHIVES).content.decode()
    assert "Nothing is being made." in page
    address = reverse("admin:archive_fetch", args=[archive.name])
    assert f'href="{address}"' in page
    answer = chief.get(address)
    inside = contents(io.BytesIO(b"".join(answer)))
    assert answer["Content-Disposition"] == f'attachment; filename="acutake-{archive.name}"'
    assert (b"Kept" in inside["comments.jsonl"], b"example.org" in inside["comments.jsonl"]) == (
        True,
        False,
    )


def test_one_at_a_time(chief):
    chief.post(ARCHIVES)
    said = chief.post(ARCHIVES, follow=True).content

    assert b"One is being made already." in said
    assert DBTaskResult.objects.count() == 1


def test_one_that_failed_is_told_and_can_be_asked_for_again(chief):
    chief.post(ARCHIVES)
    DBTaskResult.objects.update(status="FAILED")

    assert (how_far().is_running, how_far().has_failed) == (False, True)
    assert b"could not be made" in chief.get(ARCHIVES).content
    assert b"Make an archive" in chief.get(ARCHIVES).content


def test_a_task_that_runs_again_leaves_what_it_has_made(settings):
    make_archive.call(NAME)
    path = settings.PRIVATE_ROOT / "archives" / NAME
    path.write_bytes(b"made")

    make_archive.call(NAME)
    make_archive.call("../../evil.zip")

    assert path.read_bytes() == b"made"
    assert [kept.name for kept in kept_archives()] == [NAME]


def test_an_archive_is_deleted_by_a_post_alone(chief):
    make_archive.call(NAME)
    address = reverse("admin:archive_discard", args=[NAME])

    assert chief.get(address).status_code == 405
    assert len(kept_archives()) == 1
    assert chief.post(address).status_code == 302
    assert kept_archives() == []
    assert chief.post(address).status_code == 404


@pytest.mark.parametrize("name", ["x.zip", "..", "%2e%2e", f"{NAME}.partial", "a" * 3000, "\x00"])
def test_nothing_else_is_fetched(name, chief, settings):
    make_archive.call(NAME)

    assert chief.get(f"{ARCHIVES}{name}/").status_code in (400, 404)


@pytest.mark.parametrize("address", [ARCHIVES, f"{ARCHIVES}{NAME}/"])
def test_an_editor_of_every_group_gets_none(address, client):
    call_command("sync_groups", verbosity=0)
    make_archive.call(NAME)
    editor = User.objects.create_user("editor", is_staff=True)
    editor.groups.set(Group.objects.all())
    client.force_login(editor)

    assert client.get(address).status_code == 403
    assert client.post(ARCHIVES).status_code == 403
    assert client.post(f"{ARCHIVES}{NAME}/delete/").status_code == 403
    assert ARCHIVES.encode() not in client.get("/admin/").content
    assert Comment.objects.count() == 0
    client.logout()
    assert client.get(address).status_code == 302
