"""Asks the other sites that articles link to whether they still answer."""

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import timezone

from articles.link_checks import LINKS_IN_A_RUN, check_due_links
from articles.models import OutsideLink


class Command(BaseCommand):
    """Can be stopped and started again: what was not asked stays due."""

    help = "Check the links to other sites that are due, unless CHECKS_LINKS is off."

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=LINKS_IN_A_RUN, help="at most so many")

    def handle(self, *, limit, **options):
        if not settings.CHECKS_LINKS:
            self.stdout.write("CHECKS_LINKS is off: nothing was asked.")
            return
        verdicts = check_due_links(at=timezone.now(), limit=limit)
        for verdict in OutsideLink.Verdict:
            if verdicts[verdict]:
                self.stdout.write(f"{verdicts[verdict]} {verdict.label}")
        self.stdout.write(f"{verdicts.total()} links checked.")
