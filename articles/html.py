"""The body of an article: what an editor may store, and what a reader gets from it."""

import math
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from html.parser import HTMLParser

import nh3
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from articles.body import ASIDES, TABLES, BodyRenderer
from articles.figures import LargeAt, nowhere
from articles.models import Image
from articles.targets import KINDS, Target, public_addresses, targets_in

BLOCKS = TABLES | {"p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "hr", "figure", "aside"}
TAGS = {*BLOCKS, "strong", "em", "a", "br", "figcaption", "sup", "sub"}
DATA_TARGETS = {f"data-{kind}" for kind in KINDS}
ATTRIBUTES = {
    "a": {"href", *DATA_TARGETS},
    "ol": {"start"},
    "figure": {"data-image"},
    "aside": {"data-kind"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
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
SPAN = re.compile(r"[1-9][0-9]?")
SCOPES = {"col", "row", "colgroup", "rowgroup"}
# What stands wrongly in a table is moved before it, which may take another pass to come to rest.
MOST_PASSES = 4
DATA_IMAGE = re.compile(r'<figure data-image="([0-9]+)">')

# Silent reading of English non-fiction: Brysbaert, Journal of Memory and Language 2019;109:104047.
WORDS_A_MINUTE = 238


def sanitize(html: str) -> str:
    """Only what an article's body may hold; safe to store, and unchanged by a second pass."""
    clean = rewrite_attributes(html, _filter_attribute)
    for _pass in range(MOST_PASSES if "<table" in clean else 0):
        before, clean = clean, rewrite_attributes(clean, _filter_attribute)
        if clean == before:
            break
    return clean


def rewrite_attributes(html: str, change: Callable[[str, str, str], str | None]) -> str:
    """A body with the tags of `sanitize` and each value that `change(tag, name, value)` gives for
    an attribute; None takes the attribute out. To be sanitized before it is stored."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=change,
        clean_content_tags=DROPPED_WITH_CONTENT,
        url_schemes=URL_SCHEMES,
        link_rel=None,
    )


def render_body(html: str, *, at: datetime | None = None) -> SafeString:
    """The body as a page shows it at the moment `at` (now): headings with ids, figures from the
    image library, links that follow their targets, notes numbered and listed.

    Two queries for any number of figures, one for the links to pages of the site, none without.
    A figure whose image is not in the library is left out.
    """
    # Safe: everything in it passed `sanitize` or comes from an autoescaped template.
    return mark_safe(read_body(html, at=at or timezone.now()).result())  # noqa: S308


def read_body(
    html: str,
    *,
    at: datetime,
    lead_image: Image | None = None,
    large_at: LargeAt = nowhere,
    notes_on: str = "",
) -> BodyRenderer:
    """The body, read in one pass: its headings, its figures, and its HTML in `result`.

    The queries of `render_body`; those for the figures fetch the renditions of `lead_image` too,
    which is figure 1 then. `large_at` says where a figure stands large, `notes_on` which page lists
    the notes, where it is another one.
    """
    clean = sanitize(html)
    renderer = BodyRenderer(
        images_of(clean, lead_image=lead_image),
        public_addresses(targets_in(clean), at=at),
        first_figure=1 if lead_image is None else 2,
        large_at=large_at,
        notes_on=notes_on,
    )
    renderer.feed(clean)
    renderer.close()
    return renderer


def render_bodies(bodies: Iterable[str], *, at: datetime) -> list[SafeString]:
    """Many bodies, each as `render_body` shows it; no more queries than for one."""
    clean = [sanitize(html) for html in bodies]
    everything = "".join(clean)
    images = images_of(everything)
    addresses = public_addresses(targets_in(everything), at=at)
    return [_render(html, images, addresses) for html in clean]


def _render(clean: str, images: dict[int, Image], addresses: dict[Target, str]) -> SafeString:
    renderer = BodyRenderer(images, addresses)
    renderer.feed(clean)
    renderer.close()
    # Safe: everything in it passed `sanitize` or comes from an autoescaped template.
    return mark_safe(renderer.result())  # noqa: S308


def images_of(html: str, *, lead_image: Image | None = None) -> dict[int, Image]:
    """The library's images that a body shows, by primary key, with their renditions, which
    `lead_image` gets as well; at most two queries."""
    keys = image_keys(html)
    images = Image.objects.in_bulk(keys) if keys else {}
    prefetch_related_objects([*filter(None, [lead_image]), *images.values()], "renditions")
    return images


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
    if name in {"colspan", "rowspan"}:
        return value if SPAN.fullmatch(value) else None
    if name == "scope":
        return value if value in SCOPES else None
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
