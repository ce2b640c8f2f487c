"""The rows of one person together, wherever they stand in the file, in bounded memory.

A first look over the file notes where each person comes first. When everybody's rows stand
together already, as in every export, the file is read as it is; else it is sorted in pieces that
are laid on the disk.
"""

import heapq
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import IO, BinaryIO

from directory.importing.rows import Identity, identity_of
from directory.importing.sheets import Record, Sheet, records

PIECE_ROWS = 10_000


@dataclass
class Survey:
    """What the first look found: `rows` that say something, `empty` ones that do not.

    `first_rows` has the row in which each person comes first, when rows of some stand apart.
    """

    rows: int = 0
    empty: int = 0
    is_apart: bool = False
    first_rows: dict[Identity, int] = field(default_factory=dict)


def survey(file: BinaryIO, sheet: Sheet, *, most_rows: int) -> Survey:
    """Looks at every row, and at one more than `most_rows` at most."""
    found = Survey()
    last = None
    for record in records(file, sheet):
        if record.is_empty():
            found.empty += 1
            continue
        found.rows += 1
        if found.rows > most_rows:
            break
        identity = identity_of(record, sheet)
        if identity is not None and identity != last:
            is_new = found.first_rows.setdefault(identity, record.row) == record.row
            found.is_apart = found.is_apart or not is_new
        last = identity
    return found


def people(file: BinaryIO, sheet: Sheet, found: Survey) -> Iterator[list[Record]]:
    """All the rows of one person at a time; a row that names nobody comes by itself."""

    def person(record: Record) -> tuple[int, Identity | None]:
        identity = identity_of(record, sheet)
        return (found.first_rows[identity], identity) if identity else (record.row, None)

    rows = (record for record in records(file, sheet) if not record.is_empty())
    if found.is_apart:
        rows = _sorted(rows, lambda record: (person(record)[0], record.row))
    return (list(group) for _person, group in groupby(rows, key=person))


def _sorted(rows: Iterable[Record], key: Callable) -> Iterator[Record]:
    """By `key`, a pair of numbers."""
    iterator = iter(rows)
    with ExitStack() as files:
        pieces = []
        while piece := sorted(((key(row), row) for row in islice(iterator, PIECE_ROWS)), key=_key):
            file = files.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))
            _lay_down(piece, file)
            pieces.append(_taken_up(file))
        yield from (row for _place, row in heapq.merge(*pieces, key=_key))


def _key(pair: tuple) -> tuple:
    return pair[0]


def _lay_down(piece: list[tuple], file: IO[str]) -> None:
    for place, row in piece:
        file.write(json.dumps([place, row.row, row.raw, row.problem]) + "\n")


def _taken_up(file: IO[str]) -> Iterator[tuple]:
    file.seek(0)
    for line in file:
        place, row, raw, problem = json.loads(line)
        yield place, Record(row, tuple(raw), problem)
