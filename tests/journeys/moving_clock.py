"""How the site of the journeys is served: its clock can be moved while it runs.

A file for gunicorn. The file that CLOCK_FILE names holds the seconds by which the clock is ahead.
"""

import os
from datetime import timedelta
from pathlib import Path


def post_fork(server, worker):
    """In each process that answers, before it answers anything."""
    from django.utils import timezone

    real_now, clock = timezone.now, Path(os.environ["CLOCK_FILE"])

    def now():
        return real_now() + timedelta(seconds=float(clock.read_text()))

    timezone.now = now
