"""Specialties and conditions by the words that patients have for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from directory.models import Condition, Specialty
from directory.phrases import WEAK, phrase, phrases, words

# Of a word that is only a part of many names so many are enough.
MOST_PARTLY = 12


@dataclass(frozen=True)
class Care:
    """What was found. `is_exact` says that a name or a patients' phrase is just what was typed."""

    conditions: Sequence[Condition] = ()
    specialties: Sequence[Specialty] = ()
    is_exact: bool = False

    def __bool__(self):
        return bool(self.conditions or self.specialties)


@dataclass(frozen=True)
class Vocabulary:
    """All specialties, and the conditions that somebody is said to see."""

    specialties: Sequence[Specialty]
    conditions: Sequence[Condition]

    def __iter__(self):
        yield from self.conditions
        yield from self.specialties

    def names(self) -> set[str]:
        """The folded words that they are called by, as editors spell them."""
        return {word for row in self for word in words(row.name)}

    def synonyms(self) -> set[str]:
        """The folded words that patients have for them, slips included."""
        return {word for row in self for word in words(row.synonyms)}


def read_vocabulary() -> Vocabulary:
    """Two queries, for some two hundred rows."""
    seen = Condition.objects.filter(specialties__isnull=False).distinct()
    return Vocabulary(list(Specialty.objects.order_by("name")), list(seen.order_by("name")))


def find_care(text: str, vocabulary: Vocabulary) -> Care:
    """Those called so; without any, those with all the words in one of their names. No query.

    Words such as "pain" alone are part of too many names to mean any.
    """
    typed = phrase(text)
    if not typed:
        return Care()
    exact = [row for row in vocabulary if typed in _phrases_of(row)]
    if exact or typed <= WEAK:
        return _care(exact, is_exact=bool(exact))
    partly = (row for row in vocabulary if any(typed < known for known in _phrases_of(row)))
    return _care(list(partly)[:MOST_PARTLY], is_exact=False)


def _care(rows: Iterable[Condition | Specialty], *, is_exact: bool) -> Care:
    kinds = {Condition: [], Specialty: []}
    for row in rows:
        kinds[type(row)].append(row)
    return Care(kinds[Condition], kinds[Specialty], is_exact)


def _phrases_of(row: Condition | Specialty) -> frozenset[frozenset[str]]:
    return phrases(f"{row.name}\n{row.synonyms}")
