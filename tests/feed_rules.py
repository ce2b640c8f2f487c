"""What RFC 4287 asks of a feed document, as a validator reads it, and RFC 4685 of replies.

Nothing here knows how the site writes its feeds. Section numbers are those of RFC 4287.
"""

import re
from collections import Counter
from datetime import datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
THREADS = "{http://purl.org/syndication/thread/1.0}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
COMMON = {XML_LANG, "{http://www.w3.org/XML/1998/namespace}base"}
# 3.3: RFC 3339 with a "T", and with a "Z" in capitals where there is no offset.
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
# RFC 4151, 2.1: the authority's name, a date, and what it names.
TAG = re.compile(r"tag:[a-z0-9.@_-]+,\d{4}(-\d\d(-\d\d)?)?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?%]+")
MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&.+^_-]+/[A-Za-z0-9!#$&.+^_-]+(;.*)?")
LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")

# 4.1.1 and 4.1.2: how often each child stands; those that are not named here may not.
ONCE = (1, 1)
AT_MOST_ONCE = (0, 1)
ANY = (0, 10**9)
FEED = {
    **dict.fromkeys(["id", "title", "updated"], ONCE),
    **dict.fromkeys(["generator", "icon", "logo", "rights", "subtitle"], AT_MOST_ONCE),
    **dict.fromkeys(["author", "category", "contributor", "link", "entry"], ANY),
}
ENTRY = {
    **dict.fromkeys(["id", "title", "updated"], ONCE),
    **dict.fromkeys(["content", "published", "rights", "source", "summary"], AT_MOST_ONCE),
    **dict.fromkeys(["author", "category", "contributor", "link"], ANY),
}
# 3.2
PERSON = {"name": ONCE, "uri": AT_MOST_ONCE, "email": AT_MOST_ONCE}
ATTRIBUTES = {
    **{name: {"type"} for name in ("title", "subtitle", "summary", "rights")},
    "content": {"type", "src"},
    "link": {"rel", "href", "type", "hreflang", "title", "length"},
    "category": {"term", "scheme", "label"},
    "in-reply-to": {"ref", "href", "type", "source"},
}
# What an entry's HTML may hold to be shown anywhere; a link or picture needs a whole address.
SAFE_TAGS = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "hr", "aside", "figure", "figcaption"),
    *("img", "details", "summary", "a", "br", "em", "strong", "sub", "sup"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
SAFE_ATTRIBUTES = {
    *("href", "src", "alt", "start", "dir", "rel"),
    *("colspan", "rowspan", "scope"),
}
SAFE_SCHEMES = {"http", "https", "mailto", "tel"}


def check_feed(content: bytes, *, served_at: str) -> ElementTree.Element:
    """The root of a feed that keeps every rule.

    `served_at` is the address that it was fetched from.
    """
    assert broken_rules(content, served_at=served_at) == []
    return ElementTree.fromstring(content)


def broken_rules(content: bytes, *, served_at: str) -> list[str]:
    """Every rule that the feed breaks, in words."""
    root = ElementTree.fromstring(content)
    found = _Findings()
    found.check(root.tag == f"{ATOM}feed", "1: the root is atom:feed")
    found.check(content.startswith(b'<?xml version="1.0" encoding="utf-8"?>'), "2: says UTF-8")
    for element in root.iter():
        _check_element(element, found)
    _check_children(root, FEED, found)
    _check_links(root, found, own=served_at)
    entries = root.findall(f"{ATOM}entry")
    for entry in entries:
        _check_entry(entry, root, found)
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    found.check(max(Counter(ids).values(), default=1) == 1, "4.1.1: no two entries with one id")
    found.check(root.findtext(f"{ATOM}id") not in ids, "4.2.6: the feed's id is its own")
    return found.broken


class _Findings:
    def __init__(self):
        self.broken: list[str] = []

    def check(self, holds: object, rule: str) -> None:
        if not holds:
            self.broken.append(rule)


def _check_element(element, found):
    """The rules of each element wherever it stands."""
    name = element.tag.rpartition("}")[2]
    known = element.tag.startswith(ATOM) or element.tag == f"{THREADS}in-reply-to"
    found.check(known, f"6: {element.tag} has a namespace that a reader knows")
    unknown = set(element.attrib) - COMMON - ATTRIBUTES.get(name, set())
    found.check(not unknown, f"{name} has no {unknown}")
    if name in {"author", "contributor"}:
        _check_children(element, PERSON, found)
    elif name in {"updated", "published"}:
        found.check(DATE.fullmatch(element.text or ""), f"3.3: {element.text} is a date")
    elif name == "id":
        found.check(_is_whole(element.text), f"4.2.6: {element.text} is a whole IRI")
    elif name == "uri":
        found.check(_is_whole(element.text), f"3.2.2: {element.text} is an IRI")
    elif name == "name":
        found.check((element.text or "").strip(), "3.2.1: a person has a name")
    elif name == "category":
        found.check(element.get("term"), "4.2.2.1: a category has a term")
    elif name in {"title", "subtitle", "summary", "rights", "content"}:
        _check_text(element, name, found)
    elif name == "in-reply-to":
        found.check(_is_whole(element.get("ref", "")), "RFC 4685, 3: ref is a whole IRI")
        found.check(_is_whole(element.get("href", "")), "RFC 4685, 3: href is whole")


def _check_children(element, allowed, found):
    """4.1: which children an element has, and how often."""
    counts = Counter(child.tag for child in element if child.tag.startswith(ATOM))
    for tag in counts:
        found.check(tag.removeprefix(ATOM) in allowed, f"{tag} may not stand in {element.tag}")
    for name, (least, most) in allowed.items():
        count = counts[f"{ATOM}{name}"]
        found.check(least <= count <= most, f"{element.tag} has {count} times {name}")
    words = "".join([element.text or "", *(child.tail or "" for child in element)]).strip()
    found.check(not words, f"{element.tag} holds no text of its own")


def _check_entry(entry, root, found):
    _check_children(entry, ENTRY, found)
    _check_links(entry, found)
    by = entry.findall(f"{ATOM}author") or root.findall(f"{ATOM}author")
    found.check(by, "4.1.2: an entry has an author, or its feed has")
    updated, published, feed_updated = (
        _moment(element, name)
        for element, name in ((entry, "updated"), (entry, "published"), (root, "updated"))
    )
    if updated and published:
        found.check(updated >= published, "an entry is not changed before it is published")
    if updated and feed_updated:
        found.check(feed_updated >= updated, "a feed is as new as its entries")


def _check_links(element, found, *, own=None):
    links = element.findall(f"{ATOM}link")
    kinds = [
        (link.get("rel", "alternate"), link.get("type"), link.get("hreflang")) for link in links
    ]
    found.check(len(kinds) == len(set(kinds)), "4.1.1: alternates differ in type or hreflang")
    relations = Counter(rel for rel, _, _ in kinds)
    found.check(relations["alternate"], "4.1.2: there is a page that it is of")
    if own is not None:
        addresses = [link.get("href") for link in links if link.get("rel") == "self"]
        found.check(addresses == [own], f"4.1.1: rel=self is where it was fetched, not {addresses}")
    for link in links:
        found.check(_is_whole(link.get("href", "")), f"4.2.7.1: {link.get('href')} is whole")
        type_, language = link.get("type"), link.get("hreflang")
        found.check(not type_ or MEDIA_TYPE.fullmatch(type_), f"4.2.7.3: {type_} is a media type")
        found.check(not language or LANGUAGE_TAG.fullmatch(language), "4.2.7.4: a language tag")


def _check_text(element, name, found):
    """3.1 and 4.1.3; what the site writes is text or HTML, inline."""
    type_ = element.get("type", "text")
    found.check(type_ in {"text", "html", "xhtml"}, f"3.1.1: {name} is text, html or xhtml")
    found.check(element.get("src") is None, "4.1.3.2: the content is inline")
    if type_ == "xhtml":
        tags = [child.tag for child in element]
        found.check(tags == ["{http://www.w3.org/1999/xhtml}div"], "3.1.1.3: xhtml is one div")
        return
    found.check(len(element) == 0, f"3.1.1: {name} of {type_} has no child elements")
    if name == "title":
        found.check((element.text or "").strip(), "4.2.14: a title says something")
    if type_ == "html":
        found.broken += SafeHtml.findings(element.text or "")


def _moment(element, name) -> datetime | None:
    text = element.findtext(f"{ATOM}{name}")
    return datetime.fromisoformat(text) if text else None


def _is_whole(address: str | None) -> bool:
    """4.2.6: an IRI with a scheme and without blanks; a tag is one by its own rules."""
    if not address or re.search(r'[\s<>"{}|\\^`]', address):
        return False
    if address.startswith("tag:"):
        return bool(TAG.fullmatch(address))
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


class SafeHtml(HTMLParser):
    """HTML that means the same in every program: closed, whole addresses, nothing that acts."""

    @classmethod
    def findings(cls, html: str) -> list[str]:
        """What is wrong with it, in words."""
        parser = cls(convert_charrefs=True)
        parser.broken, parser.open = [], []
        parser.feed(html)
        parser.close()
        return parser.broken + [f"8.1: <{tag}> is not closed" for tag in parser.open]

    def handle_starttag(self, tag, attrs):
        if tag not in SAFE_TAGS:
            self.broken.append(f"8.1: <{tag}> is not for a feed")
        if tag not in {"br", "hr", "img"}:
            self.open.append(tag)
        for name, value in attrs:
            if name not in SAFE_ATTRIBUTES:
                self.broken.append(f"8.1: {name} is not for a feed")
            if name in {"href", "src"} and urlsplit(value).scheme not in SAFE_SCHEMES:
                self.broken.append(f"3.1.1.2: {value} is not whole")
        if tag == "img" and "alt" not in dict(attrs):
            self.broken.append("a picture has words for who cannot see it")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.broken.append(f"8.1: </{tag}> closes nothing")
