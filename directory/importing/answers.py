"""What a file with listings is answered, row by row."""

from dataclasses import dataclass
from enum import StrEnum

from directory.importing.rows import Problem


class Outcome(StrEnum):
    """What became of a row, or would become of it."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Answer:
    """For one row: whom it is about, the columns that change, and what there is to say.

    `notes` are columns, or "", with words; of a refused row they are the reasons. `raw` are the
    cells as they came.
    """

    row: int
    outcome: Outcome
    who: str = ""
    changed: tuple[str, ...] = ()
    notes: tuple[Problem, ...] = ()
    raw: tuple[str, ...] = ()
