"""Files with listings that editors upload."""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import BinaryIO

from django.db.models import F
from django.utils import timezone
from django_tasks import task

from directory.importing.answers import Answer, Outcome
from directory.importing.life import REPORT, Status, Uploads, cut, note
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

REFUSED = "refused.csv"
UPLOADS = Uploads(
    ListingImport,
    folder="listing-imports",
    file_name="upload.csv",
    enqueue=lambda key, number: carry_out.enqueue(key, number),
    nothing_done=dict.fromkeys([*Outcome, "report_bytes", "refused_bytes"], 0),
)


@task()
def carry_out(key: int, number: int) -> None:
    """As `Uploads.carry_out`."""
    UPLOADS.carry_out(key, number, work=_work, failures=(SheetError,))


def _work(found: ListingImport, file: BinaryIO) -> None:
    job = prepare(file, at=timezone.now())
    note(found, total=job.survey.rows, notes=job.notes)
    report = UPLOADS.folder_of(found) / REPORT
    before = refused_rows(report, size=found.report_bytes) if found.done else set()
    with ExitStack() as files:
        run(
            job,
            is_dry_run=found.status == Status.CHECKING,
            listen=_Listener(found, job, files),
            after=found.done,
            refused_before=before,
        )
    UPLOADS.finish(found)


class _Listener:
    """Writes the answers to the files and counts them."""

    def __init__(self, found: ListingImport, job: Job, files: ExitStack):
        self.found, self.job = found, job
        folder = UPLOADS.folder_of(found)
        self.report = files.enter_context(cut(folder / REPORT, found.report_bytes))
        self.refused = files.enter_context(cut(folder / REFUSED, found.refused_bytes))
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
        note(self.found, was={"report_bytes": self.found.report_bytes}, **counts, **sizes)
        self.found.report_bytes = sizes["report_bytes"]
