"""The moderators' queue: what waits for them, on shelves, each in one order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left, Lower
from django.db.models.lookups import IsNull
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, Flag
from comments.models.comments import SHOWN_COLUMNS

# A shelf is counted no further: nobody needs to know how many more than that wait.
COUNTED_UP_TO = 1_000
SHOWN_BEFORE, SHOWN_FROM = 3, 30
EXCERPT = 140
# A question that nobody answered for so long waits for nobody any more.
QUESTIONS_WAIT = timedelta(days=90)
LATELY = timedelta(days=7)

Status = Comment.Status


@dataclass(frozen=True)
class Shelf:
    """Comments of one kind, in the order of `moment`, a column; those of one moment by key."""

    name: str
    label: str | Promise
    empty: str | Promise
    rows: Callable[[datetime], QuerySet]
    moment: str = "created_at"
    is_newest_first: bool = False


def _waiting(at: datetime) -> QuerySet:
    return Comment.objects.filter(status=Status.PENDING)


def _from_newcomers(at: datetime) -> QuerySet:
    return _waiting(at).filter(newcomers())


def _with_links(at: datetime) -> QuerySet:
    return _waiting(at).filter(has_link=True)


def _reported(at: datetime) -> QuerySet:
    """What readers see or saw, and have reported."""
    reported = Flag.objects.filter(settled_at=None).values("comment")
    return Comment.objects.filter(pk__in=reported, status__in=[Status.APPROVED, Status.PENDING])


def _unanswered(at: datetime) -> QuerySet:
    """Readers' questions under which no editor and no practitioner has written."""
    lately = Comment.objects.approved().filter(created_at__gte=at - QUESTIONS_WAIT)
    competent = Q(editor__isnull=False) | Q(practitioner__isnull=False)
    # A list of keys, read once: asked for every question, SQLite read all answers each time.
    answered = lately.filter(competent, parent__isnull=False).values("parent")
    asked = lately.filter(has_question=True, editor=None, is_closed=False)
    return asked.exclude(pk__in=answered)


def _spam(at: datetime) -> QuerySet:
    return Comment.objects.filter(status=Status.SPAM)


def _decided_lately(at: datetime) -> QuerySet:
    return Comment.objects.filter(decided_at__gte=at - LATELY, editor=None)


def newcomers() -> Q:
    """Comments under whose address nothing was approved, or that have none."""
    approved = Comment.objects.approved().annotate(address=Lower("commenter_email"))
    known = approved.filter(address=Lower(OuterRef("commenter_email"))).order_by().values("pk")
    # With a limit, and no Exists: PostgreSQL would read all that was ever approved at once.
    return Q(commenter_email="") | Q(IsNull(Subquery(known[:1]), True))


SHELVES = {
    shelf.name: shelf
    for shelf in (
        Shelf("waiting", _("Waiting longest"), _("Nothing waits for you."), _waiting),
        Shelf(
            "newcomers",
            _("First-time writers"),
            _("Nobody new waits."),
            _from_newcomers,
        ),
        Shelf("links", _("With links"), _("Nothing with a link waits."), _with_links),
        Shelf("reported", _("Reported"), _("No report is open."), _reported),
        Shelf(
            "questions",
            _("Questions without an answer"),
            _("Every question of the last 90 days is answered."),
            _unanswered,
        ),
        Shelf("spam", _("Spam"), _("There is no spam."), _spam, is_newest_first=True),
        Shelf(
            "lately",
            _("Decided lately"),
            _("Nothing was decided within a week."),
            _decided_lately,
            moment="decided_at",
            is_newest_first=True,
        ),
    )
}


def count_shelves(*, at: datetime) -> dict[str, int]:
    """How many comments each shelf holds, up to COUNTED_UP_TO; one query for each."""
    return {
        name: shelf.rows(at).order_by()[:COUNTED_UP_TO].count() for name, shelf in SHELVES.items()
    }


def first_of(shelf: Shelf, *, at: datetime) -> Comment | None:
    return _ordered(shelf, shelf.rows(at)).first()


def next_of(shelf: Shelf, comment: Comment, *, at: datetime) -> Comment | None:
    """What stands behind the comment, which may have left the shelf; from the last on the first."""
    others = _ordered(shelf, shelf.rows(at).exclude(pk=comment.pk))
    return _beyond(shelf, others, comment).first() or others.first()


class Around(NamedTuple):
    """Those right before a comment and from it on, and whether the shelf has more of either.

    Each row has `opening`, the first of its words, `is_newcomers` and `is_reported`.
    """

    before: list[Comment]
    onward: list[Comment]
    has_more_before: bool
    has_more_behind: bool


def rows_around(shelf: Shelf, comment: Comment, *, at: datetime) -> Around:
    """Two queries."""
    rows = _for_list(shelf.rows(at))
    before = _beyond(shelf, _ordered(shelf, rows, backwards=True), comment, backwards=True)
    onward = _beyond(shelf, _ordered(shelf, rows), comment, with_itself=True)
    found_before, found = list(before[: SHOWN_BEFORE + 1]), list(onward[: SHOWN_FROM + 1])
    return Around(
        found_before[:SHOWN_BEFORE][::-1],
        found[:SHOWN_FROM],
        len(found_before) > SHOWN_BEFORE,
        len(found) > SHOWN_FROM,
    )


def _for_list(rows: QuerySet) -> QuerySet:
    is_reported = Exists(Flag.objects.filter(comment=OuterRef("pk"), settled_at=None))
    shown = [column for column in SHOWN_COLUMNS if column != "body"]
    return (
        rows.with_licenses()
        .annotate(opening=Left("body", EXCERPT), is_newcomers=newcomers(), is_reported=is_reported)
        .select_related("practitioner", "editor", "article")
        .only(*shown, "has_link", "has_question", "decided_at", "article__headline")
    )


def _ordered(shelf: Shelf, rows: QuerySet, *, backwards: bool = False) -> QuerySet:
    sign = "-" if shelf.is_newest_first != backwards else ""
    return rows.order_by(f"{sign}{shelf.moment}", f"{sign}pk")


def _beyond(shelf, rows, comment, *, backwards=False, with_itself=False) -> QuerySet:
    """Those behind the comment in the order of the shelf, or before it; all where it has no place
    on it."""
    moment = getattr(comment, shelf.moment)
    if moment is None:
        return rows.none() if backwards else rows
    side = "lt" if shelf.is_newest_first != backwards else "gt"
    or_itself = "e" if with_itself else ""
    at_that_moment = Q(**{shelf.moment: moment, f"pk__{side}{or_itself}": comment.pk})
    # The first condition says nothing new, but is one that an index can begin with.
    return rows.filter(
        Q(**{f"{shelf.moment}__{side}e": moment}),
        Q(**{f"{shelf.moment}__{side}": moment}) | at_that_moment,
    )
