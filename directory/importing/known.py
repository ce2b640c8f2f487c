"""What the database holds of a batch, as the values that cells have."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from acutake.lib.text import fold
from directory.importing.columns import Value, Words
from directory.importing.rows import Identity
from directory.letters import meanings
from directory.models import (
    Affiliation,
    Credential,
    Insurer,
    Language,
    License,
    Office,
    OpeningHours,
    Place,
    Practitioner,
    PractitionerPath,
    Specialty,
    SpecialtyPath,
)

Facts = dict[str, Value]
OfficeKey = tuple[str, ...]
# Columns whose value stands in a field of the same name, but for these.
FIELDS = {"office_name": "name", "state": "state_code", "country": "country_code"}
PERSON_FIELDS = (
    *("reference", "slug", "npi", "name", "letters", "listing", "statement"),
    *("first_visit_fee_usd", "follow_up_fee_usd", "has_sliding_scale", "offers_telehealth"),
    *("offers_home_visits", "email", "website", "booking_url", "confirmed_on"),
)
OFFICE_FIELDS = (
    *("office_name", "street", "city", "state", "postcode", "country", "latitude", "longitude"),
    *("precision", "timezone", "is_step_free"),
)
AFFILIATION_FIELDS = ("phone", "accepts_new_patients")
RELATIONS = {
    "specialties": (Practitioner.specialties.through, "specialty_id"),
    "languages": (Practitioner.languages.through, "language_id"),
    "insurers": (Practitioner.insurers.through, "insurer_id"),
}


@dataclass
class KnownAffiliation:
    """One practitioner at one office, with the facts of that office."""

    pk: int
    office_pk: int
    office: Facts
    facts: Facts


@dataclass
class KnownPerson:
    """One practitioner with the offices in the order in which they were added."""

    pk: int
    facts: Facts
    affiliations: list[KnownAffiliation] = field(default_factory=list)


def load_words(*, today: date) -> Words:
    """The lists that cells name things of, specialties by their old slugs too. Six queries."""
    lists, labels = {}, {}
    for name, model, key in (
        ("specialties", Specialty, "slug"),
        ("languages", Language, "code"),
        ("insurers", Insurer, "slug"),
    ):
        rows = list(model.objects.order_by("pk").values_list("pk", key, "name"))
        labels[name] = {pk: code for pk, code, _label in rows}
        lists[name] = {fold(label): pk for pk, _code, label in rows}
        lists[name] |= {fold(code): pk for pk, code, _label in rows}
    old = dict(SpecialtyPath.objects.values_list("slug", "specialty_id"))
    lists["specialties"] = old | lists["specialties"]
    return Words(
        **lists,
        specialty_labels=labels["specialties"],
        language_labels=labels["languages"],
        insurer_labels=labels["insurers"],
        states=_states(),
        kinds={spelling: kind.pk for spelling, kind in meanings().items()},
        today=today,
    )


def lock_people(keys: Collection[int]) -> None:
    """Lets no other change these people until the end of the transaction."""
    people = Practitioner.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    list(people.values_list("pk"))


def read_people(keys: Collection[int]) -> dict[int, KnownPerson]:
    """Those with these primary keys. Eight queries."""
    rows = Practitioner.objects.filter(pk__in=keys).order_by()
    people = {}
    for pk, *values in rows.values_list("pk", *PERSON_FIELDS):
        facts = dict(zip(PERSON_FIELDS, values, strict=True))
        people[pk] = KnownPerson(pk, {**facts, **_relations_of_nobody()})
    for name, (through, column) in RELATIONS.items():
        pairs = through.objects.filter(practitioner_id__in=keys).order_by()
        for pk, fact in _gathered(pairs.values_list("practitioner_id", column)).items():
            people[pk].facts[name] = frozenset(fact)
    for name, found in (("licenses", _licenses(keys)), ("credentials", _credentials(keys))):
        for pk, fact in found.items():
            people[pk].facts[name] = tuple(fact)
    for pk, affiliations in _affiliations(keys).items():
        people[pk].affiliations = affiliations
    return people


def find_people(identities: Iterable[Identity]) -> dict[Identity, int]:
    """Whom each of these columns and values names; a slug may be one of former times.

    Four queries at most.
    """
    wanted = defaultdict(set)
    for column, value in identities:
        wanted[column].add(value)
    found: dict[Identity, int] = {}
    if slugs := wanted["slug"]:
        paths = PractitionerPath.objects.filter(slug__in=slugs)
        for slug, pk in paths.values_list("slug", "practitioner_id"):
            found["slug", slug] = pk
    for column, values in wanted.items():
        rows = Practitioner.objects.filter(**{f"{column}__in": values}).order_by()
        found |= {(column, value): pk for value, pk in rows.values_list(column, "pk")}
    return found


def read_offices(keys: Collection[int]) -> dict[int, Facts]:
    """The offices with these numbers. One query."""
    rows = Office.objects.filter(pk__in=keys).order_by()
    return {pk: _office_facts(values) for pk, *values in rows.values_list("pk", *_office_fields())}


def find_offices(streets: Collection[str]) -> dict[OfficeKey, tuple[int, Facts]]:
    """The first office of each name and address, with its number, in these streets. One query.

    Offices without a street are nobody's but their own: there may be many in a town.
    """
    rows = Office.objects.filter(street__in={street for street in streets if street})
    found = {}
    for pk, *values in rows.order_by("-pk").values_list("pk", *_office_fields()):
        facts = _office_facts(values)
        found[office_key(facts)] = pk, facts
    return found


def owners_of_licenses(numbers: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Whose the licenses with these states and numbers are. One query."""
    rows = License.objects.filter(number__in={number for _state, number in numbers}).order_by()
    owners = rows.values_list("state_code", "number", "practitioner_id")
    return {(state, number): pk for state, number, pk in owners}


def taken_slugs(slugs: Collection[str]) -> dict[str, int]:
    """Whose these addresses are, or once were. Two queries."""
    rows = Practitioner.objects.filter(slug__in=slugs).order_by().values_list("slug", "pk")
    paths = PractitionerPath.objects.filter(slug__in=slugs)
    return dict([*paths.values_list("slug", "practitioner_id"), *rows])


def office_key(facts: Facts) -> OfficeKey:
    """By which an office is known again, without regard to capitals and accents."""
    names = ("office_name", "street", "city", "state", "country")
    return tuple(fold(facts.get(name) or "") for name in names)


def _office_fields() -> list[str]:
    return [FIELDS.get(name, name) for name in OFFICE_FIELDS]


def _office_facts(values: Iterable[Value]) -> Facts:
    return dict(zip(OFFICE_FIELDS, values, strict=True))


def _relations_of_nobody() -> Facts:
    return {**dict.fromkeys(RELATIONS, frozenset()), "licenses": (), "credentials": ()}


def _licenses(keys: Collection[int]) -> dict[int, list]:
    rows = License.objects.filter(practitioner_id__in=keys).order_by("state_code", "number")
    columns = ("state_code", "number", "expires_on")
    return _gathered((pk, tuple(row)) for pk, *row in rows.values_list("practitioner_id", *columns))


def _credentials(keys: Collection[int]) -> dict[int, list]:
    rows = Credential.objects.filter(practitioner_id__in=keys).order_by("pk")
    columns = ("letters", "name", "issuer", "year")
    return _gathered((pk, tuple(row)) for pk, *row in rows.values_list("practitioner_id", *columns))


def _affiliations(keys: Collection[int]) -> dict[int, list[KnownAffiliation]]:
    """With their offices and hours. Two queries."""
    hours = _gathered(
        (pk, tuple(span))
        for pk, *span in OpeningHours.objects.filter(affiliation__practitioner_id__in=keys)
        .order_by("weekday", "opens_at")
        .values_list("affiliation_id", "weekday", "opens_at", "closes_at")
    )
    columns = [f"office__{name}" for name in _office_fields()]
    rows = Affiliation.objects.filter(practitioner_id__in=keys).order_by("pk")
    found = defaultdict(list)
    for pk, person, office, phone, accepts, *values in rows.values_list(
        "pk", "practitioner_id", "office_id", *AFFILIATION_FIELDS, *columns
    ):
        spans = tuple(hours.get(pk, ()))
        facts = {"phone": phone, "accepts_new_patients": accepts, "hours": spans}
        found[person].append(KnownAffiliation(pk, office, _office_facts(values), facts))
    return found


def _gathered(pairs: Iterable[tuple]) -> dict[int, list]:
    lists = defaultdict(list)
    for key, value in pairs:
        lists[key].append(value)
    return lists


def _states() -> dict[str, dict[str, str]]:
    rows = Place.objects.filter(kind=Place.Kind.STATE).order_by("-pk")
    states = defaultdict(dict)
    for country, code, name in rows.values_list("country_code", "state_code", "name"):
        states[country][fold(name)] = code
        states[country][fold(code)] = code
    return states
