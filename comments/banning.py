"""Banning the writer of a comment: what they send from then on is taken for spam."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from acutake.lib.addresses import address_key, holds_address
from comments.models import Ban, Comment, ModerationAction
from comments.moderation import current

# It stands in the list of bans behind the number of the comment.
LONGEST_REASON = 160


def check_reason(reason: str) -> None:
    """Raise ValidationError where it holds what its owner may have erased everywhere else."""
    if holds_address(reason):
        raise ValidationError(
            _(
                "Please write no e-mail address here. It would stay when its owner has everything "
                "about them erased."
            )
        )


def ban_address(comment: Comment, *, reason: str, at: datetime, by) -> Ban | None:
    """Whoever gives the same address; None where the comment has none. Raises
    Comment.DoesNotExist, as does `ban_network`."""
    if not comment.commenter_email:
        return None
    return _ban(
        Ban.Kind.ADDRESS, address_key(comment.commenter_email), comment, reason, at=at, by=by
    )


def ban_network(comment: Comment, *, reason: str, at: datetime, by) -> Ban | None:
    """Whoever sends from the same network; None where it is forgotten or was never known."""
    if not comment.network_key:
        return None
    return _ban(Ban.Kind.SENDER, comment.network_key, comment, reason, at=at, by=by)


@transaction.atomic
def _ban(kind, value, comment, reason, *, at, by) -> Ban:
    """One for good, also in place of one that ends. The log of the comment tells of it, once."""
    status = current(comment).status
    told = {"reason": f"#{comment.pk}: {reason}", "by": by, "created_at": at}
    ban, is_new = Ban.objects.get_or_create(kind=kind, value=value, defaults=told)
    if not is_new:
        if ban.ends_at is None:
            return ban
        ban.ends_at = None
        ban.save(update_fields=["ends_at"])
    ModerationAction.objects.create(
        comment=comment,
        act=ModerationAction.Act.BANNED,
        from_status=status,
        to_status=status,
        reason=reason,
        by=by,
        at=at,
    )
    return ban
