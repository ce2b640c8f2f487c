"""From an address to a point, and from a point to a place that can be typed.

By the site's own gazetteer: nothing is asked of anybody else.
"""

import math

from django.db.models import Q

from directory.gazetteer import resolve
from directory.geo import Point, distance_miles
from directory.models import Office, Place

# ZIP codes around one that say how closely they lie there, within half the sides of a box.
NEIGHBORS, NEIGHBORS_DEGREES = 6, 0.5
# Half the sides of the boxes in which a place near a point is looked for: a town, a wilderness.
BOXES_DEGREES = (0.15, 1.5)


def locate(office: Office) -> tuple[Point, str] | None:
    """The point of the office's postcode or else of its town, with the precision that has.

    None when the gazetteer is not sure of the town.
    """
    for text, precision in (
        (office.postcode, Office.Precision.POSTCODE),
        (f"{office.city}, {office.state_code}", Office.Precision.PLACE),
    ):
        place = resolve(text, near_country=office.country_code).place if text else None
        if place and _may_hold(place, office):
            return place.point, precision
    return None


def place_near(point: Point) -> Place | None:
    """The nearest ZIP code, or outside the US the nearest town; None where there is none at all.

    In the US towns share names within one state, and nobody may be sent to the wrong one. Three
    queries at most.
    """
    for half_degrees in BOXES_DEGREES:
        near = {
            key: distance_miles(point, Point(latitude, longitude))
            for key, latitude, longitude in Place.objects.filter(
                Q(kind=Place.Kind.POSTCODE) | Q(kind=Place.Kind.POPULATED) & ~Q(country_code="US"),
                in_box(point, half_degrees),
            ).values_list("pk", "latitude", "longitude")
        }
        if near:
            return Place.objects.get(pk=min(near, key=lambda key: (near[key], key)))
    return None


def breadth_miles(point: Point) -> float | None:
    """About how wide a ZIP code is whose middle is `point`; None where no others are near.

    As wide as the square that each of its nearest neighbors has for itself. One query.
    """
    others = Place.objects.filter(
        in_box(point, NEIGHBORS_DEGREES), kind=Place.Kind.POSTCODE
    ).values_list("latitude", "longitude")
    points = {Point(*other) for other in others} - {point}
    far = sorted(distance_miles(point, other) for other in points)
    if len(far) < NEIGHBORS:
        return None
    return math.sqrt(math.pi / NEIGHBORS) * far[NEIGHBORS - 1]


def in_box(point: Point, half_degrees: float) -> Q:
    """Places in a box at least as wide as it is high, on both sides of the date line."""
    nearer_pole = math.radians(abs(point.latitude) + half_degrees)
    half_width = half_degrees / max(math.cos(nearer_pole), 0.001)
    around = Q()
    for turn in (-360, 0, 360):
        west = point.longitude - half_width + turn
        around |= Q(longitude__range=(west, west + 2 * half_width))
    south = point.latitude - half_degrees
    return Q(latitude__range=(south, south + 2 * half_degrees)) & around


def _may_hold(place: Place, office: Office) -> bool:
    """A slip put right, or a town of that name elsewhere, is not where the office is."""
    is_same_state = (place.country_code, place.state_code) == (
        office.country_code,
        office.state_code,
    )
    return is_same_state and place.kind != Place.Kind.STATE
