from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from acutake.archiving import NAMES, import_archive
from articles.archive.formats import ArchiveError, Outcome


class Command(BaseCommand):
    help = (
        "Brings the articles, comments and images of an archive, as docs/archive.md describes it, "
        "into the site. What is there already stays as it is. It can be stopped and run again."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say the same, write nothing")
        parser.add_argument(
            "--update", action="store_true", help="give what differs here the words of the archive"
        )

    def handle(self, *, path, dry_run, update, **options):
        counts = {name: Counter() for name in NAMES}
        try:
            with import_archive(
                path, at=timezone.now(), may_update=update, is_dry_run=dry_run
            ) as answers:
                for answer in answers:
                    counts[answer.kind][answer.outcome] += 1
                    self.report(answer)
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        for name, outcomes in counts.items():
            words = ", ".join(f"{outcomes[outcome]:,} {outcome}" for outcome in Outcome)
            self.stdout.write(f"{name}: {words}.")
        if dry_run:
            self.stdout.write("This was a dry run: nothing was written.")

    def report(self, answer):
        """A line for what somebody should know of."""
        if answer.notes or answer.outcome in (Outcome.DIFFERENT, Outcome.REFUSED):
            notes = "; ".join(answer.notes)
            line = f"{answer.kind}, {answer.name}: {answer.outcome}. {notes}"
            self.stdout.write(line.rstrip())
