from contextlib import ExitStack
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from directory.importing.answers import Outcome
from directory.importing.reports import (
    refused_header,
    refused_text,
    report_header,
    report_text,
    tally,
)
from directory.importing.running import prepare, run
from directory.importing.sheets import SheetError


class Command(BaseCommand):
    help = (
        "Adds and changes listings from a CSV file, as docs/listings-csv.md describes it. It can "
        "be stopped and run again at any time."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say the same, write nothing")
        parser.add_argument("--report", type=Path, help="write what became of each row to this CSV")
        parser.add_argument("--refused", type=Path, help="write the refused rows to this CSV")

    def handle(self, *, path, dry_run, report, refused, **options):
        with ExitStack() as files:
            try:
                job = prepare(files.enter_context(path.open("rb")), at=timezone.now())
            except (OSError, SheetError) as error:
                raise CommandError(str(error)) from error
            outputs = []
            for out, header, text in (
                (report, report_header(), report_text),
                (refused, refused_header(job.sheet), lambda some: refused_text(some, job.sheet)),
            ):
                if out:
                    file = files.enter_context(out.open("w", encoding="utf-8", newline=""))
                    file.write(header)
                    outputs.append((file, text))
            for note in job.notes:
                self.stdout.write(note)
            counts = tally(())

            def listen(answers):
                counts.update(tally(answers))
                for file, text in outputs:
                    file.write(text(answers))

            run(job, is_dry_run=dry_run, listen=listen)
        words = ", ".join(f"{counts[outcome]:,} {outcome}" for outcome in Outcome)
        self.stdout.write(f"{job.survey.rows:,} rows: {words}.")
        if dry_run:
            self.stdout.write("This was a dry run: nothing was written.")
