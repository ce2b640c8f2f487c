"""Turns a sanitized body into what a page shows. Takes only what `articles.html.sanitize` made."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import slugify

from articles.models import Image
from articles.pictures import picture

HEADINGS = frozenset({"h2", "h3", "h4"})
VOID = frozenset({"br", "hr"})
IN_CAPTION = frozenset({"a", "em", "strong", "br"})


class BodyRenderer(HTMLParser):
    """Feed it a sanitized body and `close` it; `result` is safe HTML.

    It gives headings ids, marks links that leave the site, and puts in the figures.
    """

    def __init__(self, images: dict[int, Image]):
        super().__init__(convert_charrefs=True)
        self.images = images
        self.parts: list[str] = []
        self.taken: set[str] = set()
        self.heading: tuple[int, int] | None = None
        self.words: list[str] = []
        self.figure_depth = 0
        self.figure_image: Image | None = None
        self.caption: list[str] | None = None
        self.is_in_caption = False

    def result(self) -> str:
        return "".join(self.parts)

    def handle_starttag(self, tag, attrs):
        if tag == "figure":
            self._begin_figure(dict(attrs))
        elif tag == "figcaption":
            self.is_in_caption = self.figure_depth == 1
        elif self.figure_depth:
            if tag in IN_CAPTION:
                self._write(_start_tag(tag, attrs))
        elif tag in HEADINGS and self.heading is None:
            self.heading = (len(self.parts), len(self.words))
            self.parts.append(f"<{tag}>")
        else:
            self._write(_start_tag(tag, attrs))

    def handle_endtag(self, tag):
        if tag == "figure":
            self._end_figure()
        elif tag == "figcaption":
            self.is_in_caption = False
        elif tag in VOID or (self.figure_depth and tag not in IN_CAPTION):
            return
        else:
            if tag in HEADINGS and self.heading is not None:
                self._name_heading(tag)
            self._write(f"</{tag}>")

    def handle_data(self, data):
        if self.heading is not None:
            self.words.append(data)
        self._write(str(escape(data)))

    def _write(self, text: str) -> None:
        """To the page, or to the caption; what a figure holds beside its caption is dropped."""
        if self.figure_depth == 0:
            self.parts.append(text)
        elif self.is_in_caption and self.caption is not None:
            self.caption.append(text)

    def _name_heading(self, tag: str) -> None:
        """The prefix keeps a heading's id apart from those of the rest of the page."""
        index, first_word = self.heading
        name = f"section-{slugify(''.join(self.words[first_word:]))[:60].strip('-')}".rstrip("-")
        unique, number = name, 2
        while unique in self.taken:
            unique, number = f"{name}-{number}", number + 1
        self.taken.add(unique)
        self.parts[index] = f'<{tag} id="{unique}">'
        self.heading = None

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
        self.parts.append(
            render_to_string(
                "articles/_figure.html",
                {
                    "picture": picture(self.figure_image),
                    "caption": caption or self.figure_image.caption,
                },
            )
        )


def _start_tag(tag: str, attrs) -> str:
    shown = [(name, value or "") for name, value in attrs]
    if tag == "a" and _leaves_the_site(dict(shown).get("href", "")):
        shown.append(("rel", "noopener noreferrer"))
    return "".join(["<", tag, *(f' {name}="{escape(value)}"' for name, value in shown), ">"])


def _leaves_the_site(href: str) -> bool:
    try:
        host = urlsplit(href).netloc
    except ValueError:
        return True
    return bool(host) and host != urlsplit(settings.SITE_URL).netloc
