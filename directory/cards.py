"""What the card of a practitioner shows beyond the row of the results."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects

from directory.card_facts import Fact, Meaning, facts_of, meaning_of
from directory.letters import titles_of
from directory.search import Row


@dataclass(frozen=True)
class Card:
    """One row with what its letters mean, and what decides for or against it.

    The initials stand for a photograph.
    """

    row: Row
    initials: str
    facts: tuple[Fact, ...]
    meanings: tuple[Meaning, ...]


def cards_of(rows: Sequence[Row], *, on: date) -> tuple[Card, ...]:
    """In the order of `rows`, as of the day `on`. Two queries, none without rows."""
    practitioners = [row.practitioner for row in rows]
    prefetch_related_objects(practitioners, "credentials", "licenses")
    return tuple(
        Card(
            row,
            initials_of(row.practitioner.name),
            facts_of(row.practitioner, row.affiliation, row.languages, on=on),
            tuple(map(meaning_of, titles_of(row.practitioner, row.lists.meanings))),
        )
        for row in rows
    )


def initials_of(name: str) -> str:
    """The first letters of the first and the last word that begin with one."""
    letters = [word[0].upper() for word in name.split() if word[0].isalpha()]
    return "".join([*letters[:1], *letters[1:][-1:]])
