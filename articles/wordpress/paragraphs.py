"""Words, marks and line breaks as paragraphs and headings of HTML. Pure."""

import re
from dataclasses import dataclass
from html import escape

SPACE = re.compile(r"[ \t\r\n\f]+")
ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Mark:
    """What is open around words: a link or an emphasis. `source` is the element that began it; an
    empty `opening` shows nothing; `href` is where the old link led."""

    source: str
    opening: str
    closing: str
    href: str = ""


class Paragraphs:
    """A paragraph is begun by its first word and ended by what cannot stand in it, so there is none
    that is empty, and no block among another's words.

    In a caption there are no paragraphs: their ends are line breaks. `addresses` are those that
    stood alone in a paragraph, which WordPress showed as what they lead to.
    """

    def __init__(self, *, is_caption: bool = False):
        self.is_caption = is_caption
        self.parts: list[str] = []
        self.leaf = ""
        self.leaf_start = 0
        self.heading = ""
        self.marks: list[Mark] = []
        # How many of the marks are written in the paragraph that is open.
        self.written = 0
        self.breaks = 0
        self.preformatted = 0
        self.addresses: list[str] = []

    def result(self) -> str:
        self.end()
        if self.is_caption:
            self._close_marks(0)
        return "".join(self.parts).strip()

    def write(self, text: str) -> None:
        """Words as they stand between elements; white space is white space."""
        words = SPACE.sub(" ", text)
        if not self.leaf or self.breaks:
            words = words.lstrip(" ")
        if not words.strip() and (not self.leaf or not words):
            return
        if self.breaks > 1 and self.leaf == "p" and not self.preformatted:
            self.end()
        self._begin()
        if self.breaks and len(self.parts) > self.leaf_start:
            self.parts.append("<br>" * (self.breaks if self.preformatted else 1))
        self.breaks = 0
        for mark in self.marks[self.written :]:
            self.parts.append(mark.opening)
        self.written = len(self.marks)
        self.parts.append(escape(words, quote=False))

    def write_inside(self, html: str) -> None:
        """HTML that stands among the words."""
        self._begin()
        self.parts.append(html)

    def write_link(self, href: str, words: str) -> None:
        """In a paragraph of its own; words alone where there is no address."""
        link = f'<a href="{escape(href)}">{escape(words, quote=False)}</a>'
        self.write_block(f"<p>{link if href else escape(words, quote=False)}</p>")

    def write_block(self, html: str) -> None:
        """HTML that stands between paragraphs."""
        self.end()
        self.parts.append(html)

    def end(self) -> None:
        """Of the paragraph or heading, if one is open."""
        if self.is_caption:
            self.breaks = 1 if self.leaf else 0
            return
        if self.leaf:
            self._close_marks(0)
            self.parts[-1] = self.parts[-1].rstrip(" ")
            words = "".join(self.parts[self.leaf_start :]).strip()
            if self.leaf == "p" and ADDRESS.fullmatch(words) and "<" not in words:
                self.parts[self.leaf_start :] = [f'<a href="{words}">{words}</a>']
                self.addresses.append(words)
            self.parts.append(f"</{self.leaf}>")
        self.leaf, self.breaks = "", 0

    def begin_mark(self, mark: Mark) -> None:
        self.marks.append(mark)

    def end_mark(self, source: str) -> None:
        """The innermost one that the element began; those inside it go on after it."""
        places = [place for place, mark in enumerate(self.marks) if mark.source == source]
        if places:
            self._close_marks(places[-1])
            del self.marks[places[-1]]

    def link_around(self) -> str:
        """Where the link leads that is open; empty without one."""
        return next((mark.href for mark in self.marks if mark.source == "a"), "")

    def _begin(self) -> None:
        if not self.leaf:
            self.leaf, self.breaks, self.written = self.heading or "p", 0, 0
            if not self.is_caption:
                self.parts.append(f"<{self.leaf}>")
            self.leaf_start = len(self.parts)

    def _close_marks(self, kept: int) -> None:
        for mark in reversed(self.marks[kept : self.written]):
            self.parts.append(f"</{mark.closing}>" if mark.opening else "")
        self.written = min(self.written, kept)
