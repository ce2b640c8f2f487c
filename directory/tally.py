"""Counts people by the bits of their rows; each of them once, whatever the number of rows. Pure.

Rows are arrays of the same length: whose they are, whether that is the person's only one, and what
is counted.
"""

import numpy as np

MASK_BYTES, BYTE_BITS = 8, 8
# What bits every byte has.
BITS = (np.arange(256)[:, None] >> np.arange(BYTE_BITS)) & 1


def count_people(people: np.ndarray, is_only: np.ndarray) -> int:
    """How many people the rows belong to."""
    alone = int(np.count_nonzero(is_only))
    return alone + (len(np.unique(people[~is_only])) if alone < len(people) else 0)


def count_bits(masks: np.ndarray, people: np.ndarray, is_only: np.ndarray) -> list[int]:
    """How many people have each bit from 0 to 63, in any of their rows."""
    return np.concatenate(
        [
            np.bincount(column, minlength=256) @ BITS
            for column in _bytes(_merged(masks, people, is_only))
        ]
    ).tolist()


def count_within(
    chords: np.ndarray, limits: list[float], people: np.ndarray, is_only: np.ndarray
) -> list[int]:
    """How many people have a row of which the chord is at most each limit."""
    alone = chords[is_only]
    order, starts = _runs(people[~is_only])
    nearest = np.minimum.reduceat(chords[~is_only][order], starts) if len(starts) else alone[:0]
    return [
        int(np.count_nonzero(alone <= limit)) + int(np.count_nonzero(nearest <= limit))
        for limit in limits
    ]


def _merged(masks: np.ndarray, people: np.ndarray, is_only: np.ndarray) -> np.ndarray:
    """One mask a person, with the bits of all rows."""
    order, starts = _runs(people[~is_only])
    if not len(starts):
        return masks
    several = np.bitwise_or.reduceat(masks[~is_only][order], starts)
    return np.concatenate([masks[is_only], several])


def _runs(people: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """An order that brings the rows of each person together, and where each begins in it."""
    order = np.argsort(people, kind="stable")
    ordered = people[order]
    is_first = np.ones(len(people), dtype=bool)
    is_first[1:] = ordered[1:] != ordered[:-1]
    return order, np.flatnonzero(is_first)


def _bytes(masks: np.ndarray) -> np.ndarray:
    """Eight arrays, from the lowest byte of each mask to the highest."""
    return masks.astype("<i8").view(np.uint8).reshape(-1, MASK_BYTES).T
