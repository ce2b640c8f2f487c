"""Files with listings that editors upload: checked by a worker, then imported when they say so.

The upload and what is written about it are in a folder of their own under PRIVATE_ROOT, which no
web server serves. Each batch notes how far those files go in the transaction that writes it: a run
that was killed goes on there, and cuts off what the killed one has written beyond.
"""

import fcntl
import shutil
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from directory.importing.answers import Answer, Outcome
from directory.importing.reports import (
    refused_header,
    refused_rows,
    refused_text,
    report_header,
    report_text,
    tally,
)
from directory.importing.running import Job, prepare, run
from directory.importing.sheets import SheetError
from directory.models import ListingImport

UPLOAD, REPORT, REFUSED = "upload.csv", "report.csv", "refused.csv"
# The files hold e-mail addresses: long enough to correct what was refused, and no longer.
KEPT = timedelta(days=30)
Status = ListingImport.Status
NOTHING_DONE = dict.fromkeys([*Outcome, "report_bytes", "refused_bytes"], 0)


class SupersededError(Exception):
    """Somebody discarded the import, or another run has taken it over."""


def folder_of(listing_import: ListingImport) -> Path:
    """Where its files are."""
    return settings.PRIVATE_ROOT / "listing-imports" / str(listing_import.pk)


@transaction.atomic
def upload(file: File, *, by, at: datetime) -> ListingImport:
    """Keeps the file and has it checked. Deletes what has been kept for too long."""
    delete_old(at=at)
    found = ListingImport.objects.create(file_name=file.name[:200], uploaded_at=at, uploaded_by=by)
    folder = folder_of(found)
    folder.mkdir(parents=True, mode=0o700)
    path = folder / UPLOAD
    path.touch(mode=0o600)
    with path.open("wb") as kept:
        shutil.copyfileobj(file, kept)
    carry_out.enqueue(found.pk, found.run)
    return found


def start_import(found: ListingImport, *, at: datetime) -> bool:
    """Has a checked file imported; False when it is not in that state any more."""
    return _start(found, from_status=Status.CHECKED, to=Status.IMPORTING, at=at, **NOTHING_DONE)


def go_on(found: ListingImport, *, at: datetime) -> bool:
    """Has another worker take over what has not moved for long; False when it has moved."""
    return found.is_stalled(at=at) and _start(
        found, from_status=found.status, to=found.status, at=at
    )


@transaction.atomic
def discard(found: ListingImport) -> None:
    """Deletes it with its files; a run that is under way ends at its next batch."""
    folder = folder_of(found)
    found.delete()
    shutil.rmtree(folder, ignore_errors=True)


def delete_old(*, at: datetime) -> int:
    """Deletes all that were uploaded longer ago than they are kept; returns how many."""
    old = list(ListingImport.objects.filter(uploaded_at__lt=at - KEPT))
    for found in old:
        discard(found)
    return len(old)


@task()
def carry_out(key: int, number: int) -> None:
    """Checks or imports the file, from where an earlier run has left off.

    Nothing when this is not the import's run of that number, or another worker is at it.
    """
    found = ListingImport.objects.filter(pk=key, run=number).first()
    if found is None or not found.is_running():
        return
    try:
        with (folder_of(found) / UPLOAD).open("rb") as file:
            # Held until the process ends, however it ends: two must not write one report.
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _carry_out(found, file)
    except SheetError as error:
        _note(found, status=Status.FAILED, failure=str(error))
    except (SupersededError, BlockingIOError):
        return


def _start(found: ListingImport, *, from_status: str, to: str, at: datetime, **fields) -> bool:
    with transaction.atomic():
        rows = ListingImport.objects.filter(pk=found.pk, status=from_status, run=found.run)
        is_ours = rows.update(status=to, run=F("run") + 1, progressed_at=at, **fields) == 1
        if is_ours:
            carry_out.enqueue(found.pk, found.run + 1)
    return is_ours


def _carry_out(found: ListingImport, file: BinaryIO) -> None:
    job = prepare(file, at=timezone.now())
    _note(found, rows=job.survey.rows, notes=job.notes)
    is_dry_run = found.status == Status.CHECKING
    report = folder_of(found) / REPORT
    before = refused_rows(report, size=found.report_bytes) if found.rows_done else set()
    with ExitStack() as files:
        listener = _Listener(found, job, files)
        run(
            job,
            is_dry_run=is_dry_run,
            listen=listener,
            after=found.rows_done,
            refused_before=before,
        )
    _note(found, status=Status.CHECKED if is_dry_run else Status.IMPORTED)
    if not is_dry_run:
        (folder_of(found) / UPLOAD).unlink()


class _Listener:
    """Writes the answers to the files and counts them."""

    def __init__(self, found: ListingImport, job: Job, files: ExitStack):
        self.found, self.job = found, job
        folder = folder_of(found)
        self.report = files.enter_context(_cut(folder / REPORT, found.report_bytes))
        self.refused = files.enter_context(_cut(folder / REFUSED, found.refused_bytes))
        if not found.report_bytes:
            self.report.write(report_header().encode())
            self.refused.write(refused_header(job.sheet).encode())

    def __call__(self, answers: Sequence[Answer]) -> None:
        self.report.write(report_text(answers).encode())
        self.refused.write(refused_text(answers, self.job.sheet).encode())
        for file in (self.report, self.refused):
            file.flush()
        counts = {name: F(name) + count for name, count in tally(answers).items()}
        sizes = {"report_bytes": self.report.tell(), "refused_bytes": self.refused.tell()}
        # Of two workers with the same run, only the first one's batch counts.
        _note(self.found, was={"report_bytes": self.found.report_bytes}, **counts, **sizes)
        self.found.report_bytes = sizes["report_bytes"]


def _cut(path: Path, size: int) -> BinaryIO:
    """The file, open for writing behind its first `size` bytes, which are all it has."""
    path.touch(mode=0o600)
    file = path.open("r+b")
    file.truncate(size)
    file.seek(size)
    return file


def _note(found: ListingImport, *, was: Mapping = MappingProxyType({}), **fields) -> None:
    """Changes the row while it is still this run's and what it `was`; else SupersededError."""
    rows = ListingImport.objects.filter(pk=found.pk, run=found.run, status=found.status, **was)
    if not rows.update(progressed_at=timezone.now(), **fields):
        raise SupersededError
