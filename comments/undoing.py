"""Taking decisions back: a batch of `comments.moderation`, as far as nothing happened since."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from comments.models import Comment, Flag, ModerationAction
from comments.moderation import Decisions, lock

Act = ModerationAction.Act


@transaction.atomic
def undo(batch: UUID, *, at: datetime, by, only: Comment | None = None) -> Decisions:
    """Give back the status that each comment of the batch had, and open its reports again.

    An answer that the batch published is removed. With `only`, what was decided about this comment
    alone. In the result `done` have their old status; `elsewhere` were changed since, and stay as
    that left them. As many queries for any number.
    """
    decided = ModerationAction.objects.filter(batch=batch, act=Act.DECIDED)
    if only:
        decided = decided.filter(Q(comment=only) | Q(comment__parent=only, from_status=""))
    taken = {action.comment_id: action for action in decided}
    decisions = Decisions()
    rows = list(lock(taken))
    actions = _actions_of(taken)
    for row in rows:
        is_last = actions[row.pk][-1] == taken[row.pk] and row.withdrawn_at is None
        (decisions.done if is_last else decisions.elsewhere).append(row)
    ModerationAction.objects.bulk_create(
        _give_back(row, actions[row.pk], batch=decisions.batch, at=at, by=by)
        for row in decisions.done
    )
    Comment.objects.bulk_update(decisions.done, ["status", "decided_at", "decided_by"])
    _open_flags_again(decisions.done, taken)
    return decisions


def _actions_of(keys) -> dict[int, list[ModerationAction]]:
    """What changed each comment, in order. Anything else may lie between it and its undoing."""
    actions = defaultdict(list)
    done = ModerationAction.objects.filter(comment__in=keys)
    for action in done.exclude(act__in=ModerationAction.BESIDE).order_by("pk"):
        actions[action.comment_id].append(action)
    return actions


def _give_back(row, actions, *, batch, at, by) -> ModerationAction:
    """Let the row be what it was before the last of its actions."""
    *earlier, taken = actions
    undone = ModerationAction(
        comment=row,
        act=Act.UNDONE,
        from_status=row.status,
        # The batch made what had no status before: an answer.
        to_status=taken.from_status or Comment.Status.REMOVED,
        batch=batch,
        by=by,
        at=at,
    )
    if undone.to_status != undone.from_status:
        before = [action for action in earlier if action.from_status != action.to_status]
        row.status = undone.to_status
        row.decided_at = before[-1].at if before else None
        row.decided_by_id = before[-1].by_id if before else None
    return undone


def _open_flags_again(rows, taken) -> None:
    """The reports that the decisions settled, but for those whose sender has reported again."""
    again = Flag.objects.filter(
        comment=OuterRef("comment"), network_key=OuterRef("network_key"), settled_at=None
    ).exclude(network_key="")
    moments = {taken[row.pk].at for row in rows}
    settled = Flag.objects.filter(comment__in=rows, settled_at__in=moments)
    settled.filter(~Exists(again)).update(settled_at=None)
