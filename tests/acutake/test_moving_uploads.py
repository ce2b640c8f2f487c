"""Exports in the admin: who may, what the pages show, what they refuse, and killed runs."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from acutake import moving
from acutake.groups import sync_groups
from acutake.moving_uploads import UPLOADS, carry_out
from articles.models import Article, WordPressImport
from articles.wordpress import importer
from articles.wordpress.answers import read_report
from comments.models import Comment
from directory.importing.life import REPORT
from directory.models.uploads import STALLED_AFTER
from tests.articles.wordpress.files import comment, export, item

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/wordpressimport/add/"
WHOLE = export(
    *[item(old_id=n, slug=f"post-{n}", comments=[comment(old_id=n)]) for n in range(1, 61)],
    item(old_id=99, kind="revision"),
)


@pytest.fixture
def editor(client):
    sync_groups()
    user = User.objects.create_user("ed", is_staff=True)
    user.groups.add(Group.objects.get(name="Editor"))
    client.force_login(user)
    return client


def send(client, content=WHOLE, **fields):
    file = SimpleUploadedFile("old-site.xml", content)
    return client.post(ADD, {"file": file, "pages": "articles", **fields}, follow=True)


def work():
    found = WordPressImport.objects.get()
    carry_out.call(found.pk, found.run)
    return WordPressImport.objects.get()


def url(name):
    key = WordPressImport.objects.get().pk
    return reverse(f"admin:articles_wordpressimport_{name}", args=[key])


def counts(found):
    return (found.status, found.total, found.created, found.unchanged, found.skipped, found.noted)


def report_of(found):
    return list(read_report(UPLOADS.folder_of(found) / REPORT, size=found.report_bytes))


def test_an_upload_is_checked_first_and_imported_when_somebody_says_so(editor):
    assert send(editor).status_code == 200
    found = work()
    assert counts(found) == ("checked", 122, 121, 0, 1, 2)
    assert (Article.objects.count(), Comment.objects.count()) == (0, 0)
    checked = report_of(found)
    assert (UPLOADS.folder_of(found) / UPLOADS.file_name).stat().st_mode & 0o077 == 0

    assert editor.post(url("start")).status_code == 302
    found = work()

    assert counts(found) == ("imported", 122, 121, 0, 1, 2)
    assert report_of(found) == checked
    assert (Article.objects.count(), Comment.objects.count()) == (60, 60)
    assert not (UPLOADS.folder_of(found) / UPLOADS.file_name).exists()
    said = editor.post(url("start"), follow=True).content.decode()
    assert "It was started already." in said


def test_the_report_is_paged_and_filtered_and_can_be_had(editor):
    send(editor)
    work()
    page = editor.get(url("change"), {"page": "3"}).context["page"]
    assert (len(page.object_list), page.paginator.num_pages) == (22, 3)
    page = editor.get(url("change"), {"outcome": "skipped"}).context["page"]
    assert [answer.id for answer, _label in page.object_list] == ["99"]
    page = editor.get(url("change"), {"outcome": "noted", "page": "x"}).context["page"]
    assert [answer.kind for answer, _label in page.object_list] == ["author", "revision"]
    sent = b"".join(editor.get(url("report")).streaming_content).decode("utf-8-sig")
    assert len(sent.splitlines()) == 123
    assert "bo@example.org" not in sent


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"id,title", "This is no WordPress export"),
        (b"<rss><channel></channel></rss>", "This is no WordPress export"),
        (b"", "empty"),
    ],
)
def test_what_is_no_export_is_refused_at_once(editor, content, words):
    assert words in send(editor, content).content.decode()
    assert WordPressImport.objects.count() == 0


def test_a_broken_file_says_line_and_reason(editor):
    send(editor, WHOLE.replace(b"</channel>", b"</canal>"))
    found = work()
    line = WHOLE[: WHOLE.index(b"</channel>")].count(b"\n") + 1
    assert found.status == "failed"
    assert found.failure == f"Line {line}: an element is closed that is not open."
    assert found.failure in editor.get(url("change")).content.decode()


def test_pages_are_what_was_chosen(editor):
    send(editor, export(item(old_id=1, kind="page")), pages="skip")
    assert counts(work()) == ("checked", 1, 0, 0, 1, 1)
    assert "Select a valid choice" in send(editor, pages="both").content.decode()


class KilledError(Exception):
    """What a worker gets that is killed in the middle."""


@pytest.mark.parametrize("batches", [1, 2, 4])
def test_a_killed_run_goes_on_and_reports_as_if_nothing_had_been(editor, monkeypatch, batches):
    monkeypatch.setattr(importer, "BATCH_ITEMS", 20)
    send(editor)
    checked = report_of(work())
    editor.post(url("start"))
    bring, done = moving.bring_comments, []

    def killed(*arguments):
        done.append(arguments)
        if len(done) == batches:
            raise KilledError
        return bring(*arguments)

    monkeypatch.setattr(moving, "bring_comments", killed)
    found = WordPressImport.objects.get()
    with pytest.raises(KilledError):
        carry_out.call(found.pk, found.run)
    monkeypatch.setattr(moving, "bring_comments", bring)
    found.refresh_from_db()
    with (UPLOADS.folder_of(found) / REPORT).open("a") as file:
        file.write("9,post,9,x,created,,\r\n")
    assert found.status == "importing"

    later = found.progressed_at + STALLED_AFTER + timedelta(seconds=1)
    assert not UPLOADS.go_on(found, at=found.progressed_at)
    assert UPLOADS.go_on(found, at=later)
    found = work()

    assert counts(found) == ("imported", 122, 121, 0, 1, 2)
    assert report_of(found) == checked


def test_discarding_deletes_the_files(editor):
    send(editor)
    folder = UPLOADS.folder_of(work())
    assert editor.post(url("discard")).status_code == 302
    assert (WordPressImport.objects.count(), folder.exists()) == (0, False)


def test_old_uploads_are_deleted_with_their_files(editor):
    send(editor)
    found = WordPressImport.objects.get()
    assert UPLOADS.delete_old(at=timezone.now() + timedelta(days=31)) == 1
    assert not UPLOADS.folder_of(found).exists()


def test_the_daily_command_deletes_what_is_old(editor):
    send(editor)
    out = StringIO()
    call_command("delete_old_wordpress_imports", stdout=out)
    WordPressImport.objects.update(uploaded_at=timezone.now() - timedelta(days=31))
    call_command("delete_old_wordpress_imports", stdout=out)
    assert out.getvalue() == "0 imports were deleted.\n1 imports were deleted.\n"


@pytest.mark.parametrize("group", ["Moderator", "Directory editor"])
def test_nobody_else_may(client, group):
    sync_groups()
    user = User.objects.create_user("other", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    found = WordPressImport.objects.create(file_name="a.xml", uploaded_at=timezone.now())
    client.force_login(user)
    assert client.get(ADD).status_code == 403
    for name in ("start", "go_on", "discard"):
        address = reverse(f"admin:articles_wordpressimport_{name}", args=[found.pk])
        assert client.post(address).status_code == 403
    assert (
        client.get(reverse("admin:articles_wordpressimport_report", args=[found.pk])).status_code
        == 403
    )
    assert WordPressImport.objects.count() == 1


def test_a_get_changes_nothing(editor):
    send(editor)
    work()
    for name in ("start", "go_on", "discard"):
        assert editor.get(url(name)).status_code == 405
    assert work().status == "checked"
