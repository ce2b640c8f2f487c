"""The body of a WordPress post, of blocks or from before them, as a body of ours.

Nothing in it is loaded from outside: what was embedded becomes a link. What cannot be kept as it
was is said in a note. Pure.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import nh3
from django.utils.translation import gettext as _

from articles.html import DROPPED_WITH_CONTENT, sanitize
from articles.wordpress.shortcodes import expand
from articles.wordpress.writer import CONTAINERS, EMBEDS, HEADINGS, INLINE, VOID, BodyWriter

REUSED = re.compile(r'<!--\s+wp:block\s+\{[^{}]*"ref":\s*(\d+)[^{}]*\}\s+/-->')
DEEPEST_REUSE = 3
# Everything that the writer looks at; the rest is words.
TAGS = frozenset(
    {
        *(
            "p",
            "div",
            "section",
            "article",
            "center",
            "address",
            "header",
            "footer",
            "main",
            "form",
        ),
        *("fieldset", "details", "summary", "dl", "dt", "dd", "pre", "figure", "figcaption", "a"),
        *("caption", "q", *HEADINGS, *INLINE, *CONTAINERS, *VOID),
    }
)
ATTRIBUTES = {
    "*": {"class"},
    "a": {"href"},
    "img": {"src", "data-src", "alt", "data-id", "width", "height"},
    "figure": {"data-id"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "sup": {"data-fn"},
    **{tag: {"src", "data", "title"} for tag in EMBEDS},
}
URL_SCHEMES = {"http", "https", "mailto", "tel", "data"}
EMAIL = re.compile(r"([^\s@<>()]+)@[^\s@<>()]+")
LOST = re.compile(r"<(script|style|form|input|select|textarea|svg|canvas|map)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Surroundings:
    """What a body is told of the rest of the export.

    `picture` gives the path of a picture that the library will have, by address and number;
    `address` the new address of a link into the old site, None for any other; `reused` are the
    bodies of reusable blocks by id; `children` the ids of the post's own attachments.
    """

    picture: Callable[[str, str], str | None]
    address: Callable[[str], str | None]
    reused: Mapping[str, str] = field(default_factory=dict)
    children: Sequence[str] = ()
    footnotes: str = ""


@dataclass(frozen=True)
class Body:
    """A body that passes the editors' allowlist.

    A picture of `pictures` (paths) is called by its place among them, from 1: the library's own
    numbers are set by `with_keys`.
    """

    html: str
    pictures: tuple[str, ...]
    notes: tuple[str, ...]


def convert(text: str, around: Surroundings) -> Body:
    """Every word of it, as far as a reader could see them."""
    text, notes = _with_reused(text, around.reused), []
    text, unknown = expand(text, children=around.children)
    if unknown:
        names = ", ".join(f"[{name}]" for name in unknown)
        notes.append(_("Nobody here knows these, so they stay as they are: %s.") % names)
    if lost := sorted({name.lower() for name in LOST.findall(text)}):
        notes.append(_("These were left out: %s.") % ", ".join(f"<{name}>" for name in lost))
    writer = BodyWriter(
        picture=around.picture, address=around.address, footnotes=_footnotes(around.footnotes)
    )
    # Well-formed from here on, whatever it was.
    writer.feed(_tidy(text))
    writer.close()
    html = sanitize(writer.result())
    return Body(html, tuple(writer.pictures), (*notes, *writer.notes()))


def with_keys(html: str, keys: Sequence[int]) -> str:
    """The body with the library's numbers; `keys` are in the order of `Body.pictures`."""
    return re.sub(
        r'<figure data-image="(\d+)">',
        lambda match: f'<figure data-image="{keys[int(match[1]) - 1]}">',
        html,
    )


def plain(html: str) -> str:
    """The words of a title, an excerpt or a caption."""
    bare = nh3.clean(html, tags=set(), clean_content_tags={"script", "style"})
    return " ".join(re.sub(r"&(?:amp|lt|gt|nbsp);", _unescape, bare).replace("\xa0", " ").split())


def person_name(text: str) -> str:
    """A name as it may be shown: of an e-mail address only what stands before the @."""
    return " ".join(EMAIL.sub(r"\1", plain(text)).split())


def _unescape(match: re.Match) -> str:
    return {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " "}[match[0]]


def _tidy(text: str) -> str:
    return nh3.clean(
        text,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        clean_content_tags=DROPPED_WITH_CONTENT - TAGS,
        url_schemes=URL_SCHEMES,
        link_rel=None,
        strip_comments=False,
    )


def _with_reused(text: str, reused: Mapping[str, str]) -> str:
    for _depth in range(DEEPEST_REUSE):
        if not reused or not REUSED.search(text):
            break
        text = REUSED.sub(lambda match: reused.get(match[1], match[0]), text)
    return text


def _footnotes(text: str) -> dict[str, str]:
    """The notes of a post by id, from what WordPress keeps beside it."""
    try:
        notes = json.loads(text) if text else []
    except ValueError:
        return {}
    pairs = [note for note in notes if isinstance(note, dict)] if isinstance(notes, list) else []
    tags = {"a", "em", "strong"}
    return {
        str(note.get("id")): nh3.clean(str(note.get("content", "")), tags=tags, link_rel=None)
        for note in pairs
    }
