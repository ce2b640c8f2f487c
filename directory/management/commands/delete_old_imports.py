from django.core.management.base import BaseCommand
from django.utils import timezone

from directory.importing.life import KEPT
from directory.importing.uploads import UPLOADS


class Command(BaseCommand):
    help = f"Deletes uploaded files with listings, and their reports, after {KEPT.days} days."

    def handle(self, *args, **options):
        self.stdout.write(f"{UPLOADS.delete_old(at=timezone.now())} imports were deleted.")
