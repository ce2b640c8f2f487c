"""Towns of the United States as pages know them: their addresses, and the towns around them."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from directory.census import by_town
from directory.gazetteer import resolve
from directory.geo import Point, distance_miles
from directory.models import Place, Specialty
from directory.place_names import raw_words
from directory.snapshot import Snapshot

COUNTRY = "US"
# A town farther off is no neighbor, whatever the country between is like.
NEIGHBOR_MILES = 60
NEIGHBORS_SHOWN = 10
MILES_PER_DEGREE = 69.0


@dataclass(frozen=True)
class TownCount:
    """A town with the number of people who have an office there, and how far it is, if asked."""

    name: str
    url: str
    count: int
    distance_miles: float | None = None


def state_slug(town: Place) -> str:
    """The slug of the page of the state in which it is."""
    return "-".join(raw_words(town.state_name))


def town_slug(town: Place) -> str:
    """What names it within its state: "brooklyn", and "gurley-4065665" for a namesake there.

    Cut from the gazetteer's own slug, which is unique and stays from one edition to the next.
    """
    name, number = re.fullmatch(
        rf"(.*?)-{re.escape(state_slug(town))}((?:-\d+)?)", town.slug
    ).groups()
    return f"{name}{number}"


def town_url(town: Place, specialty: Specialty | None = None) -> str:
    """The address of its page, or of that about one kind of care there."""
    names = [state_slug(town), town_slug(town)]
    if specialty is None:
        return reverse("directory:town", args=names)
    return reverse("directory:town_specialty", args=[*names, specialty.slug])


def find_town(state: Place, slug: str) -> Place | None:
    """The town of a state with exactly this slug. One query."""
    name, number = re.fullmatch(r"(.*?)((?:-\d{6,})?)", slug).groups()
    whole = {f"{slug}-{state.slug}", f"{name}-{state.slug}{number}"}
    towns = Place.objects.filter(
        country_code=COUNTRY, kind=Place.Kind.POPULATED, state_code=state.state_code
    )
    return towns.filter(slug__in=whole).order_by("pk").first()


def town_meant(state: Place, slug: str) -> tuple[Place | None, bool]:
    """The town of the state that an address seems to mean, and whether only its spelling differs.

    As many queries as a search for a place takes.
    """
    found = resolve(f"{slug.replace('-', ' ')}, {state.name}")
    place = found.place
    if place is None or place.kind != Place.Kind.POPULATED:
        return None, False
    if (place.country_code, place.state_code) != (state.country_code, state.state_code):
        return None, False
    return place, slug == slug.lower() and not found.is_corrected


def largest_towns(
    counts: Mapping[int, int], *, limit: int, specialty: Specialty | None = None
) -> tuple[TownCount, ...]:
    """Those with the most people of `counts`, which has them by place. One query.

    They lead to the towns' pages, or to those about a specialty there.
    """
    chosen = sorted(counts, key=lambda key: (-counts[key], key))[:limit]
    places = Place.objects.in_bulk(chosen)
    return tuple(
        TownCount(
            places[key].name if specialty is None else places[key].label,
            town_url(places[key], specialty),
            counts[key],
        )
        for key in chosen
        if key in places and has_page(places[key])
    )


def towns_around(
    town: Place, *, specialty: Specialty | None = None, snapshot: Snapshot | None = None
) -> tuple[TownCount, ...]:
    """The nearest others with somebody in them who offers the specialty, if one is given.

    Nearest first. Two queries, and the census'.
    """
    near = dict(_within_reach(town))
    counts = by_town(places=near, bit=specialty and specialty.bit, snapshot=snapshot)
    chosen = sorted(counts, key=lambda key: (near[key], key))[:NEIGHBORS_SHOWN]
    places = Place.objects.in_bulk(chosen)
    return tuple(
        TownCount(
            _name_beside(town, places[key]),
            town_url(places[key], specialty),
            counts[key],
            near[key],
        )
        for key in chosen
        if has_page(places[key])
    )


def has_page(town: Place) -> bool:
    """Towns of the territories have none: these have no page to stand under."""
    return town.country_code == COUNTRY and bool(town.state_name)


def _within_reach(town: Place) -> Iterator[tuple[int, float]]:
    """The keys of all other towns near it, with their distances in miles."""
    for key, latitude, longitude in _in_box(town.point).values_list("pk", "latitude", "longitude"):
        miles = distance_miles(town.point, Point(latitude, longitude))
        if key != town.pk and miles <= NEIGHBOR_MILES:
            yield key, miles


def _name_beside(town: Place, other: Place) -> str:
    """Its name, with the state when that is another one."""
    return other.name if other.state_code == town.state_code else other.label


def _in_box(point: Point):
    """Towns of the country in a box around a point; a box over the date line ends at it."""
    high = NEIGHBOR_MILES / MILES_PER_DEGREE
    wide = high / max(math.cos(math.radians(abs(point.latitude) + high)), 0.01)
    return Place.objects.filter(
        kind=Place.Kind.POPULATED,
        country_code=COUNTRY,
        latitude__range=(point.latitude - high, point.latitude + high),
        longitude__range=(point.longitude - wide, point.longitude + wide),
    ).order_by()
