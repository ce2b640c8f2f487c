"""Writes what the search over the whole site compares: the terms of every practitioner."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from acutake.lib.fulltext import document
from acutake.lib.terms import pieces, terms
from directory.known_words import learn
from directory.models import PractitionerTerms


class Person(Protocol):
    """What is said of a practitioner."""

    pk: int
    name: str
    letters: str
    statement: str


class Workplace(Protocol):
    """What is said of an office."""

    name: str
    city: str
    state_code: str


def write_terms(people: Iterable[tuple[Person, Sequence[Workplace]]]) -> None:
    """Those of a batch, as far as they have changed. Two queries, and more for new words."""
    rows = list(people)
    wanted = {person.pk: _document(person, places) for person, places in rows}
    written = dict(PractitionerTerms.objects.filter(pk__in=wanted).values_list("pk", "terms"))
    changed = {pk: found for pk, found in wanted.items() if found != written.get(pk)}
    PractitionerTerms.objects.bulk_create(
        [PractitionerTerms(pk=pk, terms=found) for pk, found in changed.items()],
        update_conflicts=True,
        unique_fields=["practitioner"],
        update_fields=["terms"],
    )
    texts = (f"{person.name} {_offices(places)}" for person, places in rows if person.pk in changed)
    learn(piece.word for text in texts for piece in pieces(text))


def _document(person: Person, places: Sequence[Workplace]) -> str:
    # "L.Ac." is looked for as "LAc" as well.
    name = f"{person.name} {person.letters} {person.letters.replace('.', '')}"
    return document(terms(name), terms(_offices(places)), terms(person.statement))


def _offices(places: Sequence[Workplace]) -> str:
    return " ".join(f"{place.name} {place.city} {place.state_code}" for place in places)
