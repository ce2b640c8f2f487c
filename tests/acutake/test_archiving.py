"""An archive of the publication: out of a site, and the same publication in an empty one."""

import re
import zipfile
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.feeds import entry_id
from articles.models import Article, Image, Revision
from articles.revisions import record_revision
from comments.models import Comment
from tests.acutake.publication import NOW, delete_publication, make_directory, make_publication
from tests.articles.factories import make_article, make_author, make_image
from tests.comments.factories import make_comment

pytestmark = pytest.mark.django_db

ADDRESSES = [
    *("/", "/articles/", "/articles/feed/", "/articles/first/", "/articles/other/"),
    *("/articles/heel-once/", "/articles/a-heel/", "/articles/draft/", "/articles/over/"),
    *("/articles/to-come/", "/articles/withdrawn/", "/articles/tags/calf-pain/", "/sitemap.xml"),
    *(
        "/articles/authors/ada/",
        "/articles/authors/bob/feed/",
        "/articles/2026/03/",
        "/search/?q=heel",
    ),
    *("/articles/authors/robert/", "/articles/tags/the-ear/", "/2019/Heel/", "/?p=7"),
    *("/author/bob/", "/category/ears/", "/articles/first/comments/feed/"),
    "/uploads/ear.jpg",
]
TOKEN = re.compile(rb'name="token" value="[^"]*"|nonce="[^"]*"')


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    """The clock stands still for pages that ask it."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def publication():
    make_directory()
    make_publication()


def exported(path, *arguments):
    call_command("export_articles", *arguments, out=path, stdout=StringIO())
    return path


def imported(path, *arguments):
    out = StringIO()
    call_command("import_articles", path, *arguments, stdout=out)
    return out.getvalue()


def picture_files():
    found = {}
    for name in Image.objects.values_list("file", flat=True):
        with default_storage.open(name) as file:
            found[name] = file.read()
    return found


def pages(client):
    """What the public gets at each address, without what is new in every answer."""
    answers = {address: client.get(address) for address in ADDRESSES}
    return {
        address: (
            answer.status_code,
            answer.get("Location"),
            TOKEN.sub(b"", b"".join(answer) if answer.streaming else answer.content),
        )
        for address, answer in answers.items()
    }


def test_an_empty_site_gets_the_same_publication(publication, client, tmp_path):
    before, ids = pages(client), {entry_id(row) for row in Article.objects.filter(next_of=None)}
    files = picture_files()
    first = exported(tmp_path / "first.zip", "--with-addresses")
    delete_publication()
    assert pages(client)["/articles/first/"][0] == 404

    imported(first)

    second = exported(tmp_path / "second.zip", "--with-addresses")
    assert second.read_bytes() == first.read_bytes()
    assert pages(client) == before
    assert {entry_id(row) for row in Article.objects.filter(next_of=None)} == ids
    assert picture_files() == files
    assert [status for status, *_ in before.values()].count(200) == 12
    assert [status for status, *_ in before.values()].count(301) == 9


def test_the_second_import_changes_nothing(publication, tmp_path):
    archive = exported(tmp_path / "a.zip", "--with-addresses")
    delete_publication()
    imported(archive)
    revisions, queued = Revision.objects.count(), Image.objects.count()

    said = imported(archive, "--update")

    counts = re.findall(r"^(\w+): (\d+) created, (\d+) updated, (\d+) same", said, re.MULTILINE)
    assert [(name, made, updated) for name, made, updated, _same in counts] == [
        (name, "0", "0")
        for name in ("accounts", "tags", "images", "authors", "articles", "revisions", "comments")
    ]
    assert Revision.objects.count() == revisions
    assert Image.objects.count() == queued


def test_addresses_of_commenters_are_in_the_archive_only_when_asked_for(publication, tmp_path):
    with zipfile.ZipFile(exported(tmp_path / "without.zip")) as archive:
        without = b"".join(archive.read(name) for name in archive.namelist())
    with zipfile.ZipFile(exported(tmp_path / "with.zip", "--with-addresses")) as archive:
        with_them = archive.read("comments.jsonl")

    assert b"example.org" in with_them
    assert [word for word in (b"a@example.org", b"ada@", b"private@") if word in without] == []
    assert b"private@" not in with_them


def test_without_addresses_everything_else_comes_over(publication, tmp_path):
    archive = exported(tmp_path / "a.zip")
    delete_publication()
    imported(archive)

    assert exported(tmp_path / "b.zip").read_bytes() == archive.read_bytes()
    assert set(Comment.objects.values_list("commenter_email", flat=True)) == {""}


def test_the_archive_is_for_its_owner_alone(publication, settings):
    out = StringIO()
    call_command("export_articles", stdout=out)

    (path,) = (settings.PRIVATE_ROOT / "archives").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert str(path) in out.getvalue()


def test_a_dry_run_says_the_same_and_writes_nothing(publication, tmp_path):
    archive = exported(tmp_path / "a.zip")
    delete_publication()

    said = imported(archive, "--dry-run")

    assert not Article.objects.exists()
    assert not Comment.objects.exists()
    assert not User.objects.exists()
    assert not default_storage.exists("images/2026/02/calf.jpg")
    assert said == imported(archive) + "This was a dry run: nothing was written.\n"


def test_an_account_that_is_made_lets_nobody_in(publication, tmp_path):
    archive = exported(tmp_path / "a.zip")
    delete_publication()

    assert "accounts, editor: created. the account is inactive" in imported(archive)
    editor = User.objects.get(username="editor")
    assert (editor.is_active, editor.is_staff, editor.has_usable_password()) == (False,) * 3
    assert editor.get_full_name() == "Eve Ito"


def test_the_queries_of_an_export_do_not_grow_with_what_it_holds(publication, tmp_path):
    with CaptureQueriesContext(connection) as first:
        exported(tmp_path / "a.zip")
    for number in range(15):
        author = make_author()
        article = make_article(authors=[author], tags=[f"Tag {number}"], pk=100 + number)
        make_comment(parent=make_comment(article=article))
        make_image()
        record_revision(article, at=NOW, by=None)

    with CaptureQueriesContext(connection) as second:
        exported(tmp_path / "b.zip")

    # A check of a record that was written is a query of no table.
    assert [_without_checks(first), _without_checks(second)] == [_without_checks(first)] * 2


def _without_checks(queries):
    return len([row for row in queries if " FROM " in row["sql"].upper()])
