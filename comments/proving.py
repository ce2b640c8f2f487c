"""Whose address it is that came with a comment: only the link that was mailed there tells."""

from datetime import datetime

from django.db import transaction

from acutake.lib import throttle, tokens
from acutake.lib.addresses import normalize
from comments import mail_stops, notifications
from comments.models import Comment, MailStop, ModerationAction
from comments.moderation import current
from comments.rules import release_if_known
from comments.standing import mark_practitioner

# Somebody who mistypes and waits asks a few times; a stranger's mailbox gets no more than these.
MAILS_PER_ADDRESS_AND_DAY = 5
MAILS_PER_NETWORK_AND_HOUR = 20


def may_ask(address: str, network: str) -> bool:
    """Count one mail that `network` has sent to `address`; False when there were too many."""
    return throttle.is_allowed(
        f"proof:{network}", limit=MAILS_PER_NETWORK_AND_HOUR, seconds=3600
    ) and throttle.is_allowed(
        f"proof:{normalize(address)}", limit=MAILS_PER_ADDRESS_AND_DAY, seconds=24 * 3600
    )


def seen_of(comment: Comment) -> str:
    """What the button remembers of the words that it was shown with."""
    return tokens.fingerprint((comment.commenter_name, comment.body), purpose="comments.proof")


@transaction.atomic
def prove(comment: Comment, *, at: datetime) -> None:
    """Take the address for its writer's: with the standing and the news that this brings.

    Done twice it is done once; nothing where the address or the comment is gone, or its words are
    no longer those of `comment`.
    """
    unproven = Comment.objects.filter(
        pk=comment.pk, body=comment.body, proven_at=None, withdrawn_at=None
    )
    if not unproven.exclude(commenter_email="").update(proven_at=at):
        return
    comment.proven_at = at
    mark_practitioner(comment, at=at)
    if release_if_known(comment, at=at):
        notifications.tell_of_public(comment, at=at)


@transaction.atomic
def disown(comment: Comment, *, stops_mail: bool, at: datetime) -> None:
    """Forget the address of a comment that its owner did not write; what is proven stays.

    The log tells of it, once.
    """
    if stops_mail and comment.commenter_email:
        mail_stops.stop(comment.commenter_email, MailStop.Scope.COMMENTS, at=at)
    unproven = Comment.objects.filter(pk=comment.pk, proven_at=None).exclude(commenter_email="")
    if unproven.update(commenter_email="", wants_decision=False, wants_replies=False):
        status = current(comment).status
        ModerationAction.objects.create(
            comment=comment,
            act=ModerationAction.Act.DISOWNED,
            from_status=status,
            to_status=status,
            at=at,
        )


def choose_news(comment: Comment, *, wants_decision: bool, wants_replies: bool) -> None:
    """Keep what its writer wants to hear of. It is mailed once the address is proven."""
    Comment.objects.filter(pk=comment.pk).update(
        wants_decision=wants_decision, wants_replies=wants_replies
    )
