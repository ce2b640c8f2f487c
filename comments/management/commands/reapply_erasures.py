from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from comments.erasing import reapply


class Command(BaseCommand):
    help = (
        "Erases again what was erased for the writers of comments: to be run after a backup of the "
        "database was restored, and daily. It can be stopped and run again."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "paths",
            metavar="FILE",
            nargs="*",
            type=Path,
            help=f"further files of erasures, beside {settings.ERASURES_FILE}",
        )

    def handle(self, *, paths, **options):
        # A missing file of one's own may be that of a new site; one that is named is a slip.
        if missing := [path for path in paths if not path.is_file()]:
            raise CommandError(f"There is no file {missing[0]}.")
        try:
            done = reapply(paths)
        except OSError as error:
            raise CommandError(f"A file of erasures cannot be used: {error}") from error
        for path, read in done.files.items():
            self.stdout.write(f"{path}: {read.entries:,} erasures, {read.new:,} new here.")
        self.stdout.write(f"Added to {settings.ERASURES_FILE}: {done.lines_added:,}.")
        self.stdout.write(
            f"Emptied: {done.comments:,} comments; addresses in {done.reports:,} reports."
        )
        self.refuse_what_makes_no_sense(done)

    def refuse_what_makes_no_sense(self, done):
        """An erasure that cannot be read must not go unnoticed."""
        problems = []
        for path, read in done.files.items():
            if read.broken:
                lines = ", ".join(map(str, read.broken[:10]))
                problems.append(f"{path}: {len(read.broken):,} lines make no sense: {lines}")
            if read.of_another_key:
                problems.append(
                    f"{path}: {read.of_another_key:,} erasures were written under another "
                    "ADDRESS_KEY and know nobody here: set that one again"
                )
        if problems:
            raise CommandError("; ".join(problems))
