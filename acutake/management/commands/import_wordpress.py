from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from acutake.moving import BusyError, run
from articles.wordpress.answers import Outcome, header, lines_of, tally
from articles.wordpress.importer import prepare
from articles.wordpress.survey import PAGES
from articles.wordpress.wxr import WxrError


class Command(BaseCommand):
    help = (
        "Brings a WordPress site over from its export file, as docs/wordpress.md describes it. It "
        "can be stopped and run again at any time; a broken file changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", metavar="FILE.xml", type=Path)
        parser.add_argument(
            "--media", type=Path, metavar="DIR", help="a copy of wp-content/uploads"
        )
        parser.add_argument(
            "--pages", choices=PAGES, default=PAGES[0], help="what becomes of pages"
        )
        parser.add_argument("--dry-run", action="store_true", help="say the same, write nothing")
        parser.add_argument(
            "--report", type=Path, help="write what became of each item to this CSV"
        )

    def handle(self, *, path, media, pages, dry_run, report, **options):
        if media is not None and not media.is_dir():
            raise CommandError(f"{media} is no folder.")
        counts = Counter()
        with ExitStack() as files:
            try:
                file = files.enter_context(path.open("rb"))
                job = prepare(file, media=media, pages=pages, at=timezone.now(), is_dry_run=dry_run)
            except (OSError, WxrError) as error:
                raise CommandError(str(error)) from error
            for note in job.survey.notes:
                self.stdout.write(note)
            out = None
            if report:
                out = files.enter_context(report.open("w", encoding="utf-8", newline=""))
                out.write(header())

            def listen(answers):
                counts.update(tally(answers))
                if out:
                    out.write(lines_of(answers))

            try:
                run(job, listen=listen)
            except BusyError as error:
                raise CommandError(str(error)) from error
        words = ", ".join(f"{counts[outcome]:,} {outcome}" for outcome in Outcome)
        self.stdout.write(f"{job.survey.total:,} items: {words}; {counts['noted']:,} with notes.")
        if dry_run:
            self.stdout.write("This was a dry run: nothing was written.")
