"""What a commenter typed, made HTML to be read. Pure."""

import re
from html import escape
from urllib.parse import quote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.safestring import SafeString, mark_safe

# Square brackets stand around an address more often than in it, as in the markup of forums.
ADDRESS = re.compile(r"\bhttps?://[^\s<>\"\[\]]+", re.IGNORECASE)
# As most are: every one is an address, and an attribute holds it as it is. The others take ten
# times as long.
PLAIN_ADDRESS = re.compile(
    r"https?://(?:[A-Za-z0-9]{1,63}\.){1,3}[a-z]{2,20}(?:/[A-Za-z0-9/._~-]*)?"
)
LINK = '<a href="%s" rel="nofollow ugc noopener">%s</a>'
BETWEEN_PARAGRAPHS = re.compile(r"\n{2,}")
ENDS_A_SENTENCE = ".,:;!?'\"’”»…*_"
BRACKETS = {")": "(", "}": "{"}
LONGEST_ADDRESS = 2_000
STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")

is_web_address = URLValidator(schemes=["http", "https"])


def render_body(text: str, *, has_links: bool = True) -> SafeString:
    """Paragraphs, each in its own direction, with web addresses as links; all else is text."""
    render = _render_paragraph if has_links else _render_words
    paragraphs = map(render, BETWEEN_PARAGRAPHS.split(text.strip("\n")))
    # Every part is escaped below.
    return mark_safe("\n".join(f'<p dir="auto">{each}</p>' for each in paragraphs))  # noqa: S308


def _render_paragraph(text: str) -> str:
    if "://" not in text:
        return _render_words(text)
    parts = []
    end = 0
    for match in ADDRESS.finditer(text):
        address = _without_punctuation(match.group())
        if href := href_of(address):
            parts.append(_render_words(text[end : match.start()]))
            parts.append(LINK % (escape(href), escape(address)))
            end = match.start() + len(address)
    parts.append(_render_words(text[end:]))
    return "".join(parts)


def _render_words(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")


def _without_punctuation(address: str) -> str:
    """The address without what belongs to the sentence around it."""
    address = address[: LONGEST_ADDRESS + 1]
    while address:
        last = address[-1]
        opening = BRACKETS.get(last)
        is_unmatched = opening and address.count(last) > address.count(opening)
        if not is_unmatched and last not in ENDS_A_SENTENCE:
            break
        address = address[:-1]
    return address


def href_of(address: str) -> str | None:
    """The address as an attribute can hold it, or None where a link would break or mislead."""
    if len(address) > LONGEST_ADDRESS:
        return None
    if PLAIN_ADDRESS.fullmatch(address):
        return address
    try:
        is_web_address(address)
        parts = urlsplit(address)
    except (ValidationError, ValueError):
        return None
    if "@" in parts.netloc:
        return None
    path, query, fragment = (
        STRAY_PERCENT.sub("%25", quote(part, safe="/%:@!$&'()*+,;=-._~?"))
        for part in (parts.path, parts.query, parts.fragment)
    )
    return parts._replace(path=path, query=query, fragment=fragment).geturl()
