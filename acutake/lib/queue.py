"""The queue of tasks after something was killed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django_tasks_db.models import DBTaskResult

# Longer than any task of ours takes; a worker says nothing while it works on one.
PATIENCE = timedelta(hours=1)
# One that has not come to its end in as many runs is likely what kills its worker.
MOST_RUNS = 3


class GivenUpError(Exception):
    """What the queue names as the reason of a task that was cut off too often."""


@dataclass(frozen=True)
class Requeued:
    """How many tasks wait again, and how many were given up."""

    waiting: int
    given_up: int


@transaction.atomic
def requeue_cut_off(*, at: datetime, patience: timedelta = PATIENCE) -> Requeued:
    """Let tasks run again whose worker was killed: those that began more than `patience` before
    `at` and are still said to run. Every task of ours may run twice without harm."""
    cut_off = list(
        DBTaskResult.objects.running()
        .select_for_update(skip_locked=True)
        .filter(started_at__lt=at - patience)
        .values_list("pk", "worker_ids")
    )
    hopeless = [key for key, runs in cut_off if len(runs) >= MOST_RUNS]
    DBTaskResult.objects.filter(pk__in=hopeless).update(
        status="FAILED",
        finished_at=at,
        exception_class_path=f"{__name__}.{GivenUpError.__name__}",
        traceback=f"Cut off in each of {MOST_RUNS} runs.",
    )
    waiting = [key for key, _runs in cut_off if key not in hopeless]
    DBTaskResult.objects.filter(pk__in=waiting).update(status="READY", started_at=None)
    return Requeued(len(waiting), len(hopeless))
