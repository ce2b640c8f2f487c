"""Deciding about comments. Of two moderators who decide at once one wins, and the other is told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models, transaction

from comments.models import LONGEST_NAME, Comment, ModerationAction

Status = Comment.Status


class DecidedElsewhereError(Exception):
    """The comment is no longer in the status in which the moderator saw it.

    `comment` holds what it is now.
    """

    def __init__(self, comment: Comment):
        super().__init__(f"Comment {comment.pk} is {comment.status} by now.")
        self.comment = comment


@dataclass(frozen=True)
class Decisions:
    """What became of many comments.

    `done` have the new status, `unchanged` were seen with it already, `elsewhere` were changed by
    somebody after they were seen and stay as that left them.
    """

    done: list[Comment] = field(default_factory=list)
    unchanged: list[Comment] = field(default_factory=list)
    elsewhere: list[Comment] = field(default_factory=list)


def approve(comment: Comment, *, at: datetime, by) -> None:
    """Show it. Raise DecidedElsewhereError if its status is not the one `comment` was read with."""
    _decide(comment, Status.APPROVED, at=at, by=by)


def mark_spam(comment: Comment, *, at: datetime, by) -> None:
    """Hide it as spam. Raises as `approve`."""
    _decide(comment, Status.SPAM, at=at, by=by)


def remove(comment: Comment, *, at: datetime, by) -> None:
    """Hide it; answers stay, below a placeholder. Raises as `approve`."""
    _decide(comment, Status.REMOVED, at=at, by=by)


@transaction.atomic
def decide_many(comments: Iterable[Comment], status: str, *, at: datetime, by) -> Decisions:
    """Give `status` to each comment that still has the status it was read with.

    Three queries and a transaction for any number.
    """
    seen = {comment.pk: comment.status for comment in comments}
    decisions = Decisions()
    for row in _locked(seen):
        if row.status != seen[row.pk]:
            decisions.elsewhere.append(row)
        elif row.status == status:
            decisions.unchanged.append(row)
        else:
            decisions.done.append(row)
    Comment.objects.filter(pk__in=[row.pk for row in decisions.done]).update(
        status=status, decided_at=at, decided_by=by
    )
    ModerationAction.objects.bulk_create(
        ModerationAction(comment=row, from_status=row.status, to_status=status, by=by, at=at)
        for row in decisions.done
    )
    for row in decisions.done:
        row.status, row.decided_at, row.decided_by = status, at, by
    return decisions


@transaction.atomic
def answer(comment: Comment, *, body: str, at: datetime, by) -> Comment:
    """Publish `body` as the editors' reply; a comment that was not shown is approved with it.

    Raises as `approve`, and then keeps nothing.
    """
    approve(comment, at=at, by=by)
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
    ModerationAction.objects.create(comment=reply, to_status=Status.APPROVED, by=by, at=at)
    return reply


def current(comment: Comment) -> Comment:
    """The row as it is now, locked until the transaction ends, with who decided about it."""
    return _locked([comment.pk]).get()


def _locked(keys) -> models.QuerySet:
    # In the order of the key, so that two moderators never wait for each other.
    return (
        Comment.objects.select_for_update(of=("self",))
        .select_related("decided_by")
        .filter(pk__in=keys)
        .order_by("pk")
    )


def _decide(comment, status, *, at, by):
    decisions = decide_many([comment], status, at=at, by=by)
    if decisions.elsewhere:
        raise DecidedElsewhereError(decisions.elsewhere[0])
    for row in decisions.done:
        comment.status, comment.decided_at, comment.decided_by = row.status, at, by
