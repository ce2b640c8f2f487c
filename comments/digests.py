"""What waits for the moderators, as a mail once a day; and the link that ends it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acutake.lib import tokens
from acutake.lib.mail import compose, is_mailable
from acutake.lib.text import clean_text
from comments.excerpts import excerpt
from comments.links import KEPT
from comments.mail_stops import is_stopped
from comments.models import Comment, Flag, MailStop, Notice

PURPOSE = "comments.digest"
MOST_EXCERPTS = 5
LONGEST_EXCERPT = 200


@dataclass(frozen=True)
class Entry:
    """One comment that waits, as a mail may quote it."""

    headline: str
    name: str
    excerpt: str
    created_at: datetime


@dataclass(frozen=True)
class Digest:
    """How many wait, how many that readers see are reported, and those that wait longest."""

    waiting: int
    reported: int
    oldest: list[Entry]


def takers_of_digests() -> QuerySet[User]:
    """Everybody with an address who may decide about comments."""
    moderators = User.objects.with_perm(
        "comments.change_comment", backend="django.contrib.auth.backends.ModelBackend"
    )
    return moderators.filter(is_staff=True).exclude(email="").order_by("pk")


def is_due() -> bool:
    """Whether anything waits."""
    return Comment.objects.pending().exists() or _reported().exists()


def read_digest() -> Digest | None:
    """Three queries; None when nothing waits."""
    waiting, reported = Comment.objects.pending().count(), _reported().count()
    if not waiting and not reported:
        return None
    people = ("article", "practitioner", "editor")
    pending = Comment.objects.pending().with_licenses()
    longest = pending.select_related(*people)[:MOST_EXCERPTS]
    return Digest(waiting, reported, [_entry(comment) for comment in longest])


def write_digest(notice: Notice, *, at: datetime) -> EmailMultiAlternatives | None:
    """The mail as things are now, not sent; None when there is nothing or nobody to tell."""
    moderator = notice.moderator
    address = moderator.email
    is_wanted = is_mailable(address) and not is_stopped(address, MailStop.Scope.DIGEST)
    if not (is_wanted and takers_of_digests().filter(pk=moderator.pk).exists()):
        return None
    digest = read_digest()
    return digest and compose(
        "comments/email/digest",
        {
            "digest": digest,
            "more": digest.waiting - len(digest.oldest),
            "url": f"{settings.SITE_URL}{reverse('admin:comments_comment_queue')}",
        },
        subject=_subject(digest),
        to=address,
        key=notice.key,
        thread=f"digest.{moderator.pk}",
        stop_url=make_stop_url(moderator, at=at),
    )


def make_stop_url(moderator: User, *, at: datetime) -> str:
    """The whole address of the page that ends the digest. It holds the number of the account."""
    token = tokens.make_token(str(moderator.pk), purpose=PURPOSE, at=at)
    return f"{settings.SITE_URL}{reverse('comments:stop_digest', args=[token])}"


def read_stop_token(token: str, *, at: datetime) -> User:
    """Whose digest the link ends. Raises BadSignature, User.DoesNotExist."""
    subject = tokens.read_token(token, purpose=PURPOSE, max_age=KEPT, at=at)
    if not subject.isdecimal():
        raise BadSignature("It names no account.")
    return User.objects.exclude(email="").get(pk=int(subject))


def _reported() -> QuerySet[Comment]:
    """Those that readers see and have reported."""
    open_flags = Flag.objects.filter(comment=OuterRef("pk"), settled_at=None)
    return Comment.objects.approved().filter(Exists(open_flags))


def _subject(digest: Digest) -> str:
    if digest.waiting:
        text = ngettext("%(count)d comment waits", "%(count)d comments wait", digest.waiting)
        return text % {"count": digest.waiting}
    text = ngettext(
        "%(count)d comment was reported", "%(count)d comments were reported", digest.reported
    )
    return text % {"count": digest.reported}


def _entry(comment: Comment) -> Entry:
    words = excerpt(comment.body, limit=LONGEST_EXCERPT, instead=_("[link]"))
    name = excerpt(str(comment.shown_name()), limit=100, instead=_("[link]"))
    return Entry(
        headline=clean_text(comment.article.headline),
        name=clean_text(name),
        excerpt=clean_text(words, limit=LONGEST_EXCERPT),
        created_at=comment.created_at,
    )
