"""Akismet, where AKISMET_KEY is set: asked by a worker, and told of what moderators decided.

It is the only part of the screening that leaves this site, and it never keeps anybody waiting: a
comment is stored and held by the site's own checks first. What Akismet says may hold a comment or
mark it as spam, and never shows one. Without an answer nothing changes.

It gets what `_fields` lists. It insists on the network address, which this site keeps in no row and
no task: it waits in the cache for `NETWORK_KEPT`, and once it is gone Akismet is not asked.
"""

import http.client
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from comments.models import Comment, ModerationAction
from comments.screening.verdicts import Reason

Status = Comment.Status
SERVER = "https://rest.akismet.com/1.1"  # akismet.com/developers, November 2026
TIMEOUT_SECONDS = 10
# What comes in reply is a word.
LONGEST_ANSWER = 1_000
NETWORK_KEPT = timedelta(hours=24)
SPAM = {"code": "akismet"}
BLATANT = {"code": "akismet_sure"}


class NoAnswerError(Exception):
    """Akismet could not be reached, or said what is no answer. Names no comment's words."""


class Call(StrEnum):
    CHECK = "comment-check"
    SPAM = "submit-spam"
    HAM = "submit-ham"


class Answer(NamedTuple):
    word: str
    is_sure: bool


def is_on() -> bool:
    return bool(settings.AKISMET_KEY)


def keep_network(comment: Comment, network: str) -> None:
    """For as long as a moderator may take to decide."""
    cache.set(_name(comment.pk), network, NETWORK_KEPT.total_seconds())


def check(key: int, *, at: datetime) -> Reason | None:
    """Ask about the comment of that number, and hold it or mark it as spam where Akismet says so.

    None where it says nothing against it, or need not be asked. Raises NoAnswerError.
    """
    comment = _find(key)
    network = cache.get(_name(key))
    if comment is None or network is None or comment.decided_by_id or _was_asked(comment):
        return None
    answer = _call(Call.CHECK, comment, network)
    if answer.word not in {"true", "false"}:
        raise NoAnswerError(f"{Call.CHECK}: {answer.word[:60]!r}")
    if answer.word == "false":
        return None
    reason = BLATANT if answer.is_sure else SPAM
    return reason if _hold(comment, reason, at=at) else None


def tell(key: int, call: Call) -> bool:
    """Tell it what a moderator decided; False where that is no longer known. Raises
    NoAnswerError."""
    comment = _find(key)
    network = cache.get(_name(key))
    if comment is None or network is None:
        return False
    _call(call, comment, network)
    return True


@transaction.atomic
def _hold(comment: Comment, reason: Reason, *, at: datetime) -> bool:
    """False where a moderator decided meanwhile, or its writer changed it."""
    waiting_or_shown = Comment.objects.filter(
        pk=comment.pk, status__in=[Status.PENDING, Status.APPROVED], decided_by=None
    )
    row = waiting_or_shown.filter(body=comment.body).select_for_update().first()
    if row is None:
        return False
    before = row.status
    row.status = Status.SPAM if reason == BLATANT else Status.PENDING
    row.screening = [*row.screening, reason]
    row.decided_at = None
    row.save(update_fields=["status", "screening", "decided_at"])
    if row.status != before:
        ModerationAction.objects.create(
            comment=row,
            act=ModerationAction.Act.SCREENED,
            from_status=before,
            to_status=row.status,
            at=at,
        )
    return True


def _find(key: int) -> Comment | None:
    """One that still has words."""
    return Comment.objects.select_related("article").filter(pk=key).exclude(body="").first()


def _was_asked(comment: Comment) -> bool:
    return SPAM in comment.screening or BLATANT in comment.screening


def _call(call: Call, comment: Comment, network: str) -> Answer:
    data = urlencode(_fields(comment, network)).encode()
    request = Request(f"{SERVER}/{call}", data, {"User-Agent": "AcuTake | comments"})  # noqa: S310
    try:
        with OPENER.open(request, timeout=TIMEOUT_SECONDS) as response:
            word = response.read(LONGEST_ANSWER).decode("utf-8", "replace").strip()
            return Answer(word, response.headers.get("X-akismet-pro-tip") == "discard")
    except (URLError, OSError, http.client.HTTPException) as error:
        # What went wrong, and never what was sent.
        raise NoAnswerError(f"{call}: {type(error).__name__}") from None


def _fields(comment: Comment, network: str) -> dict[str, str]:
    """Everything that is sent."""
    return {
        "api_key": settings.AKISMET_KEY,
        "blog": f"{settings.SITE_URL}/",
        "user_ip": network.partition("/")[0],
        "permalink": f"{settings.SITE_URL}{comment.article.get_absolute_url()}",
        "comment_type": "reply" if comment.parent_id else "comment",
        "comment_author": comment.commenter_name,
        "comment_author_email": comment.commenter_email,
        "comment_author_url": comment.website,
        "comment_content": comment.body,
        "comment_date_gmt": comment.created_at.astimezone(UTC).isoformat(),
        "blog_charset": "UTF-8",
    }


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *args):
        """None: an address and words of somebody are sent to the one server that was named."""


OPENER = build_opener(_NoRedirects)


def _name(key: int) -> str:
    return f"comments.akismet.{key}"
