"""Which office a row is about, and what becomes of it and of the person's place in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from directory.importing.claims import Claim, Claims
from directory.importing.columns import OFFICE_IDENTITY, Part, Words
from directory.importing.known import (
    Facts,
    KnownAffiliation,
    KnownPerson,
    OfficeKey,
    office_key,
)
from directory.importing.locating import Address, Located
from directory.importing.rows import DEFAULT_COUNTRY, Problem, Row
from directory.models import Office

# Points that the gazetteer gave: a new address has a new one.
AUTOMATIC = frozenset({"", Office.Precision.POSTCODE, Office.Precision.PLACE})
ADDRESS = ("city", "state", "postcode", "country")
POINT = ("latitude", "longitude")
NEW_OFFICE: Facts = {
    **dict.fromkeys(("office_name", "street", "city", "state", "postcode"), ""),
    "country": DEFAULT_COUNTRY,
    "precision": "",
    "timezone": "",
    "latitude": None,
    "longitude": None,
    "is_step_free": None,
}
NEW_AFFILIATION: Facts = {"phone": "", "accepts_new_patients": None, "hours": ()}


class RefusedError(ValueError):
    """The row cannot be taken; `problem` says why and in which column."""

    def __init__(self, column: str, words: str):
        super().__init__(words)
        self.problem: Problem = column, words


@dataclass
class OfficePlan:
    """What becomes of one office and of one person's place in it.

    `office_pk` and `affiliation_pk` are None for what is new. `before` is what is known of the
    office, `said` what the row says, `office` and `facts` how both will be, and the changes how
    they differ from what is known. `claims` are names of the office.
    """

    row: int
    office_pk: int | None
    before: Facts
    office: Facts
    said: Facts
    key: OfficeKey
    claims: tuple[Claim, ...]
    affiliation_pk: int | None = None
    facts: Facts = field(default_factory=dict)
    office_changes: Facts = field(default_factory=dict)
    changes: Facts = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)

    @property
    def changed(self) -> tuple[str, ...]:
        """The columns to report; of a new place nothing but that it is new."""
        if self.affiliation_pk is None:
            return ()
        return (*self.office_changes, *self.changes)


@dataclass(frozen=True)
class KnownOffices:
    """What was read of the offices of a batch, by number and by name and address."""

    by_pk: dict[int, Facts]
    by_key: dict[OfficeKey, tuple[int, Facts]]


def wanted_key(row: Row) -> OfficeKey | None:
    """The office that a row names by its name and address; None when it does not."""
    if "office_name" not in row.values or "office_id" in row.values:
        return None
    return office_key({"country": DEFAULT_COUNTRY, **row.values})


def plan_office(
    row: Row, person: KnownPerson | None, known: KnownOffices, words: Words
) -> OfficePlan | None:
    """None when the row says nothing about an office. Raises RefusedError."""
    said = row.part(words, Part.OFFICE)
    affiliated = row.part(words, Part.AFFILIATION)
    if not said and not affiliated:
        return None
    office_id = said.pop("office_id", None)
    mine = person.affiliations if person else []
    place: KnownAffiliation | None = None
    if office_id is not None:
        place = next((one for one in mine if one.office_pk == office_id), None)
        if office_id not in known.by_pk:
            raise RefusedError("office_id", _("There is no office with this number."))
        pk, facts = office_id, known.by_pk[office_id]
    elif wanted := wanted_key(row):
        place = next((one for one in mine if office_key(one.office) == wanted), None)
        pk, facts = known.by_key.get(wanted, (None, NEW_OFFICE))
        if place:
            pk, facts = place.office_pk, place.office
    else:
        place = _only_one(mine)
        pk, facts = place.office_pk, place.office
    office = {**facts, **said}
    key = office_key(office)
    claims = (("office", *key), *((("office id", pk),) if pk else ()))
    plan = OfficePlan(row.number, pk, facts, office, said, key, claims)
    _fill_affiliation(plan, place, affiliated)
    return plan


def check_claims(plan: OfficePlan, claims: Claims) -> None:
    """Raises RefusedError where another row says otherwise about the same office."""
    for claim in plan.claims:
        if found := claims.contradiction(claim, plan.said):
            row, column = found
            raise RefusedError(column, _("Row %d says otherwise about the same office.") % row)
    renamed = claims.row_of(("former office", *plan.key))
    if plan.office_pk and not claims.row_of(_name_of(plan)):
        renamed = renamed or claims.row_of(("name of", plan.office_pk))
    if renamed:
        words = _("Row %d gives this office another name or address.") % renamed
        raise RefusedError("office_name", words)


def take_claims(plan: OfficePlan, claims: Claims) -> None:
    for claim in plan.claims:
        claims.take_office(claim, plan.said, row=plan.row)
    if plan.office_pk:
        claims.take([("name of", plan.office_pk), _name_of(plan)], row=plan.row)
        if (former := office_key(plan.before)) != plan.key:
            claims.take([("former office", *former)], row=plan.row)


def address_to_locate(plan: OfficePlan) -> Address | None:
    """The address whose point has to be looked up; None when the point is given or stays."""
    said, before = plan.said, plan.before
    if said.get("latitude") is not None:
        return None
    is_automatic = before["precision"] in AUTOMATIC
    if before["latitude"] is None or "latitude" in said or (_is_moved(plan) and is_automatic):
        return tuple(plan.office[name] for name in ADDRESS)
    return None


def settle_point(plan: OfficePlan, located: Mapping[Address, Located]) -> None:
    """Puts the point in its place, and notes what changes in the office."""
    office, before = plan.office, plan.before
    if address := address_to_locate(plan):
        at = located.get(address, (None, None, ""))
        office["latitude"], office["longitude"], office["precision"] = at
        if office["latitude"] is None:
            words = _("The gazetteer does not know this town: no search by place finds the office.")
            plan.notes.append(("city", words))
    elif "latitude" not in plan.said and _is_moved(plan):
        words = _("The address is new, and the point was set by hand: check it.")
        plan.notes.append(("latitude", words))
    elif "precision" not in plan.said and any(office[name] != before[name] for name in POINT):
        office["precision"] = Office.Precision.ROOFTOP.value
    plan.office_changes = {name: value for name, value in office.items() if value != before[name]}


def _is_moved(plan: OfficePlan) -> bool:
    return any(plan.office[name] != plan.before[name] for name in (*ADDRESS, "street"))


def _name_of(plan: OfficePlan) -> Claim:
    return ("name of", plan.office_pk, *plan.key)


def _fill_affiliation(plan: OfficePlan, place: KnownAffiliation | None, said: Facts) -> None:
    facts = place.facts if place else NEW_AFFILIATION
    plan.affiliation_pk = place.pk if place else None
    plan.facts = {**facts, **said}
    plan.changes = {name: value for name, value in said.items() if value != facts[name]}


def _only_one(places: list[KnownAffiliation]) -> KnownAffiliation:
    if len(places) == 1:
        return places[0]
    names = ", ".join(OFFICE_IDENTITY)
    raise RefusedError("office_name", _("Which office is meant? Fill in %s.") % names)
