"""Writes the plans of a batch: a constant number of statements, and then the search table.

An upsert by primary key changes many rows at once; `bulk_update` would build a CASE for every field
of every row.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import models, transaction

from directory.importing.columns import Words
from directory.importing.deciding import PersonPlan
from directory.importing.known import (
    AFFILIATION_FIELDS,
    FIELDS,
    OFFICE_FIELDS,
    PERSON_FIELDS,
    RELATIONS,
    Facts,
)
from directory.importing.office_planning import OfficePlan
from directory.letters import folded
from directory.models import (
    Affiliation,
    Credential,
    License,
    Office,
    OpeningHours,
    Practitioner,
    PractitionerPath,
)
from directory.search_index import index_practitioners, search_text
from directory.town_lookup import Towns

Keyed = dict[tuple, int]


@transaction.atomic
def write(plans: Sequence[PersonPlan], words: Words, *, towns: Towns, at: datetime) -> None:
    """Makes the database what the plans say, and the search table with it."""
    changing = [plan for plan in plans if plan.pk is None or plan.changes]
    _write_people(changing, at)
    for name, (through, column) in RELATIONS.items():
        _write_relation(changing, name, through, column)
    _write_licenses(changing)
    _write_credentials(changing, words)
    offices = [office for plan in plans for office in plan.offices]
    keys = _write_offices(offices)
    places = [(plan.pk, office) for plan in plans for office in plan.offices]
    touched = _write_affiliations(places, keys)
    moved = {keys[office.claims[0]] for office in offices if office.office_changes}
    colleagues = Affiliation.objects.filter(office__in=moved)
    index_practitioners(
        {
            *(plan.pk for plan in changing),
            *touched,
            *(colleagues.values_list("practitioner_id", flat=True) if moved else ()),
        },
        towns=towns,
    )


def _write_people(plans: Sequence[PersonPlan], at: datetime) -> None:
    """Somebody new has a primary key afterwards."""
    new = [plan for plan in plans if plan.pk is None]
    known = [plan for plan in plans if plan.pk is not None]
    made = [_new_person(plan) for plan in new]
    for plan, practitioner in zip(new, Practitioner.objects.bulk_create(made), strict=True):
        plan.pk = practitioner.pk
    people = Practitioner.objects.in_bulk([plan.pk for plan in known])
    for plan in known:
        for name, value in _fields(plan.changes, PERSON_FIELDS).items():
            setattr(people[plan.pk], name, value)
        people[plan.pk].updated_at = at
    names = {name for plan in known for name in _fields(plan.changes, PERSON_FIELDS)}
    _upsert(Practitioner, people.values(), [*sorted(names), "updated_at"])
    _remember_slugs([plan for plan in known if "slug" in plan.changes])


def _new_person(plan: PersonPlan) -> Practitioner:
    """With the words to be found by, which otherwise the index would write once more."""
    person = Practitioner(**_fields(plan.values, PERSON_FIELDS))
    offices = [office.office["office_name"] for office in plan.offices]
    person.search_text = search_text(person.name, person.letters, offices)
    return person


def _remember_slugs(plans: Sequence[PersonPlan]) -> None:
    """As `old_addresses.remember_slug` does for one."""
    if plans:
        slugs = [plan.changes["slug"] for plan in plans]
        PractitionerPath.objects.filter(slug__in=slugs).delete()
        PractitionerPath.objects.bulk_create(
            PractitionerPath(slug=plan.before["slug"], practitioner_id=plan.pk) for plan in plans
        )


def _write_relation(
    plans: Sequence[PersonPlan], name: str, through: type[models.Model], column: str
) -> None:
    changing = [plan for plan in plans if name in plan.changes]
    _delete(through, "practitioner_id", [plan.pk for plan in changing if plan.before.get(name)])
    through.objects.bulk_create(
        through(practitioner_id=plan.pk, **{column: key})
        for plan in changing
        for key in sorted(plan.changes[name])
    )


def _write_licenses(plans: Sequence[PersonPlan]) -> None:
    """A license with another last day is one that nobody has looked up as it stands."""
    new, gone, changed = [], [], {}
    for plan in plans:
        if "licenses" not in plan.changes:
            continue
        before = {held[:2]: held[2] for held in plan.before.get("licenses", ())}
        after = {held[:2]: held[2] for held in plan.changes["licenses"]}
        gone += [(plan.pk, *key) for key in before.keys() - after.keys()]
        for key, until in after.items():
            state, number = key
            if key not in before:
                fields = {"state_code": state, "number": number, "expires_on": until}
                new.append(License(practitioner_id=plan.pk, **fields))
            elif before[key] != until:
                changed[plan.pk, state, number] = until
    people = {key[0] for key in (*gone, *changed)}
    held = {
        (row.practitioner_id, row.state_code, row.number): row
        for row in (License.objects.filter(practitioner__in=people) if people else ())
    }
    _delete(License, "pk", [held[key].pk for key in gone])
    for key, until in changed.items():
        held[key].expires_on = until
        held[key].verified_on = held[key].verified_by = None
        held[key].source_url = held[key].verification_note = ""
    fields = ["expires_on", "verified_on", "verified_by", "source_url", "verification_note"]
    _upsert(License, [held[key] for key in changed], fields)
    License.objects.bulk_create(new)


def _write_credentials(plans: Sequence[PersonPlan], words: Words) -> None:
    changing = [plan for plan in plans if "credentials" in plan.changes]
    known = [plan.pk for plan in changing if plan.before.get("credentials")]
    _delete(Credential, "practitioner_id", known)
    Credential.objects.bulk_create(
        Credential(
            practitioner_id=plan.pk,
            letters=letters,
            kind_id=words.kinds.get(folded(letters)),
            name=name,
            issuer=issuer,
            year=year,
        )
        for plan in changing
        for letters, name, issuer, year in plan.changes["credentials"]
    )


def _write_offices(plans: Sequence[OfficePlan]) -> Keyed:
    """The primary keys of the offices by their first claim; several rows may be about one."""
    merged: dict[tuple, tuple[int | None, Facts]] = {}
    is_changed = set()
    for plan in plans:
        claim = plan.claims[0]
        pk, office = merged.setdefault(claim, (plan.office_pk, dict(plan.office)))
        _merge(office, plan)
        if pk is None or plan.office_changes:
            is_changed.add(claim)
    keys = {claim: pk for claim, (pk, _office) in merged.items() if pk is not None}
    new = [claim for claim in merged if claim not in keys]
    made = [Office(**_fields(merged[claim][1], OFFICE_FIELDS)) for claim in new]
    for claim, office in zip(new, Office.objects.bulk_create(made), strict=True):
        keys[claim] = office.pk
    changed = [
        Office(pk=pk, **_fields(office, OFFICE_FIELDS))
        for claim, (pk, office) in merged.items()
        if pk is not None and claim in is_changed
    ]
    _upsert(Office, changed, [FIELDS.get(name, name) for name in OFFICE_FIELDS])
    return keys


def _merge(office: Facts, plan: OfficePlan) -> None:
    """What a row says counts for more than a point that another row left to the gazetteer."""
    office.update(plan.said)
    if plan.said.get("latitude") is not None:
        office["precision"] = plan.office["precision"]
    elif office["latitude"] is None:
        office.update({name: plan.office[name] for name in ("latitude", "longitude", "precision")})


def _write_affiliations(places: Sequence[tuple[int, OfficePlan]], keys: Keyed) -> set[int]:
    """The people whose affiliations changed."""
    new = [(pk, plan) for pk, plan in places if plan.affiliation_pk is None]
    made = [
        Affiliation(
            practitioner_id=pk,
            office_id=keys[plan.claims[0]],
            **_fields(plan.facts, AFFILIATION_FIELDS),
        )
        for pk, plan in new
    ]
    for (_pk, plan), row in zip(new, Affiliation.objects.bulk_create(made), strict=True):
        plan.affiliation_pk = row.pk
        plan.changes = dict(plan.facts)
    changing = [(pk, plan) for pk, plan in places if plan.changes]
    created = {row.pk for row in made}
    changed = [
        Affiliation(
            pk=plan.affiliation_pk,
            practitioner_id=pk,
            office_id=keys[plan.claims[0]],
            **_fields(plan.facts, AFFILIATION_FIELDS),
        )
        for pk, plan in changing
        if plan.affiliation_pk not in created
    ]
    _upsert(Affiliation, changed, list(AFFILIATION_FIELDS))
    _write_hours([plan for _pk, plan in changing if "hours" in plan.changes], created)
    return {pk for pk, _plan in changing}


def _write_hours(plans: Sequence[OfficePlan], created: set[int]) -> None:
    known = [plan.affiliation_pk for plan in plans if plan.affiliation_pk not in created]
    _delete(OpeningHours, "affiliation_id", known)
    OpeningHours.objects.bulk_create(
        OpeningHours(
            affiliation_id=plan.affiliation_pk, weekday=weekday, opens_at=opens, closes_at=closes
        )
        for plan in plans
        for weekday, opens, closes in plan.facts["hours"]
    )


def _fields(facts: Facts, names: Iterable[str]) -> Facts:
    """Those of the facts that are fields, by the names of the fields."""
    return {FIELDS.get(name, name): facts[name] for name in names if name in facts}


def _delete(model: type[models.Model], column: str, keys: Sequence[int]) -> None:
    if keys:
        model.objects.filter(**{f"{column}__in": keys}).delete()


def _upsert(model: type[models.Model], rows: Iterable[models.Model], fields: Sequence[str]) -> None:
    """The named fields of rows that exist, in one statement or a few."""
    listed = list(rows)
    if listed:
        model.objects.bulk_create(
            listed, update_conflicts=True, unique_fields=["pk"], update_fields=list(fields)
        )
