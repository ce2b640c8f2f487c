"""The lists that the masks of the search table have bits for."""

from dataclasses import dataclass

from directory.models import Insurer, Language, Specialty


@dataclass(frozen=True)
class Lists:
    """Every specialty, insurer and language that there is, each list by name."""

    specialties: tuple[Specialty, ...]
    insurers: tuple[Insurer, ...]
    languages: tuple[Language, ...]

    def specialties_of(self, mask: int) -> list[Specialty]:
        return [row for row in self.specialties if mask >> row.bit & 1]

    def languages_of(self, mask: int) -> list[Language]:
        return [row for row in self.languages if mask >> row.bit & 1]


def read_lists() -> Lists:
    """Three queries."""
    return Lists(*map(_by_name, (Specialty, Insurer, Language)))


def _by_name(model) -> tuple:
    """In an order that is the same on every database."""
    return tuple(sorted(model.objects.order_by(), key=lambda row: row.name.casefold()))
