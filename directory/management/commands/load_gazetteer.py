from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from directory.loading import GAZETTEER, load_gazetteer


class Command(BaseCommand):
    help = "Loads the places that searches know, unless the database holds this edition already."

    def add_arguments(self, parser):
        parser.add_argument("path", nargs="?", type=Path, default=GAZETTEER)

    def handle(self, *args, path: Path, **options):
        try:
            report = load_gazetteer(path)
        except (OSError, KeyError, ValueError) as error:
            raise CommandError(f"{path} is not a gazetteer: {error!r}") from error
        counts = f"{report.places:,} places with {report.names:,} names"
        if not report.is_changed:
            self.stdout.write(f"The gazetteer is up to date: {counts}.")
        elif report.removed:
            self.stdout.write(f"Loaded the gazetteer: {counts}; {report.removed:,} places removed.")
        else:
            self.stdout.write(f"Loaded the gazetteer: {counts}.")
