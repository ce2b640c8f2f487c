"""What search engines are shown: public pages only, each kind on pages of its own.

A page of the sitemap is a range of keys, or a slice of what the census counted: none is found by
passing over those before it, none is larger than `ENTRIES`, and the list of pages reads an index.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter

from django.db.models import Case, F, Max, Model, QuerySet, When
from django.db.models.functions import Coalesce, Greatest, TruncMonth
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from articles.months import month_url, year_url
from directory import census
from directory.landing import COUNTRY, INDEXED_FROM, all_states, is_indexed
from directory.models import CredentialKind, Place, Practitioner, Specialty
from directory.towns import has_page, town_url

# The protocol allows 50,000 (sitemaps.org); fewer keep a page below two megabytes.
ENTRIES = 10_000
# Sections of archives, with the page that lists all of each.
ARCHIVES = {
    "tags": "articles:tags",
    "authors": "articles:authors",
    "about": "articles:specialties",
}


@dataclass(frozen=True)
class Page:
    """One page of a section, from 1 on, with the newest change on it where that is known."""

    number: int
    changed_at: datetime | date | None = None


@dataclass(frozen=True)
class Entry:
    """One address, without the site's own, with its last change where that is known."""

    path: str
    changed_at: datetime | date | None = None


class Rows:
    """Rows of a table, so many keys a page: what is missing between them makes a page shorter.

    `rows` are annotated with `changed`, for the list of pages; `changed_at` says the same of a row
    that was read. One query for the pages, a constant number for the entries of one.
    """

    def __init__(self, rows: Callable[[], QuerySet], changed_at: Callable[[Model], datetime]):
        self.rows, self.changed_at = rows, changed_at

    def pages(self) -> Iterator[Page]:
        counted = (
            self.rows().order_by().values(number=F("pk") / ENTRIES).annotate(latest=Max("changed"))
        )
        for row in counted.order_by("number"):
            yield Page(row["number"] + 1, row["latest"])

    def entries(self, number: int) -> Iterator[Entry]:
        first = (number - 1) * ENTRIES
        found = self.rows().filter(pk__gte=first, pk__lt=first + ENTRIES).order_by("pk")
        for row in found:
            yield Entry(row.get_absolute_url(), self.changed_at(row))


class Archives:
    """The lists of the articles that have something in one relation, such as a tag.

    Each is as new as the newest article on it. One query for the pages, one for the entries.
    """

    def __init__(self, relation: str, view: str):
        self.key, self.slug, self.view = f"{relation}__pk", f"{relation}__slug", view

    def rows(self, **keys: int) -> QuerySet:
        """The articles as readers get them, once for each that they have with one of the keys."""
        among = {f"{self.key}__{bound}": key for bound, key in keys.items()}
        return _versions().filter(**{f"{self.slug}__gt": ""}, **among).order_by()

    def pages(self) -> Iterator[Page]:
        counted = self.rows().values(number=F(self.key) / ENTRIES).annotate(latest=Max("changed"))
        for row in counted.order_by("number"):
            yield Page(row["number"] + 1, row["latest"])

    def entries(self, number: int) -> Iterator[Entry]:
        first = (number - 1) * ENTRIES
        found = self.rows(gte=first, lt=first + ENTRIES).values(self.key, self.slug)
        for row in found.annotate(latest=Max("changed")).order_by(self.key).iterator():
            yield Entry(reverse(self.view, args=[row[self.slug]]), row["latest"])


class Few:
    """A section that fits on one page, whose change is known when it is of each entry."""

    def __init__(self, entries: Callable[[], Iterable[Entry]], *, is_dated: bool = False):
        self.made, self.is_dated = entries, is_dated

    def pages(self) -> Iterator[Page]:
        first = next(iter(self.made()), None)
        if first and self.is_dated:
            yield Page(1, max(entry.changed_at for entry in self.made()))
        elif first:
            yield Page(1)

    def entries(self, number: int) -> Iterable[Entry]:
        return self.made() if number == 1 else ()


class Towns:
    """The pages of towns with enough people in them."""

    def keys(self) -> list[int]:
        counts = census.by_town(country_code=COUNTRY)
        return sorted(key for key, people in counts.items() if is_indexed(people))

    def pages(self) -> Iterator[Page]:
        return _pages_of(len(self.keys()))

    def entries(self, number: int) -> Iterator[Entry]:
        shown = self.keys()[_slice(number)]
        places = _places(shown)
        return (Entry(town_url(places[key])) for key in shown if key in places)


class Care:
    """The pages of a kind of care in a town that enough people offer there."""

    def pairs(self) -> tuple:
        return census.towns_with_specialties(country_code=COUNTRY, least=INDEXED_FROM)

    def pages(self) -> Iterator[Page]:
        return _pages_of(len(self.pairs()[0]))

    def entries(self, number: int) -> Iterator[Entry]:
        towns, bits = self.pairs()
        pairs = zip(towns[_slice(number)].tolist(), bits[_slice(number)].tolist(), strict=True)
        places = _places(set(towns[_slice(number)].tolist()))
        specialties = {specialty.bit: specialty for specialty in Specialty.objects.all()}
        return (
            Entry(town_url(places[town], specialties[bit]))
            for town, bit in pairs
            if town in places and bit in specialties
        )


def _articles() -> QuerySet:
    """Published articles with the last change that readers are told of."""
    at = timezone.now()
    is_out = When(next_version_at__lte=at, then=F("next_version_at"))
    changed = Greatest(
        "published_at",
        Coalesce("revised_at", "published_at"),
        Case(is_out, default=F("published_at")),
    )
    shown = ("slug", "revised_at", "published_at", "next_version_at")
    return Article.objects.published(at=at).annotate(changed=changed).only(*shown)


def _versions() -> QuerySet:
    """The rows whose words readers get, which have the tags and authors, with the same change."""
    published_at = Coalesce("next_of__published_at", "published_at")
    rows = Article.objects.published(at=timezone.now()).rows_shown()
    changed = Greatest(published_at, Coalesce("revised_at", published_at))
    return rows.annotate(changed=changed)


def _months() -> Iterator[Entry]:
    """Every year and every month in which something was published, the last first."""
    months = TruncMonth("published_at", tzinfo=timezone.get_current_timezone())
    dated = _articles().order_by().values(begins_at=months).annotate(latest=Max("changed"))
    found = dated.values_list("begins_at", "latest").order_by("-begins_at")
    for year, rows in groupby(found, key=lambda row: row[0].year):
        changes = list(rows)
        yield Entry(year_url(year), max(latest for _begins_at, latest in changes))
        yield from (Entry(month_url(begins_at), latest) for begins_at, latest in changes)


def _practitioners() -> QuerySet:
    listed = Practitioner.objects.listed().annotate(changed=F("updated_at"))
    return listed.only("slug", "updated_at")


def _specialties() -> Iterator[Entry]:
    counts = census.by_specialty()
    for specialty in Specialty.objects.all():
        if is_indexed(counts.get(specialty.bit, 0)):
            yield Entry(specialty.get_absolute_url())


def _states() -> Iterator[Entry]:
    yield from (Entry(state.url) for state in all_states() if is_indexed(state.count))


def _others() -> Iterator[Entry]:
    """Single pages. What the letters mean is as old as the newest look at a source."""
    for name in ("home", "about", "directory:states", "directory:specialties"):
        yield Entry(reverse(name))
    yield Entry(reverse("articles:list"), _articles().aggregate(latest=Max("changed"))["latest"])
    for name, view in ARCHIVES.items():
        latest = max((page.changed_at for page in SECTIONS[name].pages()), default=None)
        if latest:
            yield Entry(reverse(view), latest)
    looked_up_on = CredentialKind.objects.aggregate(latest=Max("looked_up_on"))["latest"]
    yield Entry(reverse("directory:letters"), looked_up_on)


def _pages_of(entries: int) -> Iterator[Page]:
    return (Page(number) for number in range(1, -(-entries // ENTRIES) + 1))


def _slice(number: int) -> slice:
    return slice((number - 1) * ENTRIES, number * ENTRIES)


def _places(keys: Iterable[int]) -> dict[int, Place]:
    """Those of the towns that have a page."""
    return {key: place for key, place in Place.objects.in_bulk(keys).items() if has_page(place)}


SECTIONS = {
    "articles": Rows(_articles, Article.changed_at),
    "tags": Archives("tags", "articles:tag"),
    "authors": Archives("authors", "articles:author"),
    "about": Archives("specialties", "articles:specialty"),
    "months": Few(_months, is_dated=True),
    "practitioners": Rows(_practitioners, attrgetter("updated_at")),
    "specialties": Few(_specialties),
    "states": Few(_states),
    "towns": Towns(),
    "care": Care(),
    "others": Few(_others),
}
