from django.core.management.base import BaseCommand
from django.utils import timezone

from comments.screening.bans import forget_ended
from comments.screening.learning import FEWEST_OF_EACH, learn


class Command(BaseCommand):
    help = (
        "Learns spam from what moderators decided, forgets the words of comments that are gone, "
        "and the bans that ended. Daily; it can be stopped and run again."
    )

    def handle(self, **options):
        now = timezone.now()
        learned = learn(at=now)
        self.stdout.write(
            f"Learned {len(learned.counts):,} words from {learned.spam_comments:,} comments that "
            f"moderators marked as spam and {learned.ham_comments:,} that they approved."
        )
        if min(learned.spam_comments, learned.ham_comments) < FEWEST_OF_EACH:
            self.stdout.write(f"It judges from {FEWEST_OF_EACH} of each on.")
        self.stdout.write(f"Bans that ended: {forget_ended(at=now):,}.")
