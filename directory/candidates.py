"""Rows of the snapshot that a search looks at, and who is nearest among them. No query."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from directory.geo import Point, squared_chord, unit_vector
from directory.grid import runs_touched
from directory.snapshot import NOWHERE, Snapshot
from directory.tally import Crowd

# A wider circle touches more cells than it takes to look at every row.
GRID_UP_TO_MILES = 1_000
# The golden ratio of a prime: it spreads neighbors evenly, and moves all of them on each day.
SPREAD, MODULUS = 6_185, 10_007


@dataclass(frozen=True)
class Candidates:
    """`at` says which rows of the snapshot, as an index of its columns.

    `chord` is the squared chord from each to the point that was asked for; None without one.
    """

    snapshot: Snapshot
    at: np.ndarray | slice
    chord: np.ndarray | None = None

    def column(self, name: str) -> np.ndarray:
        return self.snapshot.columns[name][self.at]

    @cached_property
    def crowd(self) -> Crowd:
        return Crowd(self.column("person"), self.column("is_only"))

    def __len__(self) -> int:
        return len(self.column("person") if isinstance(self.at, slice) else self.at)

    def take(self, which: np.ndarray | slice) -> "Candidates":
        """Some of them: a mask as long as a column, or their numbers in the wanted order."""
        at = np.arange(len(self.snapshot))[self.at] if isinstance(self.at, slice) else self.at
        chord = None if self.chord is None else self.chord[which]
        return Candidates(self.snapshot, at[which], chord)

    def within(self, radius_miles: float) -> "Candidates":
        """Those at most so far from the point."""
        return self.take(self.chord <= squared_chord(radius_miles))


def everywhere(snapshot: Snapshot) -> Candidates:
    return Candidates(snapshot, slice(None))


def in_state(snapshot: Snapshot, code: str) -> Candidates:
    """`code` as in "US-NY"."""
    return everywhere(snapshot).take(snapshot.columns["state"] == snapshot.states.get(code, -1))


def in_town(snapshot: Snapshot, place_id: int) -> Candidates:
    return everywhere(snapshot).take(snapshot.columns["town"] == place_id)


def near(snapshot: Snapshot, point: Point, radius_miles: float | None) -> Candidates:
    """Those at most `radius_miles` from `point`; None means at any distance."""
    if radius_miles is None or radius_miles > GRID_UP_TO_MILES:
        end = int(np.searchsorted(snapshot.columns["cell"], NOWHERE))
        around = _with_chords(snapshot, slice(0, end), point)
    else:
        cell = snapshot.columns["cell"]
        # Of the same type, or the whole column is converted each time.
        touched = np.array(runs_touched(point, radius_miles), dtype=cell.dtype)
        runs = np.searchsorted(cell, touched)
        parts = [np.arange(first, end) for first, end in runs.tolist()]
        around = _with_chords(snapshot, np.concatenate(parts), point)
    return around if radius_miles is None else around.within(radius_miles)


def people_of(candidates: Candidates) -> int:
    """How many people they are."""
    return candidates.crowd.count()


def first(candidates: Candidates, primary: np.ndarray, *, limit: int, on: date) -> Candidates:
    """The first `limit` people by `primary`, a value for each candidate, ascending.

    Each once, at the office that comes first. Equals take turns by person, in another order every
    day, so that more offices give nobody a better place.
    """
    affiliations, people = candidates.column("affiliation"), candidates.column("person")
    read = limit
    while True:
        at = np.arange(len(primary))
        if read < len(primary):
            at = np.flatnonzero(primary <= np.partition(primary, read)[read])
        at = at[np.lexsort((affiliations[at], _turns(people[at], on), primary[at]))]
        _, firsts = np.unique(people[at], return_index=True)
        at = at[np.sort(firsts)[:limit]]
        if len(at) == limit or read >= len(primary):
            return candidates.take(at)
        read *= 2


def _turns(people: np.ndarray, on: date) -> np.ndarray:
    return (people + on.toordinal()) * SPREAD % MODULUS


def _with_chords(snapshot: Snapshot, at: np.ndarray | slice, point: Point) -> Candidates:
    chord = sum(
        (snapshot.columns[axis][at] - center) ** 2
        for axis, center in zip("xyz", unit_vector(point), strict=True)
    )
    return Candidates(snapshot, at, chord)
