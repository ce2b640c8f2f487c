from django.core.management.base import BaseCommand
from django.utils import timezone

from comments.notifications import send_digests


class Command(BaseCommand):
    help = "Mails the moderators how many comments wait, once a day; nothing when none does. Daily."

    def handle(self, *args, **options):
        count = send_digests(at=timezone.now())
        self.stdout.write(f"Moderators told today: {count:,}.")
