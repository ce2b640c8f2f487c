"""The search table in memory, in arrays: what every search reads.

A process reads the whole table once, and after that what has changed since, which costs a search
one small query. The log of changes is written in the transactions that it tells of, so nobody is
answered from what is out of date. Measured against reading the table anew (docs/decisions).
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np
from django.db.models import BigIntegerField, F, QuerySet
from django.db.models.functions import Coalesce

from directory.grid import cells
from directory.lists import Lists, read_lists
from directory.models import SearchChange, SearchEntry

# The types of the columns; in all some 90 bytes a row.
TYPES = {
    "person": np.int64,
    "affiliation": np.int64,
    "is_only": np.bool_,
    "x": np.float64,
    "y": np.float64,
    "z": np.float64,
    "cell": np.int32,
    "state": np.int32,
    "town": np.int64,
    "town_size": np.int32,
    "specialty_mask": np.int64,
    "insurer_mask": np.int64,
    "language_mask": np.int64,
    "fact_mask": np.int64,
    "fee_usd": np.int64,
    "verified_until": np.int32,
}
# In place of a cell, a fee or a day that nobody knows: beyond all, and before all.
NOWHERE = int(np.iinfo(np.int32).max)
UNKNOWN_FEE = int(np.iinfo(np.int64).max)
NEVER = 0
BATCH_ROWS = 20_000
# With more changed than this, reading everything is as quick.
CHANGES_READ = 1_000
PEOPLE_READ = 20_000

Columns = dict[str, np.ndarray]


@dataclass(frozen=True)
class Snapshot:
    """Rows as columns of the same length, ascending by cell; never changed, only replaced.

    `person` and `affiliation` are primary keys (0 for no affiliation), `town` that of the Place (0
    for none), `state` a number of `states`; `verified_until` an ordinal of a date. `change` names
    the last change that the rows show: its key and token. `lists` are what the masks have bits of.
    """

    change: tuple[int, int] | None
    columns: Columns
    states: dict[str, int]
    lists: Lists

    def __len__(self) -> int:
        return len(self.columns["person"])


class _Holder:
    """What this process holds; one thread at a time brings it up to date."""

    def __init__(self):
        self.lock = threading.Lock()
        self.snapshot: Snapshot | None = None


_holder = _Holder()


def current() -> Snapshot:
    """The rows as they are now. One query when nothing has changed since this process last asked.

    Where there is no log at all nothing is kept, and every call reads the table.
    """
    held = _holder.snapshot
    if held is not None and _changes_since(held) == []:
        return held
    with _holder.lock:
        held = _holder.snapshot
        changes = None if held is None else _changes_since(held)
        if changes is None:
            _holder.snapshot = _load()
        elif changes:
            _holder.snapshot = _apply(held, changes)
        return _holder.snapshot


def _changes_since(held: Snapshot) -> list[tuple[int, int]] | None:
    """Keys and tokens of what came after it, oldest first; None when that cannot be told.

    A change that was rolled back leaves its key to another one, which has another token.
    """
    if held.change is None:
        return None
    log = SearchChange.objects.filter(pk__gte=held.change[0]).order_by("pk")
    rows = list(log.values_list("pk", "token")[: CHANGES_READ + 1])
    is_known = rows[:1] == [held.change] and len(rows) <= CHANGES_READ
    return rows[1:] if is_known else None


def _load() -> Snapshot:
    """The change is read first: what happens meanwhile is then read once more, not missed."""
    change = SearchChange.objects.order_by("-pk").values_list("pk", "token").first()
    states: dict[str, int] = {}
    columns = _read(SearchEntry.objects.all(), states)
    order = np.argsort(columns["cell"], kind="stable")
    ordered = {name: column[order] for name, column in columns.items()}
    return Snapshot(change, ordered, states, read_lists())


def _apply(held: Snapshot, changes: list[tuple[int, int]]) -> Snapshot:
    """The rows of those who changed, read anew and put in their places."""
    noted = SearchChange.objects.filter(pk__in=[key for key, _ in changes])
    people: set[int] = set()
    for keys in noted.values_list("practitioners", flat=True):
        if keys is None:
            return _load()
        people.update(keys)
    if len(people) > PEOPLE_READ:
        return _load()
    states = dict(held.states)
    new = _read(SearchEntry.objects.filter(practitioner__in=people), states)
    order = np.argsort(new["cell"], kind="stable")
    is_kept = ~np.isin(held.columns["person"], list(people))
    places = np.searchsorted(held.columns["cell"][is_kept], new["cell"][order])
    columns = {
        name: np.insert(column[is_kept], places, new[name][order])
        for name, column in held.columns.items()
    }
    return Snapshot(changes[-1], columns, states, read_lists())


def _read(entries: QuerySet[SearchEntry], states: dict[str, int]) -> Columns:
    """The columns of these rows, in any order; adds to `states` those that it meets."""
    rows = (
        entries.order_by()
        .annotate(
            of_affiliation=Coalesce(F("affiliation_id"), 0),
            of_town=Coalesce(F("town_id"), 0),
            fee_usd=Coalesce(F("first_visit_fee_usd"), UNKNOWN_FEE, output_field=BigIntegerField()),
        )
        .values_list(
            *("practitioner_id", "of_affiliation", "is_only", "latitude", "longitude"),
            *("state_code", "of_town", "place_population", "specialty_mask", "insurer_mask"),
            *("language_mask", "fact_mask", "fee_usd", "verified_until"),
        )
        .iterator(chunk_size=BATCH_ROWS)
    )
    batches = [_columns(batch, states) for batch in _batches(rows)] or [_columns([], states)]
    return {name: np.concatenate([batch[name] for batch in batches]) for name in TYPES}


def _columns(rows: list[tuple], states: dict[str, int]) -> Columns:
    fields = list(zip(*rows, strict=True)) or [()] * 14
    latitude, longitude = (np.array(fields[n], dtype=np.float64) for n in (3, 4))
    phi, theta = np.radians(latitude), np.radians(longitude)
    has_point = ~np.isnan(latitude)
    cell = np.full(len(rows), NOWHERE)
    cell[has_point] = cells(latitude[has_point], longitude[has_point])
    found = {
        "person": fields[0],
        "affiliation": fields[1],
        "is_only": fields[2],
        "x": np.cos(phi) * np.cos(theta),
        "y": np.cos(phi) * np.sin(theta),
        "z": np.sin(phi),
        "cell": cell,
        "state": [states.setdefault(code, len(states)) for code in fields[5]],
        "town": fields[6],
        "town_size": fields[7],
        "specialty_mask": fields[8],
        "insurer_mask": fields[9],
        "language_mask": fields[10],
        "fact_mask": fields[11],
        "fee_usd": fields[12],
        "verified_until": [_ordinal(day) for day in fields[13]],
    }
    return {name: np.array(found[name], dtype=kind) for name, kind in TYPES.items()}


def _ordinal(day: date | None) -> int:
    return NEVER if day is None else day.toordinal()


def _batches(rows: Iterator[tuple]) -> Iterator[list[tuple]]:
    while batch := list(islice(rows, BATCH_ROWS)):
        yield batch
