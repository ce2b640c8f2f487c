"""What is to become of the rows of a batch of people. Reads the database, writes nothing."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from directory.importing.answers import Answer, Outcome
from directory.importing.claims import Claims
from directory.importing.columns import Part, Words
from directory.importing.deciding import (
    Batch,
    Decision,
    PersonPlan,
    claims_of,
    decide,
    names_of,
    slugs_for,
)
from directory.importing.known import (
    find_offices,
    find_people,
    lock_people,
    owners_of_licenses,
    read_offices,
    read_people,
    taken_slugs,
)
from directory.importing.locating import locate_all
from directory.importing.office_planning import (
    KnownOffices,
    OfficePlan,
    address_to_locate,
    plan_office,
    settle_point,
    take_claims,
)
from directory.importing.rows import Problem, Row
from directory.town_lookup import Towns


def plan_batch(
    groups: Sequence[Sequence[Row]],
    words: Words,
    claims: Claims,
    *,
    towns: Towns,
    is_locking: bool,
) -> tuple[list[PersonPlan], list[Answer]]:
    """The plans of the people to write, and an answer for every row, in the order of the rows.

    A constant number of queries. With `is_locking` nobody else changes these people until the end
    of the transaction.
    """
    batch = _read(Batch(groups, words, claims), is_locking)
    decisions = [decide(group, batch) for group in groups]
    plans = [plan for _row, plan in _offices(decisions)]
    located = locate_all({address for plan in plans if (address := address_to_locate(plan))}, towns)
    for plan in plans:
        settle_point(plan, located)
    answers = [
        _answer(row, decision)
        for group, decision in zip(groups, decisions, strict=True)
        for row in group
    ]
    return [decision.plan for decision in decisions if decision.plan], answers


def claim_again(groups: Iterable[Sequence[Row]], words: Words, claims: Claims) -> None:
    """What rows that an earlier run has written took; for a run that goes on after them."""
    for group in groups:
        for row in group:
            claims.take(claims_of(row.part(words, Part.PERSON)), row=group[0].number)
            known = KnownOffices({}, {})
            if "office_name" in row.values and "office_id" not in row.values:
                take_claims(plan_office(row, None, known, words), claims)


def _read(batch: Batch, is_locking: bool) -> Batch:
    rows = [row for group in batch.groups for row in group if not row.problems]
    batch.found = find_people({name for row in rows for name in names_of(row)})
    if is_locking:
        lock_people(set(batch.found.values()))
    batch.people = read_people(set(batch.found.values()))
    numbers = {row.values["office_id"] for row in rows if "office_id" in row.values}
    streets = {row.values["street"] for row in rows if row.values.get("street")}
    batch.offices = KnownOffices(read_offices(numbers), find_offices(streets))
    licenses = [held for row in rows for held in row.values.get("licenses", ())]
    batch.owners = owners_of_licenses({held[:2] for held in licenses})
    others = set(batch.owners.values()) - set(batch.people)
    batch.names = {pk: person.facts["name"] for pk, person in batch.people.items()}
    batch.names |= {pk: person.facts["name"] for pk, person in read_people(others).items()}
    slugs = {row.values["slug"] for row in rows if "slug" in row.values}
    batch.slugs = taken_slugs(slugs.union(*(slugs_for(row) for row in rows)))
    return batch


def _offices(decisions: Iterable[Decision]) -> list[tuple[Row, OfficePlan]]:
    return [(row, plan) for decision in decisions for row, plan in decision.taken if plan]


def _answer(row: Row, decision: Decision) -> Answer:
    who = row.values.get("name") or (decision.person.facts["name"] if decision.person else "")
    who = who if "@" not in who else ""
    taken = {one.number: plan for one, plan in decision.taken}
    if row.number not in taken:
        problems = tuple(decision.refused[row.number])
        return Answer(row.number, Outcome.REFUSED, who, (), problems, row.raw)
    office = taken[row.number]
    is_first = row is decision.taken[0][0]
    changed = tuple(decision.plan.changes) if is_first and decision.person else ()
    notes: list[Problem] = []
    if office:
        changed += office.changed
        notes += office.notes
        if decision.person and office.affiliation_pk is None:
            notes.append(("office_name", _("An office is added to this person.")))
    is_new_office = office is not None and office.affiliation_pk is None
    if decision.person is None and (is_first or is_new_office):
        outcome = Outcome.CREATED
    else:
        outcome = Outcome.UPDATED if changed or is_new_office else Outcome.UNCHANGED
    return Answer(row.number, outcome, who, changed, tuple(notes), row.raw)
