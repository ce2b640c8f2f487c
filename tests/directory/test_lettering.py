from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.lettering import Name, Spot, bunched, placed_names, written

coordinates = st.floats(0, 400)


def texts(*spots):
    return [run.text for run in bunched([Spot(*spot) for spot in spots], 400)]


def test_pins_apart_stand_for_themselves():
    assert texts((1, 50, 50), (2, 200, 200), (3, 300, 60)) == ["1", "2", "3"]


def test_pins_at_one_office_are_combined():
    assert texts((3, 200, 200), (4, 200, 200), (5, 201, 200), (9, 20, 20)) == ["3–5", "9"]


def test_numbers_that_do_not_follow_each_other_stay_links_of_their_own():
    assert texts((1, 200, 200), (3, 200, 200), (4, 202, 200)) == ["1", "3–4"]


def test_a_pin_is_centered_on_its_spot():
    [run] = bunched([Spot(7, 120, 80)], 400)
    assert (run.box.left + run.box.right) / 2 == 120
    assert (run.box.top + run.box.bottom) / 2 == 80


@given(st.lists(st.tuples(coordinates, coordinates), max_size=20))
def test_every_number_is_reachable_and_no_link_hides_another(places):
    spots = [Spot(number, x, y) for number, (x, y) in enumerate(places, start=1)]
    runs = bunched(spots, 400)
    assert [number for run in runs for number in run.numbers] == [spot.number for spot in spots]
    assert not any(a.box.overlaps(b.box) for a, b in combinations(runs, 2))
    assert all(run.box.is_within(400.01) for run in runs)
    assert all(run.box.right - run.box.left >= 24 for run in runs)


@given(st.lists(st.tuples(coordinates, coordinates, st.text(min_size=1, max_size=20)), max_size=30))
def test_names_overlap_neither_pins_nor_each_other(names):
    pins = [run.box for run in bunched([Spot(1, 200, 200), Spot(2, 90, 90)], 400)]
    placed = placed_names([Name(text, x, y, 13) for x, y, text in names], pins, 400, most=12)
    assert len(placed) <= 12
    boxes = [*pins, *(name.box for name in placed)]
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))


def test_a_name_gives_way_to_one_that_came_first():
    placed = placed_names(
        [Name("Portland", 200, 200, 15), Name("Portland", 201, 200, 15)], [], 400, most=9
    )
    assert [(name.x, name.anchor) for name in placed] == [(206, "start")]


def test_a_name_that_must_be_shown_steps_aside_for_a_pin():
    pins = [run.box for run in bunched([Spot(1, 200, 200)], 400)]
    place = Name("Portland", 200, 200, 15, must=True)
    assert [name.anchor for name in placed_names([place], pins, 400, most=9)] == ["start"]
    assert placed_names([Name("Portland", 200, 200, 15)], pins, 400, most=9) == []


@pytest.mark.parametrize(
    ("value", "text"), [(3.0, "3"), (3.14, "3.1"), (-0.25, "-0.2"), (1234.5, "1234.5")]
)
def test_numbers_are_written_as_svg_reads_them(value, text):
    assert written(value) == text
