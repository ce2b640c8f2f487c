from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from acutake.archive_files import new_path
from acutake.archiving import export_archive
from articles.archive.formats import ArchiveError
from articles.models import Draft


class Command(BaseCommand):
    help = (
        "Writes all articles, comments and images to an archive, as docs/archive.md describes it, "
        "which import_articles reads again."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--out", type=Path, help="a file instead of a new one in var/private/archives"
        )
        parser.add_argument(
            "--with-addresses",
            action="store_true",
            help="put in the e-mail addresses of commenters, to move the site",
        )

    def handle(self, *, out, with_addresses, **options):
        out = out or new_path(at=timezone.now())
        try:
            counts = export_archive(out, with_addresses=with_addresses)
        except (ArchiveError, OSError) as error:
            raise CommandError(f"Nothing was exported. {error}") from error
        words = ", ".join(f"{count:,} {name}" for name, count in counts.items())
        self.stdout.write(f"{out}: {words}.")
        if unsaved := Draft.objects.count():
            self.stdout.write(f"Words that editors have not saved yet are left out: {unsaved}.")
        if not with_addresses:
            self.stdout.write("E-mail addresses of commenters are left out (--with-addresses).")
