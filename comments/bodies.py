"""What a commenter typed, made HTML to be read. Pure."""

import re
from urllib.parse import quote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

ADDRESS = re.compile(r"\bhttps?://[^\s<>\"]+", re.IGNORECASE)
ENDS_A_SENTENCE = ".,:;!?'\"’”»…*_"
BRACKETS = {")": "(", "]": "[", "}": "{"}
LONGEST_ADDRESS = 2_000
STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")

is_web_address = URLValidator(schemes=["http", "https"])


def render_body(text: str) -> SafeString:
    """Paragraphs, each in its own direction, with web addresses as links; all else is text."""
    paragraphs = re.split(r"\n{2,}", text.strip("\n"))
    return format_html_join(
        "\n", '<p dir="auto">{}</p>', ((_render_paragraph(paragraph),) for paragraph in paragraphs)
    )


def _render_paragraph(text: str) -> SafeString:
    parts = []
    end = 0
    for match in ADDRESS.finditer(text):
        address = _without_punctuation(match.group())
        if href := _href(address):
            parts.append(escape(text[end : match.start()]))
            parts.append(
                format_html('<a href="{}" rel="nofollow ugc noopener">{}</a>', href, address)
            )
            end = match.start() + len(address)
    parts.append(escape(text[end:]))
    # Every part is escaped above.
    return mark_safe("".join(parts).replace("\n", "<br>\n"))  # noqa: S308


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


def _href(address: str) -> str | None:
    """The address as an attribute can hold it, or None where a link would break or mislead."""
    if len(address) > LONGEST_ADDRESS:
        return None
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
