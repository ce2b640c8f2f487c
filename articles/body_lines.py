"""A body as lines that an editor can read and compare: no tags, but all that they mean."""

from collections.abc import Mapping
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from articles.html import BLOCKS, sanitize

SIGNS = {"strong": "*", "em": "_"}
BREAKS = BLOCKS | {"br", "figcaption"}


def body_lines(html: str, *, images: Mapping[int, str]) -> list[str]:
    """One line for each block. `images` are the titles of the library's, by primary key."""
    reader = _LineReader(images)
    reader.feed(sanitize(html))
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return [line for line in lines if line]


class _LineReader(HTMLParser):
    def __init__(self, images: Mapping[int, str]):
        super().__init__(convert_charrefs=True)
        self.images = images
        self.parts: list[str] = []
        self.targets: list[str] = []
        self.sups: list[str] = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in BREAKS:
            self.parts.append("\n" + self._opening(tag, attributes))
        elif tag == "a":
            self.targets.append(_target(attributes))
        elif tag == "sup" and "data-note" in attributes:
            self.parts.append(_(" [Note: "))
            self.sups.append("] ")
        elif tag == "sup":
            self.sups.append("")
        self.parts.append(SIGNS.get(tag, ""))

    def handle_endtag(self, tag):
        self.parts.append(SIGNS.get(tag, ""))
        if tag in BREAKS:
            self.parts.append("\n")
        elif tag == "a" and self.targets:
            self.parts.append(f" ({self.targets.pop()})")
        elif tag == "sup" and self.sups:
            self.parts.append(self.sups.pop())

    def handle_data(self, data):
        self.parts.append(data.replace("\n", " "))

    def _opening(self, tag: str, attributes: dict) -> str:
        if tag in {"h2", "h3", "h4"}:
            return _("Heading %(level)s: ") % {"level": tag[1]}
        if tag == "figure":
            key = int(attributes.get("data-image") or 0)
            title = self.images.get(key) or _("number %(number)s") % {"number": key}
            return _("Picture: %(title)s") % {"title": title} + "\n"
        words = {"li": "• ", "blockquote": _("Quotation:"), "hr": "———", "aside": _("Set apart:")}
        return words.get(tag, "") + ("\n" if tag in {"blockquote", "hr", "aside"} else "")


def _target(attributes: dict) -> str:
    """Where a link leads, in words that show a change of it."""
    names = {"data-article": _("article"), "data-practitioner": _("practitioner")}
    names["data-specialty"] = _("specialty")
    for name, words in names.items():
        if name in attributes:
            return f"{words} {attributes[name]}"
    return attributes.get("href") or ""
