"""Counted over arrays, and one person after the other."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from directory.tally import Crowd

MASKS = st.integers(min_value=0, max_value=2**63 - 1)
ROWS = st.lists(
    st.tuples(st.integers(min_value=1, max_value=6), MASKS, st.floats(min_value=0, max_value=4)),
    max_size=40,
)


def arrays(rows):
    """People, whether each row is the person's only one, masks, chords."""
    people = np.array([person for person, _, _ in rows], dtype=np.int64)
    is_only = np.array([np.count_nonzero(people == person) == 1 for person in people], dtype=bool)
    masks = np.array([mask for _, mask, _ in rows], dtype=np.int64)
    return people, is_only, masks, np.array([chord for _, _, chord in rows], dtype=np.float64)


@given(ROWS)
def test_each_person_is_counted_once(rows):
    people, is_only, _, _ = arrays(rows)
    assert Crowd(people, is_only).count() == len({person for person, _, _ in rows})


@given(ROWS)
def test_each_person_is_counted_once_for_every_bit(rows):
    people, is_only, masks, _ = arrays(rows)
    assert Crowd(people, is_only).count_bits(masks) == [
        len({person for person, mask, _ in rows if mask >> bit & 1}) for bit in range(64)
    ]


@given(ROWS, st.lists(st.floats(min_value=0, max_value=4), max_size=4))
def test_each_person_is_counted_within_every_limit_that_a_row_is_in(rows, limits):
    people, is_only, _, chords = arrays(rows)
    assert Crowd(people, is_only).count_within(chords, limits) == [
        len({person for person, _, chord in rows if chord <= limit}) for limit in limits
    ]
