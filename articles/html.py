"""The body of an article: what an editor may store, and what a reader gets from it."""

import math
import re
from datetime import datetime
from html.parser import HTMLParser

import nh3
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from articles.body import ASIDES, BodyRenderer
from articles.models import Image
from articles.targets import KINDS, public_addresses, targets_in

BLOCKS = frozenset({"p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "hr", "figure", "aside"})
TAGS = {*BLOCKS, "strong", "em", "a", "br", "figcaption", "sup", "sub"}
DATA_TARGETS = {f"data-{kind}" for kind in KINDS}
ATTRIBUTES = {
    "a": {"href", *DATA_TARGETS},
    "ol": {"start"},
    "figure": {"data-image"},
    "aside": {"data-kind"},
    # Without it, raised figures as in "10 m²"; with it, a note where it is referred to.
    "sup": {"data-note"},
}
# The text in these goes too: nobody meant it to be read.
DROPPED_WITH_CONTENT = {
    *("script", "style", "template", "iframe", "object", "noscript", "svg", "math"),
    *("title", "textarea", "select", "audio", "video", "canvas"),
}
URL_SCHEMES = {"http", "https", "mailto", "tel"}
NUMBER = re.compile(r"[1-9][0-9]{0,8}")
DATA_IMAGE = re.compile(r'<figure data-image="([0-9]+)">')

# Silent reading of English non-fiction: Brysbaert, Journal of Memory and Language 2019;109:104047.
WORDS_A_MINUTE = 238


def sanitize(html: str) -> str:
    """Only what an article's body may hold; safe to store, and unchanged by a second pass."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_filter_attribute,
        clean_content_tags=DROPPED_WITH_CONTENT,
        url_schemes=URL_SCHEMES,
        link_rel=None,
    )


def render_body(html: str, *, at: datetime | None = None) -> SafeString:
    """The body as a page shows it at the moment `at` (now): headings with ids, figures from the
    image library, links that follow their targets, notes numbered and listed.

    Two queries for any number of figures, one for the links to each kind of page, none without.
    A figure whose image is not in the library is left out.
    """
    clean = sanitize(html)
    addresses = public_addresses(targets_in(clean), at=at or timezone.now())
    renderer = BodyRenderer(images_of(clean), addresses)
    renderer.feed(clean)
    renderer.close()
    # Safe: everything in it passed `sanitize` above or comes from an autoescaped template.
    return mark_safe(renderer.result())  # noqa: S308


def images_of(html: str) -> dict[int, Image]:
    """The library's images that a body shows, by primary key; at most two queries."""
    keys = image_keys(html)
    return Image.objects.prefetch_related("renditions").in_bulk(keys) if keys else {}


def image_keys(html: str) -> list[int]:
    """The primary keys of the images that a sanitized body shows, in its order; no query."""
    return [int(key) for key in DATA_IMAGE.findall(html)]


def plain_text(html: str, *, with_notes: bool = True) -> str:
    """The words alone, captions included, blocks apart by a line break; the notes last."""
    parser = _PlainText()
    parser.feed(sanitize(html))
    parser.close()
    parts = [*parser.parts, *parser.notes] if with_notes else parser.parts
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def reading_minutes(word_count: int) -> int:
    """Whole minutes, at least one."""
    return max(1, math.ceil(word_count / WORDS_A_MINUTE))


def _filter_attribute(tag, name, value):
    if name in {"data-image", "start", *DATA_TARGETS}:
        return value if NUMBER.fullmatch(value) else None
    if name == "data-kind":
        return value if value in ASIDES else None
    if name == "data-note":
        return ""
    return value


class _PlainText(HTMLParser):
    """Collects text; a block and a line break begin a new line. Notes are collected apart."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = []
        self.notes = []
        self.note_depth = 0

    def handle_starttag(self, tag, attrs):
        if tag == "sup" and (self.note_depth or "data-note" in dict(attrs)):
            self.note_depth += 1
            self.notes.append("\n")
        elif tag in BLOCKS or tag in {"br", "figcaption"}:
            self.parts.append("\n")

    def handle_endtag(self, tag):
        if tag == "sup" and self.note_depth:
            self.note_depth -= 1
        elif tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data):
        target = self.notes if self.note_depth else self.parts
        target.append(data.replace("\n", " "))
