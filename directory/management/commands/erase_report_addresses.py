from django.core.management.base import BaseCommand
from django.utils import timezone

from directory.reports import ADDRESS_KEPT, erase_old_addresses


class Command(BaseCommand):
    help = f"Erases the e-mail addresses in reports older than {ADDRESS_KEPT.days} days. Daily."

    def handle(self, **options):
        count = erase_old_addresses(at=timezone.now())
        self.stdout.write(
            f"Erased the e-mail address of {count} report{'' if count == 1 else 's'}."
        )
