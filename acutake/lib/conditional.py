"""Answers that whoever has them already need not fetch again (RFC 9110, 13)."""

import hashlib
from datetime import datetime, timedelta

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

# Longer than a program that reads feeds waits between two looks.
REMEMBERED_SECONDS = 30 * 24 * 60 * 60


def respond(
    request: HttpRequest, content: bytes, *, content_type: str, at: datetime
) -> HttpResponse:
    """200 with ETag and Last-Modified, or 304 when the request says that it has this content."""
    digest = hashlib.sha256(content).hexdigest()[:32]
    changed_at = last_changed(request.path, digest, at=at)
    response = HttpResponse(content, content_type=content_type)
    response["ETag"] = f'"{digest}"'
    response["Last-Modified"] = http_date(changed_at.timestamp())
    return get_conditional_response(
        request,
        etag=response["ETag"],
        last_modified=int(changed_at.timestamp()),
        response=response,
    )


def last_changed(name: str, digest: str, *, at: datetime) -> datetime:
    """Since when what is called `name` has had this digest, in whole seconds.

    It is remembered in the cache and not taken from dates of rows: those of what remains say
    nothing of what was withdrawn, renamed, or came by the clock. Where the cache has forgotten, it
    is `at`. Two contents that follow each other never have the same moment.
    """
    key = f"changed:{name}"
    before = cache.get(key)
    if before and before[0] == digest:
        return before[1]
    moment = at.replace(microsecond=0)
    if before:
        moment = max(moment, before[1] + timedelta(seconds=1))
    cache.set(key, (digest, moment), REMEMBERED_SECONDS)
    return moment
