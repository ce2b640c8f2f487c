"""What an export is answered, item by item, and that as a file."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import IO

from directory.importing.sheets import BYTE_ORDER_MARK, line_of, unguard

COLUMNS = ("line", "kind", "id", "name", "outcome", "changed", "notes")


class Outcome(StrEnum):
    """What became of an item, or would become of it."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Answer:
    """For one item: the line it begins on, what it was, what it is called, what changes, and what
    there is to say. Of a comment it has the name and the first words, never an e-mail address."""

    line: int
    kind: str
    id: str
    name: str
    outcome: Outcome
    changed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def header() -> str:
    return BYTE_ORDER_MARK + line_of(COLUMNS)


def lines_of(answers: Iterable[Answer]) -> str:
    return "".join(
        line_of(
            (
                *(str(answer.line), answer.kind, answer.id, answer.name, str(answer.outcome)),
                ", ".join(answer.changed),
                "\n".join(answer.notes),
            )
        )
        for answer in answers
    )


def tally(answers: Iterable[Answer]) -> Counter[str]:
    """How many items had each outcome, and how many have something to say."""
    counts = Counter()
    for answer in answers:
        counts[str(answer.outcome)] += 1
        counts["noted"] += bool(answer.notes)
    return counts


def read_report(path: Path, *, size: int, outcome: str = "") -> Iterator[Answer]:
    """The answers among the first `size` bytes of a report: all, those with an outcome, or those
    with something to say ("noted")."""
    with path.open("rb") as file:
        rows = csv.reader(line.decode("utf-8-sig") for line in _lines_within(file, size))
        for cells in islice(rows, 1, None):
            line, kind, key, name, what, changed, notes = map(unguard, cells)
            if outcome in ("", what) or (outcome == "noted" and notes):
                parts = tuple(filter(None, changed.split(", ")))
                told = tuple(notes.splitlines())
                yield Answer(int(line), kind, key, name, Outcome(what), parts, told)


def _lines_within(file: IO[bytes], size: int) -> Iterator[bytes]:
    while size > 0 and (line := file.readline(size)):
        size -= len(line)
        yield line
