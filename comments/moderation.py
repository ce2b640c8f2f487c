"""Deciding about comments. Of two moderators who decide at once one wins, and the other is told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import models, transaction
from django.db.models import Exists, OuterRef

from comments import notifications
from comments.models import LONGEST_NAME, Comment, Flag, ModerationAction
from comments.screening import tasks as screening_tasks

Status = Comment.Status
Act = ModerationAction.Act
ANSWERED_TWICE = timedelta(minutes=10)


class DecidedElsewhereError(Exception):
    """The comment is no longer in the status in which the moderator saw it.

    `comment` holds what it is now.
    """

    def __init__(self, comment: Comment):
        super().__init__(f"Comment {comment.pk} is {comment.status} by now.")
        self.comment = comment


class WithdrawnError(Exception):
    """Its writer took the comment back, which nobody else can undo."""

    def __init__(self, comment: Comment):
        super().__init__(f"Comment {comment.pk} was withdrawn by its writer.")
        self.comment = comment


class RewrittenError(Exception):
    """The comment has other words than those that the moderator saw."""

    def __init__(self, comment: Comment):
        super().__init__(f"Comment {comment.pk} has other words by now.")
        self.comment = comment


@dataclass(frozen=True)
class Decisions:
    """What became of many comments.

    `done` have the new status. `kept` have it already, and the reports about them are settled.
    `unchanged` have it already. `elsewhere` were decided by somebody after they were seen,
    `rewritten` and `withdrawn` were changed and taken back by their writers; they stay as they are.
    Those that are no longer there are in none of the lists.
    `batch` is what `comments.undoing` knows the decisions by.
    """

    done: list[Comment] = field(default_factory=list)
    kept: list[Comment] = field(default_factory=list)
    unchanged: list[Comment] = field(default_factory=list)
    elsewhere: list[Comment] = field(default_factory=list)
    rewritten: list[Comment] = field(default_factory=list)
    withdrawn: list[Comment] = field(default_factory=list)
    batch: UUID = field(default_factory=uuid4, compare=False)

    def count(self) -> int:
        """How many were still there."""
        groups = (self.done, self.kept, self.unchanged)
        return sum(map(len, (*groups, self.elsewhere, self.rewritten, self.withdrawn)))


def approve(comment: Comment, *, at: datetime, by, reason: str = "") -> Decisions:
    """Show it. Raise DecidedElsewhereError if its status is not the one `comment` was read with,
    RewrittenError or WithdrawnError if its writer changed it since, or took it back;
    Comment.DoesNotExist if it is no longer there."""
    return _decide(comment, Status.APPROVED, at=at, by=by, reason=reason)


def mark_spam(comment: Comment, *, at: datetime, by, reason: str = "") -> Decisions:
    """Hide it as spam. Raises as `approve`."""
    return _decide(comment, Status.SPAM, at=at, by=by, reason=reason)


def remove(comment: Comment, *, at: datetime, by, reason: str = "") -> Decisions:
    """Hide it; answers stay, below a placeholder. Raises as `approve`.

    `reason` is a code of `comments.reasons` or the moderator's own words.
    """
    return _decide(comment, Status.REMOVED, at=at, by=by, reason=reason)


@transaction.atomic
def decide_many(
    comments: Iterable[Comment], status: str, *, at: datetime, by, reason: str = ""
) -> Decisions:
    """Give `status` to each comment that still has the status and the `edited_at` it was read
    with, and settle the reports about it.

    As many queries for any number.
    """
    seen = {comment.pk: comment for comment in comments}
    decisions = Decisions()
    for row in lock(seen).annotate(is_reported=Exists(_open_flags())):
        _group_of(row, seen[row.pk], status, decisions).append(row)
    done, kept = decisions.done, decisions.kept
    Comment.objects.filter(pk__in=[row.pk for row in done]).update(
        status=status, decided_at=at, decided_by=by
    )
    Flag.objects.filter(comment__in=[*done, *kept], settled_at=None).update(settled_at=at)
    ModerationAction.objects.bulk_create(
        ModerationAction(
            comment=row,
            from_status=row.status,
            to_status=status,
            reason=reason,
            batch=decisions.batch,
            by=by,
            at=at,
        )
        for row in (*done, *kept)
    )
    for row in done:
        row.status, row.decided_at, row.decided_by = status, at, by
    notifications.tell_of_decisions(done, at=at)
    screening_tasks.hear_of_decisions(done)
    return decisions


@transaction.atomic
def answer(comment: Comment, *, body: str, at: datetime, by) -> Comment:
    """Publish `body` as the editors' reply; a comment that was not shown is approved with it.

    One batch holds both. Raises as `approve`, and then keeps nothing. The same words by the same
    editor within ANSWERED_TWICE are one answer, as after a double click.
    """
    current(comment)
    same = comment.replies.approved().filter(editor=by, body=body)
    if reply := same.filter(created_at__gt=at - ANSWERED_TWICE).first():
        return reply
    decisions = approve(comment, at=at, by=by)
    reply = Comment.objects.create(
        article_id=comment.article_id,
        parent=comment,
        commenter_name=by.get_full_name()[:LONGEST_NAME],
        body=body,
        status=Status.APPROVED,
        editor=by,
        created_at=at,
        decided_at=at,
        decided_by=by,
    )
    ModerationAction.objects.create(
        comment=reply, to_status=Status.APPROVED, batch=decisions.batch, by=by, at=at
    )
    notifications.tell_of_public(reply, at=at)
    return reply


def close_thread(comment: Comment, *, at: datetime, by) -> bool:
    """Let it and what stands below it take no answers; False where that was so already.

    Raises Comment.DoesNotExist, as does `reopen_thread`.
    """
    return _set_closed(comment, True, Act.CLOSED, at=at, by=by)


def reopen_thread(comment: Comment, *, at: datetime, by) -> bool:
    """Let it take answers again; False where it did already."""
    return _set_closed(comment, False, Act.REOPENED, at=at, by=by)


def current(comment: Comment) -> Comment:
    """The row as it is now, locked until the transaction ends, with who decided about it.

    Raises Comment.DoesNotExist.
    """
    return lock([comment.pk]).get()


def lock(keys) -> models.QuerySet:
    """The rows of these numbers, locked until the transaction ends, with who decided."""
    # In the order of the key, so that two moderators never wait for each other.
    return (
        Comment.objects.select_for_update(of=("self",))
        .select_related("decided_by")
        .filter(pk__in=keys)
        .order_by("pk")
    )


def _open_flags() -> models.QuerySet:
    return Flag.objects.filter(comment=OuterRef("pk"), settled_at=None)


def _group_of(row, seen, status, decisions) -> list[Comment]:
    """The list of `decisions` that a comment belongs to."""
    if row.withdrawn_at and status != row.status:
        return decisions.withdrawn
    if row.status != seen.status:
        return decisions.elsewhere
    if row.edited_at != seen.edited_at:
        return decisions.rewritten
    if row.status != status:
        return decisions.done
    return decisions.kept if row.is_reported else decisions.unchanged


def _decide(comment, status, *, at, by, reason) -> Decisions:
    decisions = decide_many([comment], status, at=at, by=by, reason=reason)
    if decisions.elsewhere:
        raise DecidedElsewhereError(decisions.elsewhere[0])
    if decisions.rewritten:
        raise RewrittenError(decisions.rewritten[0])
    if decisions.withdrawn:
        raise WithdrawnError(decisions.withdrawn[0])
    if not (decisions.done or decisions.kept or decisions.unchanged):
        raise Comment.DoesNotExist
    for row in decisions.done:
        comment.status, comment.decided_at, comment.decided_by = row.status, at, by
    return decisions


@transaction.atomic
def _set_closed(comment, is_closed, act, *, at, by) -> bool:
    now = current(comment)
    if now.is_closed == is_closed:
        return False
    Comment.objects.filter(pk=comment.pk).update(is_closed=is_closed)
    comment.is_closed = is_closed
    status = now.status
    ModerationAction.objects.create(
        comment=comment, act=act, from_status=status, to_status=status, by=by, at=at
    )
    return True
