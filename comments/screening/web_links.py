"""Links, and other ways to lead somebody elsewhere. Pure but for the name of this site."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings

from acutake.lib.text import normalize
from comments.screening.verdicts import Reason, Submission

MANY = 3
# Letters beside a link below which there is nothing but the link.
FEW_LETTERS = 15
SHOWN_HOSTS = 3

# With a scheme or "www." every name is one; without, only under endings that no word of a sentence
# has. Nothing that is longer than a name can be is looked through twice.
NAME = r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}"
LINK = re.compile(
    rf"(?<![\w@.-])(?:https?://(?:www\.)?({NAME}[^\W\d_]{{2,24}})|www\.({NAME}[^\W\d_]{{2,24}})"
    rf"|({NAME}(?:com|net|org|info|biz|shop|online|site|store|club|xyz|top|icu|link|live|ru|cn)))"
    r"(?![\w@-])[^\s<>\"\]]*"
)
MARKUP = re.compile(r"<a\s[^>]{0,99}href|\[(?:url|link)\b[^\]]{0,200}\]|\[/(?:url|link)\]")
MAIL = re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[^\W\d_]{2,24}")
# With the code of a country, or as written in North America: other numbers are not told from
# measures and years.
PHONE = re.compile(r"(?<!\w)(?:\+\d[\d ().-]{7,18}\d|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4})(?!\w)")
LETTER = re.compile(r"[^\W\d_]")


def leads_elsewhere(submission: Submission) -> list[Reason]:
    """Many links, hardly anything else, markup for links, or a number to call."""
    text = plain(f"{submission.name}\n{submission.website}\n{submission.body}")
    links = [match for match in LINK.finditer(text) if _host(match) != _own_host()]
    hosts = list(dict.fromkeys(map(_host, links)))[:SHOWN_HOSTS]
    reasons: list[Reason] = []
    if len(links) >= MANY:
        reasons.append({"code": "many_links", "count": len(links), "hosts": hosts})
    if links and _letters_beside_links(submission.body) < FEW_LETTERS * len(links):
        reasons.append({"code": "mostly_links", "hosts": hosts})
    if MARKUP.search(text):
        reasons.append({"code": "markup"})
    if MAIL.search(text) or PHONE.search(LINK.sub(" ", text)):
        reasons.append({"code": "contact"})
    return reasons


def hosts_of(text: str) -> set[str]:
    """The names of all sites that it leads to."""
    return {_host(match) for match in LINK.finditer(plain(text))} - {_own_host()}


def without_links(text: str) -> str:
    """In plain letters."""
    return LINK.sub(" ", plain(text))


def plain(text: str) -> str:
    """In small letters of one kind, whichever Unicode has for them."""
    return text.lower() if text.isascii() else normalize("NFKC", text).casefold()


def _letters_beside_links(body: str) -> int:
    return len(LETTER.findall(without_links(body)))


def _host(match: re.Match) -> str:
    return (match[1] or match[2] or match[3]).removeprefix("www.")


def _own_host() -> str:
    return _host_of(settings.SITE_URL)


@lru_cache(maxsize=4)
def _host_of(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
