"""Practitioners by the words of their listing, for the search over the whole site."""

from collections.abc import Collection, Sequence

from django.db.models import QuerySet

from acutake.lib.fulltext import best_first, having
from acutake.lib.terms import Query
from directory.models import Practitioner, PractitionerTerms
from directory.phrases import words

# The levels at which `directory.search_index` writes: name, offices, statement.
LEVELS = "abc"


def find_practitioners(query: Query, *, limit: int) -> list[int]:
    """The keys of those listed who have all the words, best first, one more than `limit` at most.

    Who has them in the name comes first, of these whose name says least else; then who has them in
    an office or its town, then in the statement; each by name. At most seven queries.
    """
    if not query.terms:
        return []

    def find(level: str) -> Sequence[int]:
        return _having(query, level, limit=limit).values_list("pk", flat=True)[: limit + 1]

    found = best_first(find, levels=LEVELS, limit=limit)
    names = dict(Practitioner.objects.filter(pk__in=found).values_list("pk", "name"))

    def order(key: int) -> tuple:
        name = words(names[key])
        return found[key], len(name), name, key

    return sorted(names, key=order)


def count_practitioners(query: Query, *, limit: int) -> int:
    """How many of those listed have all the words, `limit` when it is more. One query."""
    return _having(query, LEVELS[-1], limit=limit)[:limit].count()


def practitioners_in_order(keys: Collection[int]) -> list[Practitioner]:
    """Those listed of `keys` with what a line about each shows. Three queries."""
    people = Practitioner.objects.listed().filter(pk__in=keys)
    found = people.prefetch_related("specialties", "affiliations__office").in_bulk()
    return [found[key] for key in keys if key in found]


def _having(query: Query, level: str, *, limit: int) -> QuerySet[Practitioner]:
    # In one order in every database, whatever its collation.
    people = Practitioner.objects.listed().order_by("pk")
    return having(people, PractitionerTerms, query.at(level), limit=limit)
