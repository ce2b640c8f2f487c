from django.core.management.base import BaseCommand
from django.utils import timezone

from acutake.moving_uploads import UPLOADS
from directory.importing.life import KEPT


class Command(BaseCommand):
    help = f"Deletes uploaded WordPress exports, and their reports, after {KEPT.days} days."

    def handle(self, *args, **options):
        self.stdout.write(f"{UPLOADS.delete_old(at=timezone.now())} imports were deleted.")
