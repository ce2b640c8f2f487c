"""The answers to a file as files: a report by row, and the refused rows to correct."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from directory.importing.answers import Answer, Outcome
from directory.importing.columns import CLEAR, WHY
from directory.importing.rows import Problem
from directory.importing.sheets import BYTE_ORDER_MARK, Sheet, line_of, unguard

REPORT_COLUMNS = ("row", "outcome", "name", "changed", "notes")


@dataclass(frozen=True)
class ReportLine:
    """What one row was answered, as a person reads it."""

    row: int
    outcome: str
    who: str
    changed: str
    notes: tuple[str, ...]


def report_header() -> str:
    return BYTE_ORDER_MARK + line_of(REPORT_COLUMNS)


def report_text(answers: Iterable[Answer]) -> str:
    """The lines of the report on these rows. Of the cells it has the names of people at most."""
    return "".join(
        line_of(
            (
                str(answer.row),
                answer.outcome,
                answer.who,
                ", ".join(answer.changed),
                "\n".join(map(_words, answer.notes)),
            )
        )
        for answer in answers
    )


def refused_header(sheet: Sheet) -> str:
    return BYTE_ORDER_MARK + line_of([*_without_why(sheet, sheet.header), WHY])


def refused_text(answers: Iterable[Answer], sheet: Sheet) -> str:
    """The refused rows as they came, with the reasons in a column more."""
    return "".join(
        line_of(
            [*_without_why(sheet, answer.raw), "\n".join(map(_words, answer.notes))], as_is=CLEAR
        )
        for answer in answers
        if answer.outcome == Outcome.REFUSED
    )


def tally(answers: Iterable[Answer]) -> Counter[str]:
    """How many rows had each outcome."""
    return Counter(str(answer.outcome) for answer in answers)


def read_report(path: Path, *, size: int, outcome: str = "") -> Iterator[ReportLine]:
    """The lines among the first `size` bytes of a report, of all outcomes or of one."""
    with path.open("rb") as file:
        text = (line.decode("utf-8-sig") for line in _lines_within(file, size))
        rows = csv.reader(text)
        for cells in islice(rows, 1, None):
            row, what, who, changed, notes = map(unguard, cells)
            if outcome in ("", what):
                yield ReportLine(int(row), what, who, changed, tuple(notes.splitlines()))


def refused_rows(path: Path, *, size: int) -> set[int]:
    """The numbers of the rows that were refused."""
    return {line.row for line in read_report(path, size=size, outcome=Outcome.REFUSED)}


def _lines_within(file: IO[bytes], size: int) -> Iterator[bytes]:
    while size > 0 and (line := file.readline(size)):
        size -= len(line)
        yield line


def _words(problem: Problem) -> str:
    column, words = problem
    return f"{column}: {words}" if column else words


def _without_why(sheet: Sheet, cells: Sequence[str]) -> list[str]:
    """As many cells as there are columns, or more, without those of an earlier round."""
    padded = [*cells, *[""] * (len(sheet.columns) - len(cells))]
    columns = [*sheet.columns, *[""] * (len(padded) - len(sheet.columns))]
    kept = (cell for cell, name in zip(padded, columns, strict=True) if name != WHY)
    return [unguard(cell.strip()) for cell in kept]
