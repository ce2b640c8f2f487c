"""When a comment is a listed practitioner's: by a proven address, never by what was typed."""

from datetime import datetime

from django.db.models.functions import Lower
from django.utils.timezone import localdate

from acutake.lib.addresses import normalize
from comments.models import Comment
from directory.models import License, Practitioner


def mark_practitioner(comment: Comment, *, at: datetime) -> None:
    """Make it the practitioner's whose address it was proven to be; an editor's choice stays."""
    practitioner = practitioner_at(comment.commenter_email, at=at)
    if practitioner:
        unmarked = Comment.objects.filter(pk=comment.pk, practitioner=None, editor=None)
        if unmarked.update(practitioner=practitioner):
            comment.practitioner = practitioner


def practitioner_at(address: str, *, at: datetime) -> Practitioner | None:
    """The one listed practitioner of this address who holds a checked license on that day.

    Where two are listed with it, as at a clinic, it tells nothing of who is writing.
    """
    listed = Practitioner.objects.listed().alias(address=Lower("email"))
    found = list(listed.filter(address=normalize(address)).exclude(email="").order_by("pk")[:2])
    if len(found) != 1:
        return None
    held = License.objects.filter(practitioner=found[0]).checked(on=localdate(at))
    return found[0] if held.exists() else None
