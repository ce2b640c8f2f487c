"""The signed links of a comment's writer. Each is good for one thing.

All but one are mailed, so whoever has one reads mail at the comment's address. POSTED alone is
given to whoever sends a comment, and proves nothing about the address that was typed.

A link holds the number of the comment and when it was written, and no address. After a backup was
restored the number is given out again, and an old link must not open somebody else's comment. What
a link shows or does is decided by the page behind it: a GET shows, only a POST changes something.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.core.signing import BadSignature
from django.urls import reverse

from acutake.lib import tokens
from comments.models import Comment

# Long enough for somebody who finds an old mail; what it leads to ends with the comment itself.
KEPT = timedelta(days=10 * 365)


class Purpose(StrEnum):
    """What a link is good for; the name of its page in `comments.urls`."""

    WRITER = "writer"  # see, change and withdraw the comment
    POSTED = "posted"  # the same, for whoever sent it a moment ago
    PROOF = "proof"  # prove the address
    STOP = "stop"  # end the mail
    ABOUT = "about"  # everything that is kept for the address


MAX_AGES = {
    Purpose.POSTED: timedelta(minutes=15),
    Purpose.WRITER: KEPT,
    Purpose.PROOF: timedelta(days=7),
    Purpose.STOP: KEPT,
    Purpose.ABOUT: timedelta(days=7),
}


def make_token(purpose: Purpose, comment: Comment, *, at: datetime) -> str:
    return tokens.make_token(_subject(comment), purpose=_salt(purpose), at=at)


def make_url(purpose: Purpose, comment: Comment, *, at: datetime) -> str:
    """The whole address, for a mail."""
    path = reverse(f"comments:{purpose}", args=[make_token(purpose, comment, at=at)])
    return f"{settings.SITE_URL}{path}"


def read_token(
    purpose: Purpose, token: str, *, at: datetime, max_age: timedelta | None = None
) -> Comment:
    """The comment with its article. Raises BadSignature, SignatureExpired, Comment.DoesNotExist.

    The last one also where another comment has the number by now. `max_age` is another one than the
    purpose's, for what an old link is still good for.
    """
    max_age = max_age or MAX_AGES[purpose]
    subject = tokens.read_token(token, purpose=_salt(purpose), max_age=max_age, at=at)
    number = subject.partition(".")[0]
    if not number.isdecimal():
        raise BadSignature("It names no comment.")
    comment = Comment.objects.select_related("article").get(pk=int(number))
    if subject != _subject(comment):
        raise Comment.DoesNotExist
    return comment


def _subject(comment: Comment) -> str:
    """Its number and the second in which it was written, which stays what it is."""
    return f"{comment.pk}.{int(comment.created_at.timestamp())}"


def _salt(purpose: Purpose) -> str:
    return f"comments.{purpose}"
