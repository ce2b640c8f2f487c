"""Tasks whose worker was killed wait for another one."""

from datetime import timedelta

from django.core.management import BaseCommand
from django.utils import timezone

from acutake.lib.queue import PATIENCE, requeue_cut_off


class Command(BaseCommand):
    """To be run every few minutes. Safe at any time."""

    help = "Let tasks run again that a killed worker left behind."

    def add_arguments(self, parser):
        minutes = int(PATIENCE / timedelta(minutes=1))
        parser.add_argument(
            "--minutes",
            type=int,
            default=minutes,
            help="How long a task may run before its worker counts as killed.",
        )

    def handle(self, *, minutes, **options):
        done = requeue_cut_off(at=timezone.now(), patience=timedelta(minutes=minutes))
        self.stdout.write(f"Tasks that wait again: {done.waiting}. Given up: {done.given_up}.")
