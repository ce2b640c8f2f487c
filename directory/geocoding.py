"""From an address to a point, by the site's own gazetteer: nothing is asked of anybody else."""

from directory.gazetteer import resolve
from directory.geo import Point
from directory.models import Office, Place


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


def _may_hold(place: Place, office: Office) -> bool:
    """A slip put right, or a town of that name elsewhere, is not where the office is."""
    is_same_state = (place.country_code, place.state_code) == (
        office.country_code,
        office.state_code,
    )
    return is_same_state and place.kind != Place.Kind.STATE
