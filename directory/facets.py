"""Counts of what can be asked next: every facet without its own filter.

Everybody is counted once, also those who match at several offices. Between the filters all must
hold at the same office.
"""

from collections.abc import Iterable
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.candidates import Candidates, people_of
from directory.choices import Choice, Shelf
from directory.criteria import RADII_MILES, Cost, Criteria, Facet, Option
from directory.geo import squared_chord
from directory.matching import Matches


def facets_of(matches: Matches, shelves: Iterable[Shelf]) -> tuple[Facet, ...]:
    """The options of each shelf, counted among the candidates."""

    @cache
    def bits(parameter: str | None, column: str) -> list[int]:
        masks = matches.masks(column)[matches.all_but(parameter)]
        return matches.without(parameter).crowd.count_bits(masks)

    def counted(choice: Choice) -> Option:
        own = choice.parameter if choice.parameter in matches.held else None
        count = bits(own, choice.column)[choice.bit.bit_length() - 1]
        return Option(choice.parameter, choice.value, choice.label, count, choice.is_chosen)

    return tuple(
        Facet(shelf.name, shelf.label, tuple(map(counted, shelf.choices)), shelf.is_multiple)
        for shelf in shelves
    )


def costs_of(matches: Matches, facets: Iterable[Facet]) -> tuple[Cost, ...]:
    """How many there are without each filter that is set, named by what is chosen of it."""
    options = [option for facet in facets for option in facet.options if option.is_chosen]
    return tuple(
        Cost(
            parameter,
            ", ".join(option.label for option in options if option.parameter == parameter),
            people_of(matches.without(parameter)),
        )
        for parameter in matches.held
    )


def radius_facet(criteria: Criteria, matched: Candidates) -> Facet:
    """The people in each circle that is offered; `matched` must hold all of the widest one."""
    radii = radii_miles(criteria)
    chords = [squared_chord(radius) for radius in radii]
    options = tuple(
        Option(
            "radius",
            str(radius),
            ngettext("%(count)d mile", "%(count)d miles", radius) % {"count": radius},
            count,
            radius == criteria.radius_miles,
        )
        for radius, count in zip(
            radii, matched.crowd.count_within(matched.chord, chords), strict=True
        )
    )
    return Facet("radius", _("Within"), options, is_multiple=False)


def radii_miles(criteria: Criteria) -> list[int]:
    """The radii that are offered and the one that is asked for, ascending."""
    return sorted({*RADII_MILES, criteria.radius_miles})
