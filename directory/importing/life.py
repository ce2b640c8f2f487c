"""The life of an upload: kept, checked by a worker, imported when an editor says so, deleted.

The upload and what is written about it are in a folder of their own under PRIVATE_ROOT, which no
web server serves. Each batch notes how far those files go in the transaction that writes it: a run
that was killed goes on there, and cuts off what the killed one has written beyond.
"""

import fcntl
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from directory.models.uploads import Upload

REPORT = "report.csv"
# The files hold e-mail addresses: long enough to look into the report, and no longer.
KEPT = timedelta(days=30)
Status = Upload.Status


class SupersededError(Exception):
    """Somebody discarded the import, or another run has taken it over."""


@dataclass(frozen=True)
class Uploads:
    """All uploads of one kind.

    `folder` is where they are under PRIVATE_ROOT, `file_name` what an upload is called there.
    `enqueue` queues the task that calls `carry_out` with an upload's key and its run.
    `nothing_done` are the counts, each 0.
    """

    model: type[Upload]
    folder: str
    file_name: str
    enqueue: Callable[[int, int], object]
    nothing_done: Mapping[str, int]

    def folder_of(self, found: Upload) -> Path:
        """Where its files are."""
        return settings.PRIVATE_ROOT / self.folder / str(found.pk)

    @transaction.atomic
    def keep(self, file: File, *, by, at: datetime, **fields) -> Upload:
        """Keeps the file and has it checked. Deletes what has been kept for too long."""
        self.delete_old(at=at)
        found = self.model.objects.create(
            file_name=file.name[:200], uploaded_at=at, uploaded_by=by, **fields
        )
        folder = self.folder_of(found)
        folder.mkdir(parents=True, mode=0o700)
        path = folder / self.file_name
        path.touch(mode=0o600)
        with path.open("wb") as kept:
            shutil.copyfileobj(file, kept)
        self.enqueue(found.pk, found.run)
        return found

    def start_import(self, found: Upload, *, at: datetime) -> bool:
        """Has a checked file imported; False when it is not in that state any more."""
        return self._start(
            found, from_status=Status.CHECKED, to=Status.IMPORTING, at=at, **self.nothing_done
        )

    def go_on(self, found: Upload, *, at: datetime) -> bool:
        """Has another worker take over what has not moved for long; False when it has moved."""
        return found.is_stalled(at=at) and self._start(
            found, from_status=found.status, to=found.status, at=at
        )

    @transaction.atomic
    def discard(self, found: Upload) -> None:
        """Deletes it with its files; a run that is under way ends at its next batch."""
        folder = self.folder_of(found)
        found.delete()
        shutil.rmtree(folder, ignore_errors=True)

    def delete_old(self, *, at: datetime) -> int:
        """Deletes all that were uploaded longer ago than they are kept; returns how many."""
        old = list(self.model.objects.filter(uploaded_at__lt=at - KEPT))
        for found in old:
            self.discard(found)
        return len(old)

    def carry_out(
        self,
        key: int,
        number: int,
        *,
        work: Callable[[Upload, BinaryIO], None],
        failures: tuple[type[Exception], ...],
    ) -> None:
        """Checks or imports the file with `work`, from where an earlier run has left off.

        One of `failures` is kept as the reason why it cannot be read. Nothing when this is not
        the import's run of that number, or another worker is at it.
        """
        found = self.model.objects.filter(pk=key, run=number).first()
        if found is None or not found.is_running():
            return
        try:
            with (self.folder_of(found) / self.file_name).open("rb") as file:
                # Held until the process ends, however it ends: two must not write one report.
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                work(found, file)
        except failures as error:
            note(found, status=Status.FAILED, failure=str(error))
        except (SupersededError, BlockingIOError):
            return

    def finish(self, found: Upload) -> None:
        """It is checked or imported; the file of an imported one is no longer needed."""
        is_dry_run = found.status == Status.CHECKING
        note(found, status=Status.CHECKED if is_dry_run else Status.IMPORTED)
        if not is_dry_run:
            (self.folder_of(found) / self.file_name).unlink()

    def _start(self, found: Upload, *, from_status: str, to: str, at: datetime, **fields) -> bool:
        with transaction.atomic():
            rows = self.model.objects.filter(pk=found.pk, status=from_status, run=found.run)
            is_ours = rows.update(status=to, run=F("run") + 1, progressed_at=at, **fields) == 1
            if is_ours:
                self.enqueue(found.pk, found.run + 1)
        return is_ours


def cut(path: Path, size: int) -> BinaryIO:
    """The file, open for writing behind its first `size` bytes, which are all it has."""
    path.touch(mode=0o600)
    file = path.open("r+b")
    file.truncate(size)
    file.seek(size)
    return file


def note(found: Upload, *, was: Mapping = MappingProxyType({}), **fields) -> None:
    """Changes the row while it is still this run's and what it `was`; else SupersededError."""
    rows = type(found).objects.filter(pk=found.pk, run=found.run, status=found.status, **was)
    if not rows.update(progressed_at=timezone.now(), **fields):
        raise SupersededError
