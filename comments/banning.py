"""Banning the writer of a comment: what they send from then on is taken for spam."""

from datetime import datetime

from acutake.lib.addresses import address_key
from comments.models import Ban, Comment


def ban_address(comment: Comment, *, at: datetime, by) -> Ban | None:
    """Whoever gives the same address; None where the comment has none."""
    if not comment.commenter_email:
        return None
    return _ban(Ban.Kind.ADDRESS, address_key(comment.commenter_email), comment, at=at, by=by)


def ban_network(comment: Comment, *, at: datetime, by) -> Ban | None:
    """Whoever sends from the same network; None where it is forgotten or was never known."""
    if not comment.network_key:
        return None
    return _ban(Ban.Kind.SENDER, comment.network_key, comment, at=at, by=by)


def _ban(kind, value, comment, *, at, by) -> Ban:
    """One for good, also in place of one that ends. The comment is named by its number alone."""
    ban, _is_new = Ban.objects.update_or_create(
        kind=kind,
        value=value,
        defaults={"ends_at": None},
        create_defaults={"reason": f"#{comment.pk}", "by": by, "created_at": at},
    )
    return ban
