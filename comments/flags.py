"""Readers' reports about comments: three hold a comment until a moderator looks at it again."""

from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction

from acutake.lib import throttle, tokens
from acutake.lib.network import network_key
from comments.models import Comment, Flag, ModerationAction
from comments.moderation import current

FORM = "flag"
TOKEN_MAX_AGE = timedelta(hours=24)
REPORTS_PER_HOUR = 20
# From so many networks since a moderator last decided about the comment.
REPORTS_THAT_HOLD = 3


def make_token(comment: Comment, *, at: datetime) -> str:
    """What the form about `comment` carries; the same for everybody."""
    return tokens.make_token(str(comment.pk), purpose=FORM, at=at)


def check_token(token: str, comment: Comment, *, at: datetime) -> None:
    """Raise BadSignature for a token that is not this form's, SignatureExpired after a day."""
    tokens.check_token(token, str(comment.pk), purpose=FORM, max_age=TOKEN_MAX_AGE, at=at)


def may_report(network: str) -> bool:
    """Count one report from `network`; False when it sent too many within the hour."""
    return throttle.is_allowed(f"flag:{network}", limit=REPORTS_PER_HOUR, seconds=3600)


@transaction.atomic
def report(
    comment: Comment, *, reason: str, note: str, network: str, is_trapped: bool, at: datetime
) -> bool:
    """Store a report about a shown comment; False when its network has an open one already.

    Then what is new in it is kept for the moderators, and does not count: behind one network there
    may be two readers, and one reader may send what is meant to look like three. What filled the
    field that nobody sees is kept as settled. Raises Comment.DoesNotExist.
    """
    # Locked, so that of three reports at once the last one finds the others.
    now = current(comment)
    key = network_key(network)
    typed = {"comment": now, "reason": reason, "note": note}
    if is_trapped:
        Flag.objects.create(**typed, created_at=at, settled_at=at)
        return True
    open_ones = Flag.objects.filter(comment=now, settled_at=None)
    if open_ones.filter(network_key=key).exists():
        if not open_ones.filter(reason=reason, note=note).exists():
            Flag.objects.create(**typed, created_at=at)
        return False
    Flag.objects.create(**typed, network_key=key, created_at=at)
    if open_ones.exclude(network_key="").count() >= REPORTS_THAT_HOLD:
        _hold(now, at=at)
    return True


def _hold(comment: Comment, *, at: datetime) -> None:
    """Let a comment that is shown wait again; an editor's answer stays until an editor hides it."""
    if comment.editor_id or not comment.is_approved():
        return
    comment.status = Comment.Status.PENDING
    comment.save(update_fields=["status"])
    ModerationAction.objects.create(
        comment=comment,
        act=ModerationAction.Act.REPORTED,
        from_status=Comment.Status.APPROVED,
        to_status=comment.status,
        reason=_in_words(comment),
        at=at,
    )


def _in_words(comment: Comment) -> str:
    """What the open reports say, the most often said first: "Insulting or hateful (2), …"."""
    reasons = comment.flags.filter(settled_at=None).order_by("pk").values_list("reason", flat=True)
    said = Counter(reasons).most_common()
    return ", ".join(f"{Flag.Reason(reason).label} ({number})" for reason, number in said)
