"""Keys of names, and how far apart they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.place_names import key, raw_words, slips, slug

letters = st.text("abc", max_size=6)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Louis", "saint  LOUIS"),
        ("Ft Worth", "Fort Worth"),
        ("Mt. Vernon", "mount-vernon"),
        ("Coeur d'Alene", "Coeur d’Alene"),
        ("Coeur d Alene", "Coeur d'Alene"),
        ("Winston–Salem", "winston salem"),
        ("Montréal", "MONTREAL"),
        ("N.Y.C.", "nyc"),
        ("D. C.", "DC"),
        ("N Hollywood", "North Hollywood"),
        ("Land O' Lakes", "Land O Lakes"),
        ("Sault Ste. Marie", "Sault Sainte Marie"),
    ],
)
def test_ways_to_write_a_name_have_one_key(one, other):
    assert key(one) == key(other)


def test_letters_of_other_scripts_are_left_out():
    assert raw_words("東京 Tokyo") == ["tokyo"]
    assert key("!!! 東京") == ""


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("phoenix", "phoenix", 0),
        ("pheonix", "phoenix", 1),
        ("albequerque", "albuquerque", 1),
        ("cincinatti", "cincinnati", 2),
        ("tuscon", "tucson", 1),
        ("", "ab", 2),
        ("boston", "austin", 3),
        ("boston", "sacramento", 4),
    ],
)
def test_slips_are_counted_up_to_the_limit(a, b, expected):
    assert slips(a, b, 3) == expected


@given(letters, letters)
def test_slips_equal_the_unbounded_distance(a, b):
    assert slips(a, b, 20) == aligned(a, b)
    assert slips(a, b, 2) == min(aligned(a, b), 3)
    assert slips(b, a, 20) == aligned(a, b)


def aligned(a: str, b: str) -> int:
    """Optimal string alignment by its recursive definition."""
    if not a or not b:
        return len(a) + len(b)
    cost = min(
        aligned(a[:-1], b) + 1,
        aligned(a, b[:-1]) + 1,
        aligned(a[:-1], b[:-1]) + (a[-1] != b[-1]),
    )
    if len(a) > 1 and len(b) > 1 and a[-1] == b[-2] and a[-2] == b[-1]:
        cost = min(cost, aligned(a[:-2], b[:-2]) + 1)
    return cost


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("populated", "St. Louis", "Missouri", "US", "United States"), "st-louis-missouri"),
        (("populated", "Toronto", "Ontario", "CA", "Canada"), "toronto-ontario-canada"),
        (("postcode", "11201", "New York", "US", "United States"), "11201"),
        (("state", "Vermont", "Vermont", "US", "United States"), "vermont"),
        (("state", "Ontario", "Ontario", "CA", "Canada"), "ontario-canada"),
    ],
)
def test_slug_says_where(arguments, expected):
    assert slug(*arguments) == expected
