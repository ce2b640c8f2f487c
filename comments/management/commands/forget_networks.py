from django.core.management.base import BaseCommand
from django.utils import timezone

from comments.networks import NETWORK_KEPT, forget_networks


class Command(BaseCommand):
    help = (
        "Forgets from which networks comments and reports about them came that are older than "
        f"{NETWORK_KEPT.days} days. Daily."
    )

    def handle(self, **options):
        count = forget_networks(at=timezone.now())
        self.stdout.write(f"Networks forgotten: {count:,}.")
