"""On what occasions somebody gets a mail. Each makes one `Notice`, whatever is done twice.

Notice and task are written in the transaction of what they tell of, and come or go with it.
Whether there is still something to tell is asked again when the mail is sent (`comments.mails`).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from acutake.lib.addresses import normalize
from comments import digests
from comments.models import Comment, Notice
from comments.tasks import send_notices

Kind = Notice.Kind
# Time for a moderator to undo a slip before anybody hears of it.
PATIENCE = timedelta(minutes=5)


def ask_for_proof(comment: Comment, *, at: datetime) -> None:
    """Mail the link that proves the address, once an hour at most; nothing where none is needed, or
    where the comment is no longer there."""
    if comment.commenter_email and not (comment.proven_at or comment.withdrawn_at):
        _announce_hourly(Kind.PROOF, comment, at)


def send_about_link(comment: Comment, *, at: datetime) -> None:
    """Mail the link to everything that is kept for the address, once an hour at most; nothing where
    the comment is no longer there."""
    if comment.commenter_email:
        _announce_hourly(Kind.ABOUT, comment, at)


def tell_of_decisions(comments: Iterable[Comment], *, at: datetime) -> None:
    """Mail the writers of what was decided at `at`, and those whose comments are answered by it.

    At most three queries for any number, none where nobody wants to know.
    """
    decided = list(comments)
    told = [
        _notice(Kind.DECISION, f"{comment.pk}:{at:%Y%m%dT%H%M%S%f}", at, comment=comment)
        for comment in decided
        if comment.wants_decision and comment.is_told_of_news()
    ]
    _announce([*told, *_of_replies(decided, at=at)], send_at=at + PATIENCE)


def tell_of_public(comment: Comment, *, at: datetime) -> None:
    """Mail whoever is answered by a comment that became public without a moderator."""
    _announce(_of_replies([comment], at=at), send_at=at + PATIENCE)


def send_digests(*, at: datetime) -> int:
    """Mail the moderators what waits, once a day at most; to how many. None when nothing waits."""
    moderators = list(digests.takers_of_digests()) if digests.is_due() else []
    day = localdate(at)
    notices = [
        _notice(Kind.DIGEST, f"{moderator.pk}:{day}", at, moderator=moderator)
        for moderator in moderators
    ]
    _announce(notices, send_at=at)
    return len(notices)


def _of_replies(comments: list[Comment], *, at: datetime) -> list[Notice]:
    """Those to the writers of the comments that are answered; nobody is told of an own reply."""
    replies = [comment for comment in comments if comment.parent_id and comment.is_approved()]
    if not replies:
        return []
    answered = (Comment.objects.approved().told_of_news().filter(wants_replies=True)).in_bulk(
        {reply.parent_id for reply in replies}
    )
    return [
        _notice(
            Kind.REPLY,
            f"{reply.pk}:{reply.parent_id}",
            at,
            comment=answered[reply.parent_id],
            reply=reply,
        )
        for reply in replies
        if reply.parent_id in answered and not _are_of_one(reply, answered[reply.parent_id])
    ]


def _are_of_one(reply: Comment, comment: Comment) -> bool:
    return normalize(reply.commenter_email) == normalize(comment.commenter_email)


@transaction.atomic
def _announce_hourly(kind: Kind, comment: Comment, at: datetime) -> None:
    # Locked, so that it stays there until its notice is written.
    if row := Comment.objects.select_for_update().filter(pk=comment.pk).first():
        _announce([_notice(kind, f"{row.pk}:{at:%Y%m%d%H}", at, comment=row)], send_at=at)


def _notice(kind: Kind, occasion: str, at: datetime, **about) -> Notice:
    return Notice(key=f"{kind}:{occasion}", kind=kind, created_at=at, **about)


def _announce(notices: list[Notice], *, send_at: datetime) -> None:
    if not notices:
        return
    with transaction.atomic(savepoint=False):
        Notice.objects.bulk_create(notices, ignore_conflicts=True)
        # Those that are there already as well: what was not sent then may be told now.
        send_notices.using(run_after=send_at).enqueue([notice.key for notice in notices])
