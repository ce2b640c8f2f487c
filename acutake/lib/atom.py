"""Atom feeds: what one holds, and how it is written (RFC 4287; replies by RFC 4685)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.conf import settings
from django.utils.feedgenerator import rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
NAMESPACE = "http://www.w3.org/2005/Atom"
THREADS = "http://purl.org/syndication/thread/1.0"
# Of a `tag:` address: a year in which the feeds' host was the site's already (RFC 4151, 2.1).
SINCE = "2026"
# All that XML 1.0 cannot hold in any form (section 2.2), and the controls that it advises against.
NO_XML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Person:
    """An author or a contributor; `url` is the page about that person, or empty."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Answered:
    """What an entry answers: the id of that entry, and the page where it stands."""

    id: str
    url: str


@dataclass(frozen=True)
class Entry:
    """One entry. `title` and `summary` are plain text, `content` is HTML with absolute addresses.

    Without summary or content the element is left out.
    """

    id: str
    title: str
    url: str
    published_at: datetime
    updated_at: datetime
    authors: Sequence[Person] = ()
    contributors: Sequence[Person] = ()
    categories: Sequence[str] = ()
    summary: str = ""
    content: str = ""
    answered: Answered | None = None


@dataclass(frozen=True)
class Feed:
    """A feed, which stands at `feed_url` and is of the page at `page_url`, by `author`.

    Every entry without an author of its own is by the feed's.
    """

    id: str
    title: str
    page_url: str
    feed_url: str
    author: Person
    updated_at: datetime
    entries: Sequence[Entry]


def make_id(name: str, *, on: str = SINCE) -> str:
    """For ever the same for the same name, whatever becomes of the site's address (RFC 4151).

    `on` is a day (or a year) on which the feeds' host was the site's already.
    """
    return f"tag:{settings.FEED_AUTHORITY},{on}:{name}"


def absolute(path: str) -> str:
    """The whole address of a path of this site."""
    return f"{settings.SITE_URL}{path}"


def write(feed: Feed) -> bytes:
    """The feed as XML. Characters that XML cannot hold are left out."""
    file = BytesIO()
    writer = _Writer(file, "utf-8", short_empty_elements=True)
    writer.startDocument()
    namespaces = {"xmlns": NAMESPACE}
    if any(entry.answered for entry in feed.entries):
        namespaces["xmlns:thr"] = THREADS
    writer.startElement("feed", {**namespaces, "xml:lang": settings.LANGUAGE_CODE})
    writer.element("id", feed.id)
    writer.element("title", feed.title)
    writer.element("updated", rfc3339_date(feed.updated_at))
    writer.link("alternate", feed.page_url, "text/html")
    writer.link("self", feed.feed_url, "application/atom+xml")
    writer.person("author", feed.author)
    for entry in feed.entries:
        _write_entry(writer, entry)
    writer.endElement("feed")
    writer.endDocument()
    return file.getvalue()


def _write_entry(writer: "_Writer", entry: Entry) -> None:
    writer.startElement("entry", {})
    writer.element("id", entry.id)
    writer.element("title", entry.title)
    writer.element("published", rfc3339_date(entry.published_at))
    writer.element("updated", rfc3339_date(entry.updated_at))
    writer.link("alternate", entry.url, "text/html")
    for name, people in (("author", entry.authors), ("contributor", entry.contributors)):
        for person in people:
            writer.person(name, person)
    for category in entry.categories:
        writer.element("category", None, {"term": category})
    if entry.answered:
        place = {"ref": entry.answered.id, "href": entry.answered.url, "type": "text/html"}
        writer.element("thr:in-reply-to", None, place)
    if entry.summary:
        writer.element("summary", entry.summary)
    if entry.content:
        writer.element("content", entry.content, {"type": "html"})
    writer.endElement("entry")


class _Writer(SimplerXMLGenerator):
    """Writes no character that would make the whole feed unreadable."""

    def characters(self, content):
        super().characters(NO_XML.sub("", content))

    def startElement(self, name, attrs):  # noqa: N802  SAX calls it so
        super().startElement(name, {key: NO_XML.sub("", value) for key, value in attrs.items()})

    def element(self, name: str, text: str | None, attributes: dict[str, str] | None = None):
        self.addQuickElement(name, text, attributes)

    def link(self, relation: str, url: str, type_: str):
        self.element("link", None, {"rel": relation, "href": url, "type": type_})

    def person(self, role: str, person: Person):
        self.startElement(role, {})
        self.element("name", person.name)
        if person.url:
            self.element("uri", person.url)
        self.endElement(role)
