"""Which comments wait for a moderator, and for how long an article takes any.

Both are settings of the site that an article may have its own of. What the screening makes of the
words comes besides (`comments.screening`). Whoever types an address need not own it, so nobody is
known by typing: only by following the link that was mailed there.
"""

import re
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from acutake.lib.text import normalize
from articles.models import Article
from comments.models import Comment, ModerationAction

Hold = Article.CommentHold
Reason = dict[str, str | bool]

ALL = "rule_all"
FIRST = "rule_first"
LINKS = "rule_links"

# As a page makes a link of it, as a browser's bar does, and as people name a shop. Two letters of a
# country are left out: a sentence whose next one begins without a space looks the same.
LINK = re.compile(r"://|\bwww\.|\w\.(?:com|net|org|info|biz|shop|online|site|club|xyz)\b")


def rule_of(article: Article) -> Hold:
    """The article's own rule, or that of the site."""
    return Hold(article.comment_hold or settings.COMMENTS_HOLD)


def when_shown(article: Article) -> str:
    """When readers see what somebody writes under it, in words to whoever is about to."""
    return {
        Hold.ALL: _("A moderator reads each comment before it appears."),
        Hold.FIRST: _(
            "A moderator reads your first comment before it appears. Later ones appear once you "
            "follow the link that we mail to you."
        ),
        Hold.LINKS: _(
            "Most comments appear at once. One that names a web address waits for a moderator."
        ),
    }[rule_of(article)]


def closes_at(article: Article) -> datetime | None:
    """From when on it takes no comments; None where that is never, or not known yet."""
    return article.comments_close_at()


def takes_comments(article: Article, *, at: datetime) -> bool:
    """Whether editors let it take any, and its time is not over."""
    return article.is_open_for_comments(at=at)


def why_closed(article: Article, *, at: datetime) -> str:
    """What to tell who cannot write any more, in words; empty while the article takes comments."""
    if takes_comments(article, at=at):
        return ""
    if article.takes_comments:
        end = date_format(localtime(closes_at(article)), "DATETIME_FORMAT")
        return _("Since %(end)s, this article no longer takes comments.") % {"end": end}
    return _("This article no longer takes comments.")


def holds_link(*texts: str) -> bool:
    """Whether one of them names a web address, in whatever letters Unicode has for it."""
    return any(LINK.search(normalize("NFKC", text).casefold()) for text in texts)


def why_held(article: Article, *, email: str, has_link: bool) -> list[Reason]:
    """Why a new comment has to wait under the article's rule; empty where it need not.

    Under `first` it always does, until its writer is proven to be one who is known
    (`release_if_known`). One query, under that rule alone.
    """
    rule = rule_of(article)
    if rule == Hold.ALL:
        return [{"code": ALL}]
    if rule == Hold.FIRST:
        return [{"code": FIRST, "is_known": is_known(email)}]
    return [{"code": LINKS}] if has_link else []


def is_known(email: str, *, besides: Comment | None = None) -> bool:
    """Whether readers see a comment whose writer has proven to own the address. One query."""
    shown = Comment.objects.of_address(email).approved()
    if besides:
        shown = shown.exclude(pk=besides.pk)
    return bool(email.strip()) and shown.filter(proven_at__isnull=False, editor=None).exists()


@transaction.atomic
def release_if_known(comment: Comment, *, at: datetime) -> bool:
    """Publish a comment that waited only for its address to be proven, now that it is.

    Returns whether it did, and leaves it to the caller to tell anybody. What a person has decided
    about, or readers reported, waits for a moderator.
    """
    row = _locked(comment)
    if not (_waits_for_proof(row) and is_known(row.commenter_email, besides=row)):
        return False
    approved = Comment.Status.APPROVED
    row.status, row.decided_at = approved, at
    row.save(update_fields=["status", "decided_at"])
    ModerationAction.objects.create(
        comment=row,
        act=ModerationAction.Act.SCREENED,
        from_status=Comment.Status.PENDING,
        to_status=approved,
        at=at,
    )
    comment.status, comment.decided_at = row.status, row.decided_at
    return True


def _waits_for_proof(comment: Comment) -> bool:
    held_by = {reason["code"] for reason in comment.screening}
    return (
        comment.status == Comment.Status.PENDING
        and comment.proven_at is not None
        and rule_of(comment.article) == Hold.FIRST
        and held_by == {FIRST}
        and not comment.moderation_actions.exclude(act=ModerationAction.Act.EDITED).exists()
    )


def _locked(comment: Comment) -> Comment:
    rows = Comment.objects.select_for_update(of=("self",)).select_related("article")
    return rows.get(pk=comment.pk)
