from django.core.management.base import BaseCommand

from directory.search_index import rebuild


class Command(BaseCommand):
    help = "Makes the search table again from practitioners and offices."

    def handle(self, *args, **options):
        self.stdout.write(f"The search table has {rebuild()} rows.")
