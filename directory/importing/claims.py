"""What the rows of a file have taken so far that no other row may have.

Kept for the whole file, and the same in a dry run as in an import: so both give the same answers.
Some hundred bytes for each value; the number of rows is limited (`running.MOST_ROWS`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from directory.importing.columns import OFFICE_DETAILS, Value

Claim = tuple[str | int, ...]


@dataclass
class Claims:
    """By the hash of what was taken: the row, and for an office the hashes of its details too."""

    rows: dict[int, int] = field(default_factory=dict)
    offices: dict[int, tuple[int, tuple[int | None, ...]]] = field(default_factory=dict)

    def row_of(self, claim: Claim) -> int | None:
        """The row that has taken it; None when it is free."""
        return self.rows.get(hash(claim))

    def take(self, claims: Iterable[Claim], *, row: int) -> None:
        for claim in claims:
            self.rows.setdefault(hash(claim), row)

    def contradiction(self, office: Claim, values: Mapping[str, Value]) -> tuple[int, str] | None:
        """The row and the column in which another row says otherwise about the same office."""
        row, hashes = self.offices.get(hash(office), (0, ()))
        for column, known in zip(OFFICE_DETAILS, hashes, strict=False):
            if known is not None and column in values and hash(values[column]) != known:
                return row, column
        return None

    def take_office(self, office: Claim, values: Mapping[str, Value], *, row: int) -> None:
        """Adds what is said of it here; what was said before stays."""
        first, known = self.offices.get(hash(office), (row, (None,) * len(OFFICE_DETAILS)))
        said = (hash(values[name]) if name in values else None for name in OFFICE_DETAILS)
        both = zip(known, said, strict=True)
        self.offices[hash(office)] = first, tuple(new if old is None else old for old, new in both)
