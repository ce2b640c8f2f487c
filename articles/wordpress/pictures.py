"""The pictures of the old site, by every name that a body may call them. Asks nobody."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from articles.old_addresses import SMALLER
from articles.wordpress.records import Item

UPLOADS = "/wp-content/uploads/"
PICTURE_FILES = (
    ".jpg",
    ".jpeg",
    ".png",
    ".webp",
    ".avif",
    ".gif",
    ".bmp",
    ".tif",
    ".tiff",
    ".heic",
)
IMAGE_TAG = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
SOURCE = re.compile(r"""\bsrc\s*=\s*["']([^"']+)""", re.IGNORECASE)
NUMBER = re.compile(r"\bwp-image-(\d+)")
ALTERNATIVE = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
# PHP's serialization of what a camera or a picture agency has put into the file.
CREDIT = re.compile(r's:6:"credit";s:\d+:"([^"]*)"')
RIGHTS = re.compile(r's:9:"copyright";s:\d+:"([^"]*)"')
# Plugins that keep who made a picture: Media Credit, Image Source Control.
CREDIT_META = ("_media_credit", "isc_image_source", "_credit", "credit")


@dataclass(slots=True)
class OldPicture:
    """A picture by its path below wp-content/uploads, with what the old site knew about it.

    `line` is that of the attachment, or of the first article that shows it without one.
    """

    path: str
    url: str
    line: int = 0
    id: str = ""
    title: str = ""
    alt_text: str = ""
    caption: str = ""
    description: str = ""
    credit: str = ""
    rights: str = ""


@dataclass
class Pictures:
    """All of them. `host` is that of the old site, without www."""

    host: str = ""
    by_path: dict[str, OldPicture] = field(default_factory=dict)
    paths_by_id: dict[str, str] = field(default_factory=dict)
    paths_by_url: dict[str, str] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)

    def add(self, item: Item) -> OldPicture | None:
        """Take an attachment; None for one that is no picture, or has no file."""
        path = path_of_attachment(item)
        if not path or not is_picture(path):
            return None
        self.paths_by_id.setdefault(item.id, path)
        self.paths_by_url.setdefault(_bare(item.attachment_url), path)
        self.children.setdefault(item.parent, []).append(item.id)
        self.hosts.add(host_of(item.attachment_url))
        picture = self.by_path.setdefault(path, OldPicture(path, item.attachment_url))
        if not picture.id:
            _describe(picture, item)
        return picture

    def note_uses(self, item: Item) -> None:
        """Take the pictures that a body shows: alternatives that only stand there, and pictures of
        the old site that are no attachments."""
        for tag in IMAGE_TAG.findall(item.body):
            source, number = SOURCE.search(tag), NUMBER.search(tag)
            alternative = ALTERNATIVE.search(tag)
            words = (
                " ".join((alternative[1] or alternative[2] or "").split()) if alternative else ""
            )
            url = source[1] if source else ""
            self.uses.append((item.line, url, number[1] if number else "", words))

    uses: list[tuple[int, str, str, str]] = field(default_factory=list)

    def settle_uses(self) -> None:
        """When all attachments are known: give the uses to them, or make pictures of their own."""
        for line, url, number, words in self.uses:
            path = self.find(url, number) or self._path_on_site(url)
            if path is None:
                continue
            picture = self.by_path.setdefault(path, OldPicture(path, url, line=line))
            picture.alt_text = picture.alt_text or words
        self.uses.clear()

    def find(self, url: str, number: str = "") -> str | None:
        """The path of the picture that a body calls by address or by number."""
        if path := self.paths_by_id.get(number):
            return path
        if not url:
            return None
        for address in (_bare(url), SMALLER.sub("", _bare(url))):
            if path := self.paths_by_url.get(address):
                return path
        path = self._path_on_site(url)
        return path if path in self.by_path else None

    def _path_on_site(self, url: str) -> str | None:
        path = upload_path(url)
        host = host_of(url)
        if path is None or not is_picture(path) or host not in {"", self.host, *self.hosts}:
            return None
        smaller = SMALLER.sub("", path)
        return smaller if smaller in self.by_path or smaller == path else path


def path_of_attachment(item: Item) -> str:
    """Below wp-content/uploads; empty for an attachment without a file."""
    return (
        item.meta.get("_wp_attached_file", "").strip("/ ") or upload_path(item.attachment_url) or ""
    )


def upload_path(url: str) -> str | None:
    """What of an address stands below wp-content/uploads."""
    try:
        path = unquote(urlsplit(url.strip()).path)
    except ValueError:
        return None
    _before, found, rest = path.partition(UPLOADS)
    return rest.strip("/") or None if found else None


def is_picture(path: str) -> bool:
    return path.lower().endswith(PICTURE_FILES)


def host_of(url: str) -> str:
    """Without www and port; of an address that went through WordPress's own cache of pictures, the
    host that it came from. Empty for an address without one."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return "?"
    if re.fullmatch(r"i\d\.wp\.com", host):
        return parts.path.lstrip("/").partition("/")[0].removeprefix("www.")
    return host


def _bare(url: str) -> str:
    return re.sub(
        r"^(?:https?:)?//(?:www\.)?", "", url.strip().partition("?")[0], flags=re.IGNORECASE
    )


def _describe(picture: OldPicture, item: Item) -> None:
    about = item.meta.get("_wp_attachment_metadata", "")
    credit, rights = CREDIT.search(about), RIGHTS.search(about)
    named = next((item.meta[name] for name in CREDIT_META if item.meta.get(name)), "")
    picture.line, picture.id, picture.title = item.line, item.id, item.title
    picture.alt_text = item.meta.get("_wp_attachment_image_alt", "")
    picture.caption, picture.description = item.excerpt, item.body
    picture.credit = named or (credit[1] if credit else "")
    picture.rights = rights[1] if rights else ""
