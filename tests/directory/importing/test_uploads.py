import csv
import fcntl
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django_tasks_db.models import DBTaskResult

from directory.importing import running, uploads
from directory.importing.life import REPORT
from directory.importing.uploads import REFUSED, UPLOADS, carry_out
from directory.models import ListingImport, Practitioner
from directory.models.uploads import STALLED_AFTER
from tests.directory.importing.files import AT, file_of

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = [
    {"slug": f"person-{number}", "name": f"Person {number}", "licenses": f"NY {number % 4}"}
    for number in range(6)
]


def upload(*rows):
    return UPLOADS.keep(ContentFile(file_of(*rows).read(), "listings.csv"), by=None, at=AT)


def work(found):
    """What the worker does with the latest task; the import afterwards."""
    found.refresh_from_db()
    carry_out.call(found.pk, found.run)
    found.refresh_from_db()
    return found


def counts(found):
    return (found.status, found.total, found.created, found.updated, found.unchanged, found.refused)


def report_of(found):
    with (UPLOADS.folder_of(found) / REPORT).open(encoding="utf-8-sig", newline="") as file:
        return [(row[0], row[1]) for row in csv.reader(file)][1:]


def test_an_upload_is_checked_first_and_imported_when_somebody_says_so():
    found = work(upload(*ROWS))
    assert counts(found) == ("checked", 6, 4, 0, 0, 2)
    assert Practitioner.objects.count() == 0
    checked = report_of(found)
    assert (UPLOADS.folder_of(found) / UPLOADS.file_name).stat().st_mode & 0o077 == 0

    assert UPLOADS.start_import(found, at=AT)
    assert not UPLOADS.start_import(found, at=AT)
    found = work(found)

    assert counts(found) == ("imported", 6, 4, 0, 0, 2)
    assert report_of(found) == checked
    assert Practitioner.objects.count() == 4
    assert sorted(path.name for path in UPLOADS.folder_of(found).iterdir()) == [REFUSED, REPORT]
    tasks = DBTaskResult.objects.order_by("enqueued_at").values_list("args_kwargs", flat=True)
    assert [task["args"] for task in tasks] == [[found.pk, 0], [found.pk, 1]]


def test_a_file_that_cannot_be_read_says_why():
    found = work(upload({"name": "Nobody"}))
    assert (found.status, found.failure) == (
        "failed",
        "The file has no column reference or slug or npi; its first row must name it.",
    )


class KilledError(Exception):
    """What a worker gets that is killed in the middle."""


@pytest.mark.parametrize("batches", [0, 1, 3])
def test_a_killed_run_goes_on_and_reports_as_if_nothing_had_been(monkeypatch, batches):
    monkeypatch.setattr(running, "BATCH_PEOPLE", 1)
    found = work(upload(*ROWS))
    whole = report_of(found)
    UPLOADS.start_import(found, at=AT)
    found.refresh_from_db()
    write, written = running.write, []

    def killed(*arguments, **options):
        write(*arguments, **options)
        written.append(arguments)
        if len(written) > batches:
            # The files are ahead of the database, which forgets this batch.
            with (UPLOADS.folder_of(found) / REPORT).open("a") as file:
                file.write("99,created,,,\r\n")
            raise KilledError

    monkeypatch.setattr(running, "write", killed)
    with pytest.raises(KilledError):
        carry_out.call(found.pk, found.run)
    monkeypatch.setattr(running, "write", write)
    found.refresh_from_db()
    assert (found.status, Practitioner.objects.count()) == ("importing", batches)

    later = found.progressed_at + STALLED_AFTER + timedelta(seconds=1)
    assert not UPLOADS.go_on(found, at=found.progressed_at)
    assert UPLOADS.go_on(found, at=later)
    found = work(found)

    assert counts(found) == ("imported", 6, 4, 0, 0, 2)
    assert report_of(found) == whole


def test_a_run_that_was_taken_over_writes_nothing_more():
    found = work(upload(*ROWS))
    UPLOADS.start_import(found, at=AT)
    found.refresh_from_db()
    old_run = found.run
    UPLOADS.go_on(found, at=AT + STALLED_AFTER * 2)
    carry_out.call(found.pk, old_run)
    assert Practitioner.objects.count() == 0
    assert work(found).status == "imported"


def test_of_two_workers_with_one_run_the_second_writes_nothing(monkeypatch):
    monkeypatch.setattr(running, "BATCH_PEOPLE", 1)
    found = work(upload(*ROWS))
    UPLOADS.start_import(found, at=AT)
    found.refresh_from_db()
    write = running.write

    def overtaken(*arguments, **options):
        """While this worker is at its first batch another one has finished it."""
        ListingImport.objects.filter(pk=found.pk).update(report_bytes=500)
        write(*arguments, **options)

    monkeypatch.setattr(running, "write", overtaken)
    carry_out.call(found.pk, found.run)
    found.refresh_from_db()
    assert (counts(found), Practitioner.objects.count()) == (("importing", 6, 0, 0, 0, 0), 0)


def test_a_worker_leaves_alone_what_another_one_is_at():
    found = upload(*ROWS)
    with (UPLOADS.folder_of(found) / UPLOADS.file_name).open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert counts(work(found)) == ("checking", 0, 0, 0, 0, 0)
    assert work(found).status == "checked"


def test_discarding_deletes_the_files_and_ends_a_run(monkeypatch):
    found = work(upload(*ROWS))
    UPLOADS.start_import(found, at=AT)
    found.refresh_from_db()
    prepare = uploads.prepare

    def discarded(*arguments, **options):
        job = prepare(*arguments, **options)
        UPLOADS.discard(ListingImport.objects.get(pk=found.pk))
        return job

    monkeypatch.setattr(uploads, "prepare", discarded)
    folder = UPLOADS.folder_of(found)
    carry_out.call(found.pk, found.run)
    assert (Practitioner.objects.count(), ListingImport.objects.count()) == (0, 0)
    assert not folder.exists()


def test_old_uploads_are_deleted_with_their_files():
    old, new = upload(*ROWS), upload(*ROWS)
    ListingImport.objects.filter(pk=old.pk).update(uploaded_at=AT - timedelta(days=31))
    assert UPLOADS.delete_old(at=AT) == 1
    assert list(ListingImport.objects.all()) == [new]
    assert (UPLOADS.folder_of(old).exists(), UPLOADS.folder_of(new).exists()) == (False, True)
