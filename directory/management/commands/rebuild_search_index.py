from django.core.management.base import BaseCommand

from directory.models import SearchEntry
from directory.search_index import rebuild


class Command(BaseCommand):
    help = "Makes the search table again from practitioners and offices."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="Do nothing when the table has rows."
        )

    def handle(self, *, if_empty, **options):
        if if_empty and SearchEntry.objects.exists():
            return
        self.stdout.write(f"The search table has {rebuild()} rows.")
