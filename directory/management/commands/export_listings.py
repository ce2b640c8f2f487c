from pathlib import Path

from django.core.management.base import BaseCommand

from directory.exporting import export_lines


class Command(BaseCommand):
    help = "Writes all listings as CSV, which import_listings reads again."

    def add_arguments(self, parser):
        parser.add_argument("--out", type=Path, help="a file instead of the standard output")

    def handle(self, *, out, **options):
        if out is None:
            for lines in export_lines():
                self.stdout.write(lines, ending="")
            return
        # Complete or not there at all: half an export looks like a whole one.
        partial = out.with_name(f"{out.name}.partial")
        with partial.open("w", encoding="utf-8", newline="") as file:
            file.writelines(export_lines())
        partial.replace(out)
