"""What a worker does once a next version is out. It may run twice, late or never."""

from django.utils import timezone
from django_tasks import task

from articles.next_versions import settle_all


@task()
def settle_next_versions() -> int:
    """How many next versions took the place of the ones before."""
    return settle_all(at=timezone.now())
