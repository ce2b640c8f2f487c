"""WordPress exports that editors upload."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from acutake.moving import BusyError
from acutake.moving import run as move
from articles.models import WordPressImport
from articles.wordpress.answers import Answer, Outcome, header, lines_of, tally
from articles.wordpress.importer import prepare
from articles.wordpress.wxr import WxrError
from directory.importing.life import REPORT, Status, Uploads, cut, note

UPLOADS = Uploads(
    WordPressImport,
    folder="wordpress-imports",
    file_name="upload.xml",
    enqueue=lambda key, number: carry_out.enqueue(key, number),
    nothing_done=dict.fromkeys([*Outcome, "noted", "report_bytes"], 0),
)


def media_folder() -> Path | None:
    """Where whoever runs the site has put a copy of wp-content/uploads; None without one."""
    folder = settings.PRIVATE_ROOT / "wordpress-uploads"
    return folder if folder.is_dir() else None


@task()
def carry_out(key: int, number: int) -> None:
    """As `Uploads.carry_out`."""
    UPLOADS.carry_out(key, number, work=_work, failures=(WxrError, BusyError))


def _work(found: WordPressImport, file: BinaryIO) -> None:
    is_dry_run = found.status == Status.CHECKING
    job = prepare(
        file, media=media_folder(), pages=found.pages, at=timezone.now(), is_dry_run=is_dry_run
    )
    note(found, total=job.survey.total, notes=job.survey.notes)
    if is_dry_run:
        # What it has found out of the pictures is in no database: it begins anew.
        note(found, **UPLOADS.nothing_done)
        found.refresh_from_db()
    with cut(UPLOADS.folder_of(found) / REPORT, found.report_bytes) as report:
        move(job, listen=_Listener(found, report), after=found.done)
    UPLOADS.finish(found)


class _Listener:
    """Writes the answers to the report and counts them."""

    def __init__(self, found: WordPressImport, report: BinaryIO):
        self.found, self.report = found, report
        if not found.report_bytes:
            report.write(header().encode())

    def __call__(self, answers: Sequence[Answer]) -> None:
        self.report.write(lines_of(answers).encode())
        self.report.flush()
        counts = {name: F(name) + count for name, count in tally(answers).items()}
        size = self.report.tell()
        # Of two workers with the same run, only the first one's batch counts.
        was = {"report_bytes": self.found.report_bytes}
        note(self.found, was=was, **counts, report_bytes=size)
        self.found.report_bytes = size
