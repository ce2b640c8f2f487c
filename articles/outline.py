"""What a body consists of, for whoever looks it over: headings, links, figures, words. Pure."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from articles.targets import Target, target_of

HEADINGS = {"h2": 2, "h3": 3, "h4": 4}
TEXT_BLOCKS = frozenset({"p", "li", "caption", "th", "td", *HEADINGS})


@dataclass(frozen=True)
class Heading:
    """`number` counts the headings of the body from 0, as for everything here."""

    number: int
    level: int
    text: str


@dataclass(frozen=True)
class Link:
    """A link to an address or to a target. In a note, `note` is the number of that note."""

    number: int
    text: str
    href: str
    target: Target | None
    note: int | None


@dataclass(frozen=True)
class Figure:
    """`image` is the primary key in the library, which need not exist; None where none is named."""

    number: int
    image: int | None


@dataclass
class Outline:
    """`paragraphs` are those that stand by themselves; `lines` all words, block by block.

    Neither holds a heading, a note or a caption; `lines` holds no pull quote.
    """

    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    pull_quotes: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def outline_of(html: str) -> Outline:
    """Takes only what `articles.html.sanitize` made."""
    parser = _OutlineParser()
    parser.feed(html)
    parser.close()
    return parser.outline


class _OutlineParser(HTMLParser):
    """Keeps a buffer for each open element whose words are wanted; words go into all of them."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.outline = Outline()
        self.open: list[tuple[str, dict, list[str]]] = []
        self.notes = 0

    def handle_starttag(self, tag, attrs):
        if tag == "br":
            self.handle_data(" ")
        elif tag == "figure":
            key = dict(attrs).get("data-image")
            figures = self.outline.figures
            figures.append(Figure(len(figures), int(key) if key else None))
        if tag not in ("br", "hr"):
            self.open.append((tag, dict(attrs), []))

    def handle_endtag(self, tag):
        if not self.open or tag in ("br", "hr"):
            return
        tag, attrs, words = self.open.pop()
        text = " ".join("".join(words).split())
        if tag == "sup" and "data-note" in attrs:
            self.notes += 1
        elif tag in HEADINGS:
            headings = self.outline.headings
            headings.append(Heading(len(headings), HEADINGS[tag], text))
        elif tag == "a":
            self._add_link(attrs, text)
        elif tag == "aside" and attrs.get("data-kind") == "pullquote":
            self.outline.pull_quotes.append(text)
        elif tag in TEXT_BLOCKS:
            self._add_text(tag, text)

    def handle_data(self, data):
        """Words belong to all that is open around them, but to one block and to one note only."""
        is_in_block = False
        for tag, attrs, words in reversed(self.open):
            if tag not in TEXT_BLOCKS or not is_in_block:
                words.append(data)
            is_in_block = is_in_block or tag in TEXT_BLOCKS
            if "data-note" in attrs:
                break

    def _add_link(self, attrs: dict, text: str) -> None:
        target, href = target_of(attrs), attrs.get("href")
        if target is None and href is None:
            return
        is_in_note = any("data-note" in other for _tag, other, _words in self.open)
        number = sum(link.note is None for link in self.outline.links)
        note = self.notes if is_in_note else None
        self.outline.links.append(Link(number, text, href or "", target, note))

    def _add_text(self, tag: str, text: str) -> None:
        kinds = [attrs.get("data-kind") for _tag, attrs, _words in self.open]
        if tag == "p" and not kinds:
            self.outline.paragraphs.append(text)
        if text and "pullquote" not in kinds:
            self.outline.lines.append(text)
