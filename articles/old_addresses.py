"""Addresses of another site that this one has taken over: how they are written and found."""

import re
import unicodedata
from datetime import datetime
from urllib.parse import parse_qsl, unquote, urlsplit

from django.urls import reverse

from articles.models import Article, OldAddress
from articles.models.moving import LONGEST_PATH

# Each of these numbers names a page on its own, whatever the path before it.
NUMBERS = frozenset({"p", "page_id", "cat", "author"})
FEEDS = frozenset({"/feed", "/feed/atom", "/feed/rss2", "/rss", "/rss2", "/atom"})
# What WordPress adds to the address of a page: its feed, its second page, older comments.
ADDED = re.compile(r"/(?:feed(?:/\w+)?|amp|embed|trackback|page/\d+|comment-page-\d+|\d{1,3})$")

# A smaller file that WordPress made of a picture: "calf-300x200.jpg", "calf-scaled.jpg".
SMALLER = re.compile(r"-(?:\d{1,5}x\d{1,5}|scaled|rotated)(?=\.[a-z]{3,4}$)", re.IGNORECASE)


def write(address: str) -> str:
    """The part of an address that is kept: decoded, lowercase, without host and trailing slash.

    Empty for one that is too long, or is none.
    """
    try:
        parts = urlsplit(address.strip())
        queries = parse_qsl(parts.query, max_num_fields=20)
    except ValueError:
        return ""
    path = unicodedata.normalize("NFC", unquote(parts.path)).rstrip("/").lower()
    number = next((f"?{name}={value}" for name, value in queries if _is_number(name, value)), "")
    written = f"{path or '/'}{number}"
    is_text = written.isprintable() and "\ufffd" not in written
    return written if is_text and len(written) <= LONGEST_PATH else ""


def find(address: str, *, at: datetime) -> str | None:
    """Where an address of another site leads on this one, if the public may see that at the moment
    `at`. At most two queries."""
    candidates = _candidates(write(address))
    rows = OldAddress.objects.filter(path__in=candidates)
    found = {row.path: row for row in rows.select_related("article", "author", "tag", "image")}
    row = next((found[path] for path in candidates if path in found), None)
    if row is None:
        return reverse("articles:feed") if FEEDS.intersection(candidates[:1]) else None
    return _leads_to(row, at)


def _candidates(written: str) -> list[str]:
    """The address itself, then what it was before WordPress added to it."""
    path, mark, number = written.partition("?")
    if mark:
        # The number decides, whatever stands before it.
        return [written, f"/?{number}"]
    names = [path, ADDED.sub("", path), SMALLER.sub("", path)]
    return [name for name in dict.fromkeys(names) if name]


def _leads_to(row: OldAddress, at: datetime) -> str | None:
    published = Article.objects.published(at=at)
    if row.article_id:
        is_public = published.filter(pk=row.article_id).exists()
        return row.article.get_absolute_url() if is_public else None
    if row.author_id:
        return row.author.get_absolute_url() if published.by_author(row.author).exists() else None
    if row.image_id:
        is_shown = published.filter(image_uses__image=row.image_id).exists()
        return row.image.file.url if is_shown else None
    is_public = published.tagged(row.tag).exists()
    return reverse("articles:tag", args=[row.tag.slug]) if is_public else None


def _is_number(name: str, value: str) -> bool:
    return name in NUMBERS and value.isascii() and value.isdecimal() and len(value) < 19
