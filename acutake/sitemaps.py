"""What search engines are shown: public pages only, each kind on pages of its own.

A page of the sitemap is a range of keys, or a slice of what the census counted: none is found by
passing over those before it, none is larger than `ENTRIES`, and the list of pages reads an index.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from django.db.models import Case, F, Max, Model, QuerySet, When
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from directory import census
from directory.landing import COUNTRY, INDEXED_FROM, all_states, is_indexed
from directory.models import CredentialKind, Place, Practitioner, Specialty
from directory.towns import has_page, town_url

# The protocol allows 50,000 (sitemaps.org); fewer keep a page below two megabytes.
ENTRIES = 10_000


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


class Few:
    """A section that fits on one page."""

    def __init__(self, entries: Callable[[], Iterable[Entry]]):
        self.made = entries

    def pages(self) -> Iterator[Page]:
        if any(True for _ in self.made()):
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
    for name in ("home", "about", "articles:list", "directory:states", "directory:specialties"):
        yield Entry(reverse(name))
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
    "practitioners": Rows(_practitioners, attrgetter("updated_at")),
    "specialties": Few(_specialties),
    "states": Few(_states),
    "towns": Towns(),
    "care": Care(),
    "others": Few(_others),
}
