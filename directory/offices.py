"""What editors do with offices: describe one, move it, say when somebody is there."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from directory.geo import distance_miles
from directory.geocoding import breadth_miles, locate
from directory.hours_text import Span
from directory.models import Affiliation, Office, OpeningHours
from directory.place_names import key
from directory.wording import miles

ADDRESS = ("street", "city", "state_code", "postcode", "country_code")
# Points that somebody has set, or that came with the address from outside: they are not guessed.
GIVEN = frozenset({Office.Precision.ROOFTOP, Office.Precision.STREET})
# No ZIP code's or town's middle is farther from its edge, but for a few in Alaska.
FAR_MILES = 30


@transaction.atomic
def save_office(office: Office, *, has_moved: bool, is_pinned: bool = False) -> list[str]:
    """Save it with a point if one can be found, and return what an editor should know.

    `has_moved` says that the address is another one: a point from the gazetteer is then looked up
    anew, one that was given is kept. `is_pinned` says that an editor just set the point.
    """
    if is_pinned and office.point is not None:
        office.precision = Office.Precision.ROOFTOP
    located = locate(office)
    is_given = office.point is not None and office.precision in GIVEN
    if office.point is None or (has_moved and not is_given):
        office.latitude = office.longitude = None
        office.precision = ""
        if located:
            point, office.precision = located
            office.latitude, office.longitude = point.latitude, point.longitude
    office.save()
    return _notes(office, located, is_kept=has_moved and is_given and not is_pinned)


def _notes(office: Office, located, *, is_kept: bool) -> list[str]:
    if office.point is None:
        text = _(
            "The gazetteer does not know the town of %(office)s: give the point, or no search by "
            "place finds it."
        )
        return [text % {"office": office.name}]
    notes = []
    if is_kept:
        text = _(
            "%(office)s has another address, but its pin was set by hand and stayed: check it."
        )
        notes.append(text % {"office": office.name})
    far = distance_miles(office.point, located[0]) if located else 0
    if far > FAR_MILES:
        text = _("The pin of %(office)s is %(miles)d miles from %(town)s: is it right?")
        town = f"{office.city}, {office.state_code} {office.postcode}".strip()
        notes.append(text % {"office": office.name, "miles": round(far), "town": town})
    return notes


def point_words(office: Office) -> str:
    """How exact the point is. No query."""
    if office.point is None:
        return _("No point: no search by place finds this office.")
    if office.precision == Office.Precision.ROOFTOP:
        return _("Set to the house.")
    if office.precision == Office.Precision.STREET:
        return _("On its street.")
    if office.precision == Office.Precision.PLACE:
        return _("In the middle of %(city)s, %(state)s.") % {
            "city": office.city,
            "state": office.state_code,
        }
    if office.precision == Office.Precision.POSTCODE:
        is_zip = office.country_code == "US"
        text = _("In the middle of ZIP %s.") if is_zip else _("In the middle of postcode %s.")
        return text % office.postcode
    return _("Nobody wrote down how exact this point is.")


def breadth_words(office: Office) -> str:
    """About how far off the middle of its postcode may be; "" for other points. One query."""
    if office.point is None or office.precision != Office.Precision.POSTCODE:
        return ""
    breadth = breadth_miles(office.point)
    return _("That is about %(miles)s across.") % {"miles": miles(breadth)} if breadth else ""


def same_office(office: Office) -> Office | None:
    """The office of the directory that is described in `office`, if it is there already.

    It has that name in that town; street and postcode are the same where both are given.
    """
    there = Office.objects.filter(
        city__iexact=office.city, state_code=office.state_code, country_code=office.country_code
    )
    for other in there.filter(name__iexact=office.name).order_by("pk"):
        if all(
            not getattr(office, name)
            or not getattr(other, name)
            or key(getattr(office, name)) == key(getattr(other, name))
            for name in ("street", "postcode")
        ):
            return other
    return None


@transaction.atomic
def set_hours(affiliation: Affiliation, spans: Iterable[Span]) -> None:
    """Makes these the hours of one practitioner at one office; none means not stated."""
    affiliation.opening_hours.all().delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(affiliation=affiliation, weekday=day, opens_at=opens, closes_at=closes)
        for day, opens, closes in spans
    )


def people_at(offices: Iterable[Office]) -> list[int]:
    """The keys of those who work there, as a list: it outlives the offices."""
    keys = [office.pk for office in offices]
    rows = Affiliation.objects.filter(office_id__in=keys).order_by("practitioner_id")
    return list(rows.values_list("practitioner_id", flat=True).distinct())
