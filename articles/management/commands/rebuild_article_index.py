from django.core.management.base import BaseCommand

from articles.search_index import rebuild


class Command(BaseCommand):
    help = "Makes again what the search over the whole site compares of the articles."

    def add_arguments(self, parser):
        parser.add_argument(
            "--missing", action="store_true", help="Only articles that are not in it yet."
        )

    def handle(self, *, missing, **options):
        self.stdout.write(f"{rebuild(is_missing_only=missing)} articles were indexed.")
