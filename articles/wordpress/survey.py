"""The first look over a whole export: is it sound, and what does it hold. Nothing is written."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import old_addresses
from articles.models import Article, ArticlePath, ImportedItem
from articles.publishing import RESERVED_SLUGS
from articles.wordpress.convert import plain
from articles.wordpress.pictures import OldPicture, Pictures, host_of
from articles.wordpress.records import Item, Person, Term
from articles.wordpress.wxr import Export

PAGES = ("articles", "skip")
# "" and "tag" are those of WXR 1.0.
TAXONOMIES = frozenset({"", "category", "tag", "post_tag"})
LONGEST_SLUG = 120
LONGEST_BASE = 100


@dataclass
class Survey:
    """What the rest of the import has to know before its first item.

    `source` names the old site, `base` is the path that it lived below. `slugs` are the addresses
    of articles to be, by key; `links` those by old address. `total` is the number of answers.
    """

    source: str = ""
    base: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    pictures: Pictures = field(default_factory=Pictures)
    slugs: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    reused: dict[str, str] = field(default_factory=dict)
    counts: Counter = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    loose_terms: dict[str, Term] = field(default_factory=dict)

    @property
    def unattached(self) -> list[OldPicture]:
        """Pictures of the old site that bodies show without an attachment."""
        return [picture for picture in self.pictures.by_path.values() if not picture.id]

    @property
    def total(self) -> int:
        items = self.counts["items"] + self.counts["comments"]
        return len(self.people) + len(self.terms) + len(self.unattached) + items


class Keys:
    """Names items in the order of the file: by their number, or by what they say where they have
    none, or share it with another."""

    def __init__(self):
        self.seen: dict[str, bytes] = {}

    def take(self, item: Item) -> tuple[str, bool]:
        """The key, and whether the very same item came before."""
        words = "\0".join((item.kind, item.guid, item.title, item.body))
        digest = hashlib.sha256(words.encode()).digest()[:12]
        key = item.id if is_number(item.id) else f"x{digest.hex()}"
        if self.seen.setdefault(key, digest) == digest:
            return key, self._is_again(key)
        other = f"{key}-{digest.hex()}"
        return other, self._is_again(other)

    def _is_again(self, key: str) -> bool:
        is_again = f"{key} taken" in self.seen
        self.seen[f"{key} taken"] = b""
        return is_again


def is_number(text: str) -> bool:
    """Whether it can be the number of a row of WordPress."""
    return text.isascii() and text.isdecimal() and len(text) < 20 and bool(text.strip("0"))


def survey(file: BinaryIO, *, pages: str = "articles") -> Survey:
    """Reads the whole file. Raises WxrError when it is broken, wherever that is."""
    file.seek(0)
    export = Export(file)
    found, keys, stubs = Survey(), Keys(), []
    for record in export:
        if isinstance(record, Person):
            found.people.setdefault(record.login, record)
        elif isinstance(record, Term):
            found.terms.append(record)
        else:
            _look_at(found, record, *keys.take(record), pages, stubs)
    site = urlsplit(export.site_url)
    found.base = old_addresses.write(site.path).rstrip("/")[:LONGEST_BASE]
    found.source = f"{host_of(export.site_url)}{found.base}"[:200]
    found.pictures.host = host_of(export.site_url)
    found.pictures.settle_uses()
    _add_terms_without_head(found)
    _plan_slugs(found, stubs)
    found.notes += _notes(found, export)
    return found


def makes_article(item: Item, *, pages: str) -> bool:
    return item.kind == "post" or (item.kind == "page" and pages == "articles")


def _look_at(found: Survey, item: Item, key: str, is_again: bool, pages: str, stubs: list) -> None:
    found.counts["items"] += 1
    found.counts[item.kind] += 1
    found.counts["comments"] += len(item.comments)
    found.counts["commenters' sites"] += sum(bool(one.url) for one in item.comments if not one.kind)
    if item.kind == "attachment":
        found.pictures.add(item)
    elif item.kind == "wp_block":
        found.reused[item.id] = item.body
    elif makes_article(item, pages=pages) and not is_again:
        found.pictures.note_uses(item)
        stubs.append((key, item.slug, item.title[:200], old_addresses.write(item.link)))
        if item.creator and item.creator not in found.people:
            found.people[item.creator] = Person(item.line, item.creator, "")
        for taxonomy, name in item.terms:
            if taxonomy in TAXONOMIES and name:
                found.loose_terms.setdefault(name.casefold(), Term(item.line, taxonomy, "", name))


def _add_terms_without_head(found: Survey) -> None:
    """Old exports, and those of a single kind, name their terms at the items only."""
    known = {term.name.casefold() for term in found.terms if term.taxonomy in TAXONOMIES}
    found.terms += [term for name, term in found.loose_terms.items() if name not in known]


def _plan_slugs(found: Survey, stubs: list[tuple[str, str, str, str]]) -> None:
    """Each article's address, decided before any is written: so links between them are right, and
    a run that goes on after another one decides alike."""
    imported = ImportedItem.objects.filter(
        source=found.source, kind=ImportedItem.Kind.ARTICLE, article__isnull=False
    )
    known = dict(imported.values_list("old_id", "article__slug"))
    taken = {*RESERVED_SLUGS, *Article.objects.values_list("slug", flat=True)}
    taken |= set(ArticlePath.objects.values_list("slug", flat=True))
    numbers: Counter[str] = Counter()
    for key, old_slug, title, path in stubs:
        slug = known.get(key)
        if slug is None:
            slug = _free(_slug_of(old_slug, title) or f"post-{key}", taken, numbers)
            taken.add(slug)
        found.slugs[key] = slug
        if path and path != "/":
            found.links.setdefault(path, f"/articles/{slug}/")
        if is_number(key):
            found.links.setdefault(f"{found.base or '/'}?p={key}", f"/articles/{slug}/")


def _slug_of(old_slug: str, title: str) -> str:
    name = unquote(old_slug).removesuffix("__trashed")
    return (slugify(name) or slugify(plain(title)))[:LONGEST_SLUG].strip("-")


def _free(slug: str, taken: set[str], numbers: Counter[str]) -> str:
    """The slug, or it with the lowest number that is free; `numbers` are those tried before."""
    free = slug
    while free in taken:
        numbers[slug] += 1
        free = f"{slug[: LONGEST_SLUG - 8]}-{numbers[slug] + 1}"
    return free


def _notes(found: Survey, export: Export) -> list[str]:
    notes = [_("WordPress export %(version)s of %(site)s.") % {
        "version": export.version, "site": export.site_url or "?"
    }]  # fmt: skip
    if export.strays:
        text = ngettext(
            "%d byte is no UTF-8 and was read as Windows-1252.",
            "%d bytes are no UTF-8 and were read as Windows-1252.",
            export.strays,
        )
        notes.append(text % export.strays)
    if export.controls:
        text = ngettext(
            "%d control character was left out.",
            "%d control characters were left out.",
            export.controls,
        )
        notes.append(text % export.controls)
    if count := found.counts["commenters' sites"]:
        text = ngettext(
            "%d comment names a website of its writer, which comments here do not show.",
            "%d comments name a website of their writers, which comments here do not show.",
            count,
        )
        notes.append(text % count)
    return notes
