"""A rendered body as a feed can hold it: it stands alone, without this site's page around it."""

from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.utils.html import escape

from articles.body import TABLES

# What a program that reads feeds shows of itself. Everything else is for the page: classes and
# ids, which would clash with those of the next entry, files for other sizes of screen, and roles.
KEPT = frozenset(
    {
        *("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "hr", "aside"),
        *("figure", "figcaption", "img", "details", "summary", *TABLES),
        *("a", "br", "em", "strong", "sub", "sup"),
    }
)
KEPT_ATTRIBUTES = {
    "a": ("href",),
    "img": ("src", "alt"),
    "ol": ("start",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
}
ADDRESSES = frozenset({"href", "src"})
VOID = frozenset({"br", "hr", "img", "source"})
# What only leads from one place of the page to another.
FOR_THE_PAGE = frozenset({"button", "dialog", "nav"})


def feed_body(html: str, *, page_url: str) -> str:
    """The HTML of a feed's entry, of what `articles.html.render_body` made.

    Every address is whole: those of pictures and links, and that of a note, which leads to the
    note on the page at `page_url`, since the ids of many entries would meet in one window. The
    list of notes stands in the entry as well.
    """
    parser = _FeedBody(page_url)
    parser.feed(html)
    parser.close()
    return "".join(parser.parts)


@dataclass(frozen=True)
class _Open:
    """An element that is not closed yet. `written_as` is None where it is not written itself,
    `is_left_out` where nothing in it is either."""

    tag: str
    written_as: str | None
    is_left_out: bool


class _FeedBody(HTMLParser):
    """Collects what is kept, closed in order whatever comes in."""

    def __init__(self, page_url: str):
        super().__init__(convert_charrefs=True)
        self.page_url = page_url
        self.parts: list[str] = []
        self.open: list[_Open] = []

    def close(self):
        super().close()
        while self.open:
            self._close_innermost()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        is_left_out = self._is_left_out() or _is_for_the_page(tag, attributes)
        name = None if is_left_out else self._name(tag)
        if name:
            self.parts.append(self._start_tag(name, attributes))
        if tag not in VOID:
            self.open.append(_Open(tag, name, is_left_out))

    def handle_endtag(self, tag):
        if any(element.tag == tag for element in self.open):
            while self._close_innermost() != tag:
                pass

    def _close_innermost(self) -> str:
        element = self.open.pop()
        if element.written_as:
            self.parts.append(f"</{element.written_as}>")
        return element.tag

    def _is_left_out(self) -> bool:
        return bool(self.open) and self.open[-1].is_left_out

    def handle_data(self, data):
        if not self._is_left_out():
            self.parts.append(str(escape(data)))

    def _name(self, tag: str) -> str | None:
        """Without our stylesheet a caption and its credit stand apart as paragraphs."""
        if tag == "span" and any(element.tag == "figcaption" for element in self.open):
            return "p"
        return tag if tag in KEPT else None

    def _start_tag(self, tag: str, attributes: dict[str, str | None]) -> str:
        shown = ""
        for name in KEPT_ATTRIBUTES.get(tag, ()):
            value = attributes.get(name)
            if value is not None and name in ADDRESSES:
                value = self._whole(value)
            if value is not None:
                shown += f' {name}="{escape(value)}"'
        return f"<{tag}{shown}>"

    def _whole(self, address: str) -> str | None:
        """None for what is no address at all."""
        try:
            return urljoin(self.page_url, address)
        except ValueError:
            return None


def _is_for_the_page(tag: str, attributes: dict[str, str | None]) -> bool:
    is_hidden = "visually-hidden" in (attributes.get("class") or "").split()
    return is_hidden or tag in FOR_THE_PAGE or attributes.get("role") == "doc-backlink"
