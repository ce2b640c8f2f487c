"""Forgetting from which network somebody wrote or reported."""

from datetime import datetime, timedelta

from comments.models import Comment, Flag

# Long enough to see one sender behind several comments; the About page names it.
NETWORK_KEPT = timedelta(days=30)
BATCH = 1_000


def forget_networks(*, at: datetime) -> int:
    """Empty the `network_key` of comments and reports older than `NETWORK_KEPT`; how many had one.

    A batch at a time, so that nobody waits for it, and it can be killed and run again.
    """
    return sum(_forget(model, before=at - NETWORK_KEPT) for model in (Comment, Flag))


def _forget(model, *, before: datetime) -> int:
    old = model.objects.filter(created_at__lt=before).exclude(network_key="").order_by()
    count = 0
    while keys := list(old.values_list("pk", flat=True)[:BATCH]):
        count += model.objects.filter(pk__in=keys).update(network_key="")
    return count
