from django.core.management.base import BaseCommand

from directory.models import Practitioner, SearchEntry
from directory.search_index import rebuild


class Command(BaseCommand):
    help = "Makes the search table again from practitioners and offices."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="Do nothing when the table has rows, and everybody words.",
        )

    def handle(self, *, if_empty, **options):
        if if_empty and SearchEntry.objects.exists() and not _lacks_words():
            return
        self.stdout.write(f"The search table has {rebuild()} rows.")


def _lacks_words() -> bool:
    return Practitioner.objects.filter(terms=None).exists()
