from django.core.management.base import BaseCommand
from django.utils import timezone

from directory.importing.uploads import KEPT, delete_old


class Command(BaseCommand):
    help = f"Deletes uploaded files with listings, and their reports, after {KEPT.days} days."

    def handle(self, *args, **options):
        self.stdout.write(f"{delete_old(at=timezone.now())} imports were deleted.")
