"""What the writer of a comment may still do about it: give it other words, or take it back.

Neither asks who it is: that is for the link by which the writer came (`comments.own`).
"""

from datetime import datetime

from django.db import transaction

from acutake.lib import throttle
from comments.models import Comment, ModerationAction
from comments.moderation import current
from comments.screening import Submission, Verdict, body_key, screen

Status = Comment.Status
Act = ModerationAction.Act

EDITS_PER_HOUR = 20
# From what nobody reads to what everybody does.
PUBLICITY = [Status.REMOVED, Status.SPAM, Status.PENDING, Status.APPROVED]


class ChangedMeanwhileError(Exception):
    """The comment is no longer as its writer saw it; `comment` is as it is now."""

    def __init__(self, comment: Comment):
        super().__init__(f"Comment {comment.pk} changed meanwhile.")
        self.comment = comment


def may_edit_now(comment: Comment) -> bool:
    """Count one change; False after too many within the hour: each one is a moderator's work."""
    return throttle.is_allowed(f"comment-edit:{comment.pk}", limit=EDITS_PER_HOUR, seconds=3600)


def edit(comment: Comment, *, body: str, at: datetime) -> None:
    """Give it the words `body`, screened as those of a new comment.

    That never makes it more public than it was: what waits goes on waiting, and what readers saw
    waits again where a new comment would. Raises ChangedMeanwhileError unless the comment is as it
    was read, Comment.DoesNotExist where it is no longer there, and does nothing where it has these
    words already.
    """
    if comment.body == body:
        return
    # What is shown was decided about, by a moderator or by finding nothing.
    found_before = [] if comment.is_approved() else comment.screening
    verdict = screen(_as_new(comment, body, at), found_before=found_before)
    if not _store(comment, body, verdict, at=at):
        now = Comment.objects.select_related("article").get(pk=comment.pk)
        # The second click was as fast as the first one.
        if now.body != body:
            raise ChangedMeanwhileError(now)


@transaction.atomic
def withdraw(comment: Comment, *, at: datetime) -> bool:
    """Take it off the page; answers stay below "Removed by its writer". False where it is removed.

    Its words stay in the database for the moderators; to erase them is another wish. Raises
    Comment.DoesNotExist where it is no longer there.
    """
    row = current(comment)
    if row.status == Status.REMOVED:
        return False
    before, row.status, row.withdrawn_at = row.status, Status.REMOVED, at
    row.save(update_fields=["status", "withdrawn_at"])
    _record(row, Act.WITHDRAWN, before, at=at)
    return True


def _as_new(comment: Comment, body: str, at: datetime) -> Submission:
    return Submission(
        article=comment.article,
        parent=comment.parent,
        name=comment.commenter_name,
        email=comment.commenter_email,
        website=comment.website,
        body=body,
        network=None,
        is_trapped=False,
        form_made_at=None,
        at=at,
        pk=comment.pk,
    )


@transaction.atomic
def _store(comment: Comment, body: str, verdict: Verdict, *, at: datetime) -> bool:
    """Compare and update; False where it is no longer as it was read."""
    before = comment.status
    changes = {"body": body, "body_key": body_key(body), "edited_at": at}
    if PUBLICITY.index(verdict.status) <= PUBLICITY.index(before):
        # Otherwise what holds it is older than these words, and still holds it.
        changes |= {"status": verdict.status, "screening": verdict.reasons}
    if changes.get("status", before) != before:
        changes |= {"decided_at": None, "decided_by": None}
    as_read = Comment.objects.filter(
        pk=comment.pk, status=before, body=comment.body, proven_at=comment.proven_at
    )
    if not as_read.exclude(status=Status.REMOVED).update(**changes):
        return False
    for name, value in changes.items():
        setattr(comment, name, value)
    _record(comment, Act.EDITED, before, at=at)
    return True


def _record(comment: Comment, act: Act, before: str, *, at: datetime) -> None:
    ModerationAction.objects.create(
        comment=comment, act=act, from_status=before, to_status=comment.status, at=at
    )
