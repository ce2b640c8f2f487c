"""Pictures and players as an old body shows them. Pure."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from articles.wordpress.paragraphs import Paragraphs
from articles.wordpress.pictures import is_picture

# What plays a film in a page, and the page that the film has of its own.
PLAYERS = (
    (
        re.compile(r"(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]+).*"),
        r"https://www.youtube.com/watch?v=\1",
    ),
    (re.compile(r"(?:https?:)?//player\.vimeo\.com/video/(\d+).*"), r"https://vimeo.com/\1"),
    (re.compile(r"^//"), "https://"),
)


@dataclass(frozen=True)
class Picture:
    """A picture as the old body shows it. `path` is None when the library will not have it."""

    path: str | None
    source: str
    words: str
    href: str
    number: str


@dataclass
class Figure:
    """An open figure: what it has so far. `caption` is being written, `words` is what it gave."""

    number: str = ""
    is_pull_quote: bool = False
    pictures: list[Picture] = field(default_factory=list)
    caption: Paragraphs | None = None
    words: str = ""


def player_address(href: str) -> str:
    """Where a reader sees what an embedded player would have shown."""
    for pattern, address in PLAYERS:
        href = pattern.sub(address, href)
    return href


def is_worth_keeping(href: str) -> bool:
    """Whether the link of a picture leads to more than the picture or its own page."""
    is_address = href.startswith(("http:", "https:", "/")) and "attachment_id=" not in href
    return is_address and not is_picture(_path(href))


def name_of(href: str) -> str:
    """An address as words: the name of a file, or the host."""
    if href.startswith("data:"):
        return "data:"
    name = _path(href).rstrip("/").rpartition("/")[2]
    return name if "." in name or not href.startswith("http") else href.split("/")[2]


def _path(href: str) -> str:
    try:
        return urlsplit(href).path
    except ValueError:
        return ""
