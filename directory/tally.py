"""Counts people by their rows; each of them once, whatever the number of rows. Pure."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np

MASK_BYTES, BYTE_BITS = 8, 8
# What bits every byte has.
BITS = (np.arange(256)[:, None] >> np.arange(BYTE_BITS)) & 1


class Crowd:
    """Whose some rows are; what is counted comes as an array with a value for each of the rows.

    `is_only` says of a row that the person has no other one, here or anywhere.
    """

    def __init__(self, people: np.ndarray, is_only: np.ndarray):
        self.people = people
        self.is_only = is_only

    def count(self) -> int:
        """How many people they are."""
        return int(np.count_nonzero(self.is_only)) + len(self._starts)

    def count_bits(self, masks: np.ndarray) -> list[int]:
        """How many people have each bit from 0 to 63, in any of their rows."""
        merged = self._merged(masks)
        # Bits that nobody has are not looked for.
        used = int(np.bitwise_or.reduce(merged)).to_bytes(MASK_BYTES, "little")
        columns = merged.astype("<i8", copy=False).view(np.uint8).reshape(-1, MASK_BYTES).T
        counts = np.zeros((MASK_BYTES, BYTE_BITS), dtype=np.int64)
        for number, column in enumerate(columns):
            if used[number]:
                counts[number] = np.bincount(column, minlength=256) @ BITS
        return counts.ravel().tolist()

    def count_within(self, chords: np.ndarray, limits: Iterable[float]) -> list[int]:
        """How many people have a row of which the chord is at most each limit."""
        alone = chords[self.is_only]
        nearest = self._reduced(np.minimum, chords)
        return [
            int(np.count_nonzero(alone <= limit)) + int(np.count_nonzero(nearest <= limit))
            for limit in limits
        ]

    def _merged(self, masks: np.ndarray) -> np.ndarray:
        """One mask a person, with the bits of all rows."""
        if not len(self._starts):
            return masks
        return np.concatenate([masks[self.is_only], self._reduced(np.bitwise_or, masks)])

    def _reduced(self, how: np.ufunc, values: np.ndarray) -> np.ndarray:
        """One value for each of those who have several rows."""
        ordered = values[self._several]
        return how.reduceat(ordered, self._starts) if len(self._starts) else ordered

    @cached_property
    def _several(self) -> np.ndarray:
        """The rows of those who have several, in an order that brings each person's together."""
        rows = np.flatnonzero(~self.is_only)
        return rows[np.argsort(self.people[rows], kind="stable")]

    @cached_property
    def _starts(self) -> np.ndarray:
        """Where each person begins in that order."""
        ordered = self.people[self._several]
        is_first = np.ones(len(ordered), dtype=bool)
        is_first[1:] = ordered[1:] != ordered[:-1]
        return np.flatnonzero(is_first)
