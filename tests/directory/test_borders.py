import csv

import pytest

from directory.borders import FILE, neighbors_of


@pytest.mark.parametrize(
    ("state", "neighbors"),
    [
        ("NY", ("CT", "MA", "NJ", "PA", "VT")),
        ("DC", ("MD", "VA")),
        ("ME", ("NH",)),
        # At Four Corners only a point is in common.
        ("AZ", ("CA", "NM", "NV", "UT")),
        # Michigan and Minnesota meet in Lake Superior only.
        ("MI", ("IN", "OH", "WI")),
        ("HI", ()),
        ("AK", ()),
        ("XX", ()),
    ],
)
def test_states_with_a_border_in_common(state, neighbors):
    assert neighbors_of(state) == neighbors


def test_every_border_has_two_sides_and_a_border_table_of_107_is_whole():
    """The 48 states and the District have 107 land borders (Census Bureau's outlines)."""
    with FILE.open(encoding="utf-8") as file:
        states = [row["state_code"] for row in csv.DictReader(file)]
    pairs = {(state, other) for state in states for other in neighbors_of(state)}
    assert {(other, state) for state, other in pairs} == pairs
    assert (len(states), len(pairs) // 2) == (51, 107)
