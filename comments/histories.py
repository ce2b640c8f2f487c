"""What moderators have seen of a comment's writer: the other comments, by address and network."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Left

from acutake.lib.addresses import address_key
from comments.models import Ban, Comment

Status = Comment.Status
LAST_SHOWN = 5
EXCERPT = 100
# Somebody who sent more is known well enough; a flood must not make its own page slow.
COUNTED_UP_TO = 1_000


@dataclass(frozen=True)
class Tally:
    """How many other comments there are of each kind; `withdrawn` ones count for themselves."""

    approved: int
    waiting: int
    spam: int
    removed: int
    withdrawn: int
    proven: int

    @property
    def total(self) -> int:
        return self.approved + self.waiting + self.spam + self.removed + self.withdrawn


@dataclass(frozen=True)
class History:
    """`by_address` and `by_network` are None where the comment has no address, or no key of the
    network it came from. `last` are the newest of both, with `opening`."""

    by_address: Tally | None
    by_network: Tally | None
    last: list[Comment]
    bans: frozenset[str]

    @property
    def is_newcomers(self) -> bool:
        """Whether nothing was approved under the address; the rule of `queue.newcomers`."""
        return self.by_address is None or not self.by_address.approved

    @property
    def is_address_banned(self) -> bool:
        return Ban.Kind.ADDRESS in self.bans

    @property
    def is_network_banned(self) -> bool:
        return Ban.Kind.SENDER in self.bans


def history_of(comment: Comment, *, at: datetime) -> History:
    """At most four queries."""
    others = Comment.objects.exclude(pk=comment.pk)
    same_address = others.of_address(comment.commenter_email)
    same_network = others.filter(network_key=comment.network_key)
    return History(
        by_address=_tally(same_address) if comment.commenter_email else None,
        by_network=_tally(same_network) if comment.network_key else None,
        last=_last(comment, same_address, same_network),
        bans=_bans(comment, at=at),
    )


def _tally(rows: QuerySet) -> Tally:
    withdrawn = Q(withdrawn_at__isnull=False)
    counts = rows.order_by()[:COUNTED_UP_TO].aggregate(
        approved=Count("pk", filter=Q(status=Status.APPROVED)),
        waiting=Count("pk", filter=Q(status=Status.PENDING)),
        spam=Count("pk", filter=Q(status=Status.SPAM)),
        removed=Count("pk", filter=Q(status=Status.REMOVED) & ~withdrawn),
        withdrawn=Count("pk", filter=withdrawn),
        proven=Count("pk", filter=Q(proven_at__isnull=False)),
    )
    return Tally(**counts)


def _last(comment, same_address, same_network) -> list[Comment]:
    """The newest of each, put together; as two queries each finds its own index."""
    found = {}
    for known, rows in (
        (comment.commenter_email, same_address),
        (comment.network_key, same_network),
    ):
        if known:
            newest = rows.order_by("-created_at", "-pk").annotate(opening=Left("body", EXCERPT))
            shown = newest.only("commenter_name", "status", "withdrawn_at", "created_at")
            found |= {row.pk: row for row in shown[:LAST_SHOWN]}
    newest_first = sorted(found.values(), key=lambda row: (row.created_at, row.pk), reverse=True)
    return newest_first[:LAST_SHOWN]


def _bans(comment: Comment, *, at: datetime) -> frozenset[str]:
    """The kinds of bans that meet the comment's address and network, and have not ended."""
    found = Q(pk=None)
    if comment.commenter_email:
        found |= Q(kind=Ban.Kind.ADDRESS, value=address_key(comment.commenter_email))
    if comment.network_key:
        found |= Q(kind=Ban.Kind.SENDER, value=comment.network_key)
    in_force = Q(ends_at=None) | Q(ends_at__gt=at)
    return frozenset(Ban.objects.filter(found, in_force).values_list("kind", flat=True))
