"""Turns a sanitized body into what a page shows. Takes only what `articles.html.sanitize` made."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.html import escape, strip_tags
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from articles.contents import Heading
from articles.figures import Figure, LargeAt, nowhere, render_figure
from articles.models import Image
from articles.notes import Notes
from articles.targets import Target, target_of

HEADINGS = frozenset({"h2", "h3", "h4"})
TABLES = frozenset({"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"})
VOID = frozenset({"br", "hr"})
IN_CAPTION = frozenset({"a", "em", "strong", "br", "sup", "sub"})
IN_NOTE = frozenset({"a", "em", "strong", "sub"})
# What stands apart from the text, by its `data-kind`, with its class on the page.
ASIDES = {"pullquote": "pullquote", "callout": "callout"}
# A table that is wider than the page is moved with the arrow keys, so it can have the focus.
TABLE_OPENS = '<div class="table" role="group" tabindex="0" aria-label="{}">'


class BodyRenderer(HTMLParser):
    """Feed it a sanitized body and `close` it; `result` is safe HTML.

    It gives headings ids, marks links that leave the site, leads links by number to `addresses`,
    numbers and lists the notes, puts in the figures, and lets wide tables scroll by themselves.
    `headings` and `figures` hold what it found of both, in the order of the body.
    """

    def __init__(
        self,
        images: dict[int, Image],
        addresses: dict[Target, str],
        *,
        first_figure: int = 1,
        large_at: LargeAt = nowhere,
        notes_on: str = "",
    ):
        """`notes_on` is the address of the page that lists the notes, where it is another one."""
        super().__init__(convert_charrefs=True)
        self.images = images
        self.addresses = addresses
        self.first_figure = first_figure
        self.large_at = large_at
        # A figure is put in by `result`: who wants the figures alone does not pay for their HTML.
        self.parts: list[str | Figure] = []
        self.headings: list[Heading] = []
        self.figures: list[Figure] = []
        self.taken: set[str] = set()
        self.heading: tuple[str, int, int] | None = None
        self.heading_depth = 0
        self.words: list[str] = []
        self.figure_depth = 0
        self.figure_image: Image | None = None
        self.caption: list[str] | None = None
        self.caption_depth = 0
        self.notes = Notes(notes_on)
        self.note: list[str] | None = None
        self.note_depth = 0
        # Whether each open link and aside is on the page, the innermost last.
        self.links: list[bool] = []
        self.links_around: list[bool] = []
        self.asides: list[bool] = []
        self.tables: list[bool] = []
        # A mark is a link itself, so it stands behind the link that it was written in.
        self.waiting_marks: list[str] = []

    def result(self) -> str:
        parts = (part if isinstance(part, str) else render_figure(part) for part in self.parts)
        return "".join(parts) + self.notes.render()

    def handle_starttag(self, tag, attrs):
        if self.note is not None or (tag == "sup" and "data-note" in dict(attrs)):
            self._start_in_note(tag, attrs)
        elif tag == "figure":
            self._begin_figure(dict(attrs))
        elif tag == "figcaption":
            self.caption_depth += self.figure_depth == 1
        elif self.figure_depth:
            if tag in IN_CAPTION and self._is_in_caption():
                self._open(tag, attrs)
        elif tag in HEADINGS:
            self._begin_heading(tag)
        else:
            self._open(tag, attrs)

    def handle_endtag(self, tag):
        if self.note is not None:
            self._end_in_note(tag)
        elif tag == "figure":
            self._end_figure()
        elif tag == "figcaption":
            self.caption_depth -= self.figure_depth == 1
        elif tag in VOID:
            return
        elif self.figure_depth:
            if tag in IN_CAPTION and self._is_in_caption():
                self._close(tag)
        elif tag in HEADINGS:
            self._end_heading()
        else:
            self._close(tag)

    def handle_data(self, data):
        if self.heading is not None and self.note is None:
            self.words.append(data)
        self._write(str(escape(data)))

    def _write(self, text: str) -> None:
        """To the note, the page or the caption; whatever else a figure holds is dropped."""
        if self.note is not None:
            self.note.append(text)
        elif self.figure_depth == 0:
            self.parts.append(text)
        elif self._is_in_caption():
            self.caption.append(text)

    def _is_in_caption(self) -> bool:
        """Of the outermost figure; what is nested in it is dropped."""
        return self.figure_depth == 1 and self.caption_depth > 0

    def _open(self, tag: str, attrs) -> None:
        if tag == "a":
            # No link stands in another one.
            attrs = None if any(self.links) else self._link_attributes(dict(attrs))
            self.links.append(attrs is not None)
            if attrs is None:
                return
        if tag == "aside":
            css_class = ASIDES.get(dict(attrs).get("data-kind"))
            self.asides.append(css_class is not None)
            if css_class is None:
                return
            attrs = [("class", css_class)]
        if tag in TABLES:
            # In a heading or a link there are only words.
            self.tables.append(self.heading is None and not any(self.links))
            if not self.tables[-1]:
                return
        if tag == "table":
            self._write(TABLE_OPENS.format(escape(_("Table"))))
        self._write(_start_tag(tag, attrs))

    def _close(self, tag: str) -> None:
        stacks = {"a": self.links, "aside": self.asides, **dict.fromkeys(TABLES, self.tables)}
        open_ones = stacks.get(tag)
        if not open_ones or open_ones.pop():
            self._write(f"</{tag}></div>" if tag == "table" else f"</{tag}>")
        if self.note is None and not self.links:
            self._write("".join(self.waiting_marks))
            self.waiting_marks.clear()

    def _link_attributes(self, attrs: dict[str, str | None]):
        """None where the link has a target that the public may not see."""
        target = target_of(attrs)
        if target is not None:
            address = self.addresses.get(target)
            return None if address is None else [("href", address)]
        href = attrs.get("href")
        if href is None:
            return []
        leaves = [("rel", "noopener noreferrer")] if _leaves_the_site(href) else []
        return [("href", href), *leaves]

    def _start_in_note(self, tag: str, attrs) -> None:
        if tag == "sup":
            self.note_depth += 1
            if self.note is None:
                self.note = []
                # Its links are set in the list at the end, outside of any that is open here.
                self.links_around, self.links = self.links, []
        elif tag in IN_NOTE:
            self._open(tag, attrs)
        else:
            self.note.append(" ")

    def _end_in_note(self, tag: str) -> None:
        if tag in IN_NOTE:
            self._close(tag)
        if tag != "sup":
            return
        self.note_depth -= 1
        if self.note_depth:
            return
        text, self.note = "".join(self.note), None
        self.links = self.links_around
        if self.figure_depth == 0 or (self._is_in_caption() and self.figure_image is not None):
            mark = self.notes.add(text)
            if self.links:
                self.waiting_marks.append(mark)
            else:
                self._write(mark)

    def _begin_heading(self, tag: str) -> None:
        """One within another is only words of it."""
        self.heading_depth += 1
        if self.heading_depth == 1:
            self.heading = (tag, len(self.parts), len(self.words))
            self.parts.append(f"<{tag}>")

    def _end_heading(self) -> None:
        """The prefix keeps a heading's id apart from those of the rest of the page. One of nothing
        is left out: it would be a stop without a name for whoever goes from heading to heading."""
        self.heading_depth -= 1
        if self.heading_depth:
            return
        (tag, index, first_word), self.heading = self.heading, None
        if _is_blank(self.parts[index:]):
            del self.parts[index:]
            return
        words = "".join(self.words[first_word:])
        name = f"section-{slugify(words)[:60].strip('-')}".rstrip("-")
        unique, number = name, 2
        while unique in self.taken:
            unique, number = f"{name}-{number}", number + 1
        self.taken.add(unique)
        self.headings.append(Heading(unique, int(tag[1]), " ".join(words.split())))
        self.parts[index] = f'<{tag} id="{unique}">'
        self.parts.append(f"</{tag}>")

    def _begin_figure(self, attrs: dict[str, str | None]) -> None:
        self.figure_depth += 1
        if self.figure_depth == 1:
            key = attrs.get("data-image")
            self.figure_image = self.images.get(int(key)) if key else None
            self.caption = []

    def _end_figure(self) -> None:
        self.figure_depth -= 1
        if self.figure_depth or self.figure_image is None:
            return
        # Safe: pieces of the sanitized body, escaped again on their way here.
        caption = mark_safe("".join(self.caption).strip())  # noqa: S308
        image, number = self.figure_image, self.first_figure + len(self.figures)
        figure = Figure(
            number,
            image,
            caption or image.caption,
            words_id=f"picture-{len(self.figures) + 1}-in-words",
            address=self.large_at(number, image),
        )
        self.figures.append(figure)
        self.parts.append(figure)


def _is_blank(parts: list[str | Figure]) -> bool:
    """Whether a reader would see nothing of it."""
    is_text = all(isinstance(part, str) for part in parts)
    return is_text and not strip_tags("".join(parts)).strip()


def _start_tag(tag: str, attrs) -> str:
    shown = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
    return f"<{tag}{shown}>"


def _leaves_the_site(href: str) -> bool:
    try:
        host = urlsplit(href).netloc
    except ValueError:
        return True
    return bool(host) and host != urlsplit(settings.SITE_URL).netloc
