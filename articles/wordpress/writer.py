"""Writes a body of ours from well-formed HTML of WordPress. Pure."""

import re
from collections.abc import Callable, Mapping
from html import escape
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from articles.wordpress.figures import Figure, Picture, is_worth_keeping, name_of, player_address
from articles.wordpress.paragraphs import Mark, Paragraphs

HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
INLINE = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em", "dfn": "em"}
INLINE |= {"var": "em", "sub": "sub", "sup": "sup"}
CELLS = frozenset({"li", "th", "td"})
CONTAINERS = CELLS | {"table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "blockquote"}
KEPT_ATTRIBUTES = ("start", "colspan", "rowspan", "scope")
EMBEDS = frozenset({"iframe", "video", "audio", "source", "embed", "object"})
VOID = EMBEDS | {"br", "hr", "img"}
# Between words, where every other element begins a new line.
BETWEEN_WORDS = frozenset({"span", "q"})
TITLES = frozenset({"dt", "summary"})
# Of a gallery from before galleries were pictures in a picture.
GALLERY = re.compile(r"\bblocks-gallery-(?:grid|item)\b")
BLOCK = re.compile(r"\s*(/?)wp:([a-z][a-z0-9_/-]*).*?(/?)\s*", re.DOTALL)
# Blocks that show nothing themselves, or whose place is enough.
SILENT = frozenset({"more", "nextpage", "separator", "spacer", "footnotes"})


class BodyWriter(HTMLParser):
    """Feed it well-formed HTML, `close` it, and take `result` and `notes`.

    `picture` and `address` are those of `convert.Surroundings`; `footnotes` is HTML by id.
    """

    def __init__(
        self,
        *,
        picture: Callable[[str, str], str | None],
        address: Callable[[str], str | None],
        footnotes: Mapping[str, str],
    ):
        super().__init__(convert_charrefs=True)
        self.picture, self.address, self.footnotes = picture, address, footnotes
        self.pictures: list[str] = []
        self.page = Paragraphs()
        # Open containers, by the element they came from and the one that is written, if any.
        self.open: list[tuple[str, str]] = []
        self.figures: list[Figure] = []
        self.block_depth = 0
        self.skipping = 0
        self.missing: list[str] = []
        self.embedded: list[str] = []
        self.made: set[str] = set()
        self.anchors = 0
        self.old_links: list[str] = []

    @property
    def text(self) -> Paragraphs:
        """Where words go: the caption that is open, or the page."""
        return (self.figures and self.figures[-1].caption) or self.page

    def result(self) -> str:
        return self.page.result()

    def notes(self) -> list[str]:
        """What could not stay as it was."""
        told = (
            (_("Pictures that are not there became links: %s."), self.missing),
            (
                _("What came from other sites became links: %s."),
                self.embedded + self.page.addresses,
            ),
            (_("These blocks were made by WordPress and are left out: %s."), sorted(self.made)),
            (_("These links lead to pages that are not in the export: %s."), self.old_links),
        )
        lines = [text % ", ".join(dict.fromkeys(names)) for text, names in told if names]
        if self.anchors:
            lines.append(_("Links within the page became words: %d.") % self.anchors)
        return lines

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        if self.skipping:
            self.skipping += tag == "sup"
        elif tag in VOID:
            self._add_void(tag, attributes)
        elif tag == "figure":
            self._begin_figure(attributes)
        elif tag == "figcaption":
            self._begin_caption()
        elif tag in INLINE or tag == "a":
            self._begin_mark(tag, attributes)
        elif tag in CONTAINERS:
            self._begin_container(tag, attributes)
        elif tag not in BETWEEN_WORDS:
            self._begin_block(tag)

    def handle_endtag(self, tag):
        if self.skipping:
            self.skipping -= tag == "sup"
        elif tag == "figure":
            self._end_figure()
        elif tag == "figcaption":
            self._end_caption()
        elif tag in INLINE or tag == "a":
            self.text.end_mark(tag)
        elif tag in CONTAINERS:
            self._end_container(tag)
        elif tag not in BETWEEN_WORDS and tag not in VOID:
            self._end_block(tag)

    def handle_data(self, data):
        if self.skipping:
            return
        if self.text.preformatted:
            for number, line in enumerate(data.split("\n")):
                self.text.breaks += number > 0
                self.text.write(line)
        elif self.block_depth or self.text.heading or self.text.is_caption:
            self.text.write(data)
        else:
            self._write_classic(data)

    def handle_comment(self, data):
        """The border of a block."""
        if not (block := BLOCK.fullmatch(data)):
            return
        closes, name, is_empty = block.groups()
        if closes:
            self.block_depth = max(0, self.block_depth - 1)
        elif is_empty:
            if name not in SILENT:
                self.made.add(name)
        else:
            self.block_depth += 1
        self.text.end()

    def _write_classic(self, data: str) -> None:
        """As WordPress shows text that is not in blocks: an empty line ends a paragraph."""
        is_in_cell = any(tag in CELLS for tag, _shown in self.open)
        for number, paragraph in enumerate(re.split(r"\n[ \t\r]*\n\s*", data)):
            if number:
                self.page.end()
            if is_in_cell:
                self.page.write(paragraph)
                continue
            for place, line in enumerate(paragraph.split("\n")):
                if place:
                    self.page.breaks = max(self.page.breaks, 1)
                self.page.write(line)

    def _add_void(self, tag, attributes):
        if tag == "br":
            self.text.breaks += 1
        elif tag == "hr":
            self.text.write_block("" if self.text.is_caption else "<hr>")
        elif tag == "img":
            self._add_picture(attributes)
        else:
            self._embed(attributes)

    def _embed(self, attributes):
        href = attributes.get("src") or attributes.get("data") or ""
        href = player_address(href)
        if href.startswith(("http:", "https:")):
            self.embedded.append(href)
            self.page.write_link(href, attributes.get("title") or href)

    def _begin_block(self, tag):
        """A division, which only ends the paragraph before it, or a heading."""
        if not self.text.heading:
            self.text.end()
        if tag in HEADINGS and not self.text.is_caption:
            self.text.end()
            self.text.heading = HEADINGS[tag]
        self.text.preformatted += tag == "pre"
        if tag in TITLES:
            self.text.begin_mark(Mark(tag, "<strong>", "strong"))

    def _end_block(self, tag):
        if tag in HEADINGS:
            self.text.end()
            self.text.heading = ""
        elif not self.text.heading:
            self.text.end()
        self.text.preformatted = max(0, self.text.preformatted - (tag == "pre"))
        if tag in TITLES:
            self.text.end_mark(tag)

    def _begin_mark(self, tag, attributes):
        if tag == "sup" and "data-fn" in attributes:
            self.skipping = 1
            if words := self.footnotes.get(attributes["data-fn"]):
                self.text.write_inside(f'<sup data-note="">{words}</sup>')
        elif tag == "a":
            href = self._href(attributes.get("href", "").strip())
            opening = f'<a href="{escape(href)}">' if href else ""
            self.text.begin_mark(Mark(tag, opening, "a", attributes.get("href", "")))
        else:
            self.text.begin_mark(Mark(tag, f"<{INLINE[tag]}>", INLINE[tag]))

    def _href(self, href: str) -> str:
        """Where the link leads from now on; empty for one that leads nowhere."""
        if href.startswith("#"):
            self.anchors += len(href) > 1
            return ""
        found = self.address(href)
        if found == "":
            self.old_links.append(href)
        return found or ("" if href.startswith("data:") else href)

    def _begin_container(self, tag, attributes):
        self.text.end()
        is_alone = tag == "li" and not any(name in ("ul", "ol") for name, _shown in self.open)
        is_gallery = GALLERY.search(attributes.get("class", ""))
        is_hidden = is_alone or is_gallery or self.text.is_caption or self.text.heading
        self.open.append((tag, "" if is_hidden else tag))
        if not is_hidden:
            kept = [name for name in KEPT_ATTRIBUTES if name in attributes]
            shown = "".join(f' {name}="{escape(attributes[name])}"' for name in kept)
            self.page.write_block(f"<{tag}{shown}>")

    def _end_container(self, tag):
        self.text.end()
        if self.open and self.open[-1][0] == tag:
            _tag, shown = self.open.pop()
            self.page.write_block(f"</{shown}>" if shown else "")

    def _begin_figure(self, attributes):
        self.text.end()
        is_pull_quote = "wp-block-pullquote" in attributes.get("class", "")
        if is_pull_quote:
            self.page.write_block('<aside data-kind="pullquote">')
        self.figures.append(Figure(attributes.get("data-id", ""), is_pull_quote))

    def _end_figure(self):
        if not self.figures:
            return
        figure = self.figures.pop()
        if figure.is_pull_quote:
            self.page.write_block("</aside>")
        for place, picture in enumerate(figure.pictures, 1):
            is_last = place == len(figure.pictures)
            self._write_picture(picture, figure.words if is_last else "")
        if figure.words and not figure.pictures:
            self.page.write_block(f"<p>{figure.words}</p>")

    def _begin_caption(self):
        self.text.end()
        if self.figures and self.figures[-1].caption is None:
            self.figures[-1].caption = Paragraphs(is_caption=True)

    def _end_caption(self):
        if self.figures and self.figures[-1].caption is not None:
            figure = self.figures[-1]
            figure.words, figure.caption = f"{figure.words} {figure.caption.result()}".strip(), None
        self.text.end()

    def _add_picture(self, attributes):
        classes, words = attributes.get("class", ""), attributes.get("alt", "")
        if self.text.is_caption or re.search(r"\b(?:wp-smiley|emoji)\b", classes):
            self.text.write(words)
            return
        source = attributes.get("data-src") or attributes.get("src", "")
        marked = re.search(r"\bwp-image-(\d+)", classes)
        figure = self.figures[-1] if self.figures else None
        number = marked[1] if marked else attributes.get("data-id", "")
        number = number or (figure.number if figure else "")
        found = self.picture(source, number)
        picture = Picture(found, source, words, self.text.link_around(), number)
        if figure:
            figure.pictures.append(picture)
        else:
            self._write_picture(picture, "")

    def _write_picture(self, picture: Picture, caption: str) -> None:
        """Where the library will not have it: a link, and the caption in words."""
        if is_worth_keeping(picture.href):
            href = self.address(picture.href) or picture.href
            caption = f'{caption} <a href="{escape(href)}">{escape(name_of(href))}</a>'.strip()
        if picture.path is None:
            name = name_of(picture.source) or picture.number
            self.missing.append(name)
            is_address = picture.source.startswith(("http:", "https:"))
            words = _("Picture: %s") % (picture.words or name)
            self.page.write_link(picture.source if is_address else "", words)
            self.page.write_block(f"<p>{caption}</p>" if caption else "")
            return
        if picture.path not in self.pictures:
            self.pictures.append(picture.path)
        number = self.pictures.index(picture.path) + 1
        inside = f"<figcaption>{caption}</figcaption>" if caption else ""
        self.page.write_block(f'<figure data-image="{number}">{inside}</figure>')
