"""Whether one person's rows can be taken, and what becomes of the person. Asks no database."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.text import slugify
from django.utils.translation import gettext as _

from directory.importing.cells import shown
from directory.importing.claims import Claim, Claims
from directory.importing.columns import IDENTITY, Part, Words
from directory.importing.known import Facts, KnownPerson
from directory.importing.office_planning import (
    KnownOffices,
    OfficePlan,
    RefusedError,
    check_claims,
    plan_office,
    take_claims,
)
from directory.importing.rows import Identity, Problem, Row
from directory.listing import RESERVED_SLUGS

LONGEST_SLUG = 140
DIGEST_LETTERS = 6


@dataclass
class PersonPlan:
    """What becomes of one person. `pk` is None for a new one, of whom `values` are all facts."""

    pk: int | None
    values: Facts
    changes: Facts
    before: Facts
    offices: list[OfficePlan]


@dataclass
class Batch:
    """All rows of some people, person by person, and what the database holds of them."""

    groups: Sequence[Sequence[Row]]
    words: Words
    claims: Claims
    found: dict[Identity, int] = field(default_factory=dict)
    people: dict[int, KnownPerson] = field(default_factory=dict)
    offices: KnownOffices = field(default_factory=lambda: KnownOffices({}, {}))
    owners: dict[tuple[str, str], int] = field(default_factory=dict)
    slugs: dict[str, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)


@dataclass
class Decision:
    """One person's rows: those that are taken, with the plan of their office, and the refused."""

    person: KnownPerson | None
    taken: list[tuple[Row, OfficePlan | None]] = field(default_factory=list)
    refused: dict[int, list[Problem]] = field(default_factory=dict)
    plan: PersonPlan | None = None


def names_of(row: Row) -> set[Identity]:
    """Everything in a row by which the person may be known."""
    names = {(column, row.values[column]) for column in IDENTITY if row.values.get(column)}
    return names | {row.identity}


def decide(group: Sequence[Row], batch: Batch) -> Decision:
    """Row by row, then the person as a whole: who is refused as a whole is not written at all."""
    good = [row for row in group if not row.problems]
    decision = Decision(None, refused={row.number: list(row.problems) for row in group})
    if not good:
        return decision
    try:
        decision.person = _known(good, batch)
    except RefusedError as error:
        for row in good:
            decision.refused[row.number].append(error.problem)
        return decision
    values: Facts = {}
    sources: dict[str, int] = {}
    for row in good:
        _take_row(row, decision, values, sources, batch)
    if decision.taken:
        _take_person(decision, values, batch)
    return decision


def _known(rows: Sequence[Row], batch: Batch) -> KnownPerson | None:
    """Whom the rows are about; None for somebody new. Raises RefusedError."""
    names = sorted(set().union(*(names_of(row) for row in rows)), key=_rank)
    for name in names:
        if row := batch.claims.row_of(name):
            column, _value = name
            raise RefusedError(column, _("Row %d names somebody else by it.") % row)
    first = min((row.identity for row in rows), key=_rank)
    found = [batch.found[name] for name in (first, *names) if name in batch.found]
    if not found:
        return None
    person = batch.people[found[0]]
    for column, value in names:
        owner = batch.found.get((column, value), person.pk)
        if owner != person.pk:
            raise RefusedError(column, _("%s has it.") % shown(batch.names[owner]))
    reference = person.facts["reference"]
    if first not in batch.found and reference and first[0] == "reference":
        raise RefusedError("reference", _("The person with this slug or NPI has another one."))
    return person


def _rank(name: Identity) -> tuple[int, str]:
    return IDENTITY.index(name[0]), name[1]


def _take_row(
    row: Row, decision: Decision, values: Facts, sources: dict[str, int], batch: Batch
) -> None:
    """Adds what the row says of the person to `values`, and its office to the decision."""
    said = row.part(batch.words, Part.PERSON)
    try:
        for column, value in said.items():
            if column in values and values[column] != value:
                words = _("Row %d says otherwise about the same person.") % sources[column]
                raise RefusedError(column, words)
        plan = plan_office(row, decision.person, batch.offices, batch.words)
        if plan:
            check_claims(plan, batch.claims)
            for _row, other in decision.taken:
                if other and set(other.claims) & set(plan.claims):
                    words = _("Row %d is about the same person at the same office.") % other.row
                    raise RefusedError("office_name", words)
    except RefusedError as error:
        decision.refused[row.number].append(error.problem)
        return
    values.update(said)
    for column in said:
        sources.setdefault(column, row.number)
    decision.taken.append((row, plan))


def _take_person(decision: Decision, values: Facts, batch: Batch) -> None:
    person, rows = decision.person, [row for row, _plan in decision.taken]
    if (
        person
        and rows[0].identity[0] == "slug"
        and _is_own_former(values.get("slug"), person, batch)
    ):
        del values["slug"]
    problems = _person_problems(person, values, rows, batch)
    if problems:
        for row in rows:
            decision.refused[row.number] += problems
        decision.taken = []
        return
    before = person.facts if person else {}
    changes = {name: value for name, value in values.items() if before.get(name) != value}
    plans = [plan for _row, plan in decision.taken if plan]
    decision.plan = PersonPlan(person and person.pk, values, changes, before, plans)
    own = [("person", person.pk)] if person else []
    claims = [*own, *claims_of(before), *claims_of(values)]
    batch.claims.take([*claims, *(row.identity for row in rows)], row=rows[0].number)
    for plan in plans:
        take_claims(plan, batch.claims)


def _person_problems(
    person: KnownPerson | None, values: Facts, rows: Sequence[Row], batch: Batch
) -> list[Problem]:
    """Why the person as a whole cannot be written. Gives somebody new an address."""
    problems = []
    if person and (row := batch.claims.row_of(("person", person.pk))):
        problems.append(("", _("Row %d is about the same person.") % row))
    if person is None and "name" not in values:
        problems.append(("name", _("Somebody new needs a name.")))
    elif person is None and "slug" not in values:
        named = next(row for row in rows if "name" in row.values)
        free = (slug for slug in slugs_for(named) if _is_free(slug, None, batch))
        values["slug"] = slug = next(free, "")
        if not slug:
            problems.append(("slug", _("No address can be made of the name: fill in one.")))
    elif "slug" in values and not _is_free(values["slug"], person, batch):
        problems.append(("slug", _("Another page has this address.")))
    for state, number, _until in values.get("licenses", ()):
        problems += _license_problem(person, (state, number), batch)
    return problems


def _license_problem(
    person: KnownPerson | None, held: tuple[str, str], batch: Batch
) -> list[Problem]:
    owner = batch.owners.get(held)
    label = shown(" ".join(held))
    if row := batch.claims.row_of(("license", *held)):
        words = _("The same license number as in row %(row)d: %(license)s.")
        return [("licenses", words % {"row": row, "license": label})]
    if owner is not None and (person is None or owner != person.pk):
        words = _("The same license number as %(name)s: %(license)s.")
        return [("licenses", words % {"name": shown(batch.names[owner]), "license": label})]
    return []


def _is_own_former(slug: str | None, person: KnownPerson | None, batch: Batch) -> bool:
    """Whether the person is only named by an address that has led there before."""
    if person is None:
        return False
    return batch.found.get(("slug", slug)) == person.pk and slug != person.facts["slug"]


def _is_free(slug: str, person: KnownPerson | None, batch: Batch) -> bool:
    owner = batch.slugs.get(slug)
    is_own = owner is None or (person is not None and owner == person.pk)
    return is_own and slug not in RESERVED_SLUGS and not batch.claims.row_of(("slug", slug))


def slugs_for(row: Row) -> list[str]:
    """Addresses for somebody new: by name, with the town, and then with what no other has."""
    if "slug" in row.values or "name" not in row.values:
        return []
    name = slugify(row.values["name"])[: LONGEST_SLUG - 50]
    town = slugify(f"{name} {row.values.get('city') or ''}")[: LONGEST_SLUG - 10].strip("-")
    digest = hashlib.sha256(repr(row.identity).encode()).hexdigest()[:DIGEST_LETTERS]
    return [slug for slug in (name, town, f"{town}-{digest}".strip("-")) if slug]


def claims_of(facts: Mapping) -> list[Claim]:
    """What nobody else may have, and may not get in the same file when it is given up here."""
    names = [(column, facts[column]) for column in IDENTITY if facts.get(column)]
    return [*names, *(("license", *held[:2]) for held in facts.get("licenses", ()))]
