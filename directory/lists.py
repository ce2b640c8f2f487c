"""The lists that a row of results is read with: what its bits and its letters mean."""

from dataclasses import dataclass

from directory.letters import Meanings, meanings
from directory.models import Insurer, Language, Specialty


@dataclass(frozen=True)
class Lists:
    """Every specialty, insurer and language that there is, each by name; and what letters mean."""

    specialties: tuple[Specialty, ...]
    insurers: tuple[Insurer, ...]
    languages: tuple[Language, ...]
    meanings: Meanings

    def specialties_of(self, mask: int) -> list[Specialty]:
        return [row for row in self.specialties if mask >> row.bit & 1]

    def languages_of(self, mask: int) -> list[Language]:
        return [row for row in self.languages if mask >> row.bit & 1]


NO_LISTS = Lists((), (), (), {})


def read_lists() -> Lists:
    """Four queries."""
    return Lists(*map(_by_name, (Specialty, Insurer, Language)), meanings())


def _by_name(model) -> tuple:
    """In an order that is the same on every database."""
    return tuple(sorted(model.objects.order_by(), key=lambda row: row.name.casefold()))
