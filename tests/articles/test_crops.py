"""Which smaller files an image gets, and which part of it each of them shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.crops import CARD_RATIO, TEASER_RATIO, crop, plans

SIDES = st.integers(1, 16_000)
POINTS = st.tuples(st.integers(0, 100), st.integers(0, 100))
CENTER = (50, 50)


def shapes_and_widths(*size, focal):
    return [(plan.shape, plan.format, plan.width_px) for plan in plans(*size, focal=focal)]


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (300, [300]),
        (480, [480]),
        (481, [480, 481]),
        (1600, [480, 720, 960, 1600]),
        (4000, [480, 720, 960, 1600]),
    ],
)
def test_whole_files_go_up_to_the_original_or_the_widest_that_a_page_shows(width, expected):
    made = shapes_and_widths(width, 100, focal=None)
    assert [name for name in made if name[0] == "whole"] == [
        ("whole", format_, wide) for wide in expected for format_ in ("webp", "avif")
    ]


def test_without_a_focal_point_nothing_is_cut():
    whole = (0.0, 0.0, 1200.0, 900.0)
    assert {plan.box for plan in plans(1200, 900, focal=None)} == {whole}
    assert not [plan for plan in plans(1200, 900, focal=None) if plan.shape == "teaser"]


def test_a_focal_point_adds_cuts_for_lists_and_cuts_the_card():
    cut = [plan for plan in plans(1200, 1200, focal=CENTER) if plan.shape != "whole"]
    assert [(plan.shape, plan.format, plan.width_px, plan.height_px) for plan in cut] == [
        ("teaser", "webp", 480, 320),
        ("teaser", "avif", 480, 320),
        ("teaser", "webp", 960, 640),
        ("teaser", "avif", 960, 640),
        ("card", "jpeg", 1200, 630),
    ]
    assert cut[0].box == (0.0, 200.0, 1200.0, 1000.0)


def test_a_narrow_picture_gets_no_card():
    assert "card" not in {plan.shape for plan in plans(599, 900, focal=CENTER)}


@pytest.mark.parametrize(
    ("focal", "expected"),
    [
        ((0, 50), (0.0, 0.0, 150.0, 100.0)),
        ((30, 50), (15.0, 0.0, 165.0, 100.0)),
        ((50, 0), (75.0, 0.0, 225.0, 100.0)),
        ((100, 100), (150.0, 0.0, 300.0, 100.0)),
    ],
)
def test_the_point_is_in_the_middle_unless_that_would_leave_the_picture(focal, expected):
    assert crop(300, 100, ratio=1.5, focal=focal) == expected


@given(SIDES, SIDES, POINTS, st.sampled_from([TEASER_RATIO, CARD_RATIO]))
def test_a_cut_lies_within_has_its_proportions_and_holds_the_point(width, height, focal, ratio):
    left, top, right, bottom = crop(width, height, ratio=ratio, focal=focal)
    assert 0 <= left < right <= width + 1e-6
    assert 0 <= top < bottom <= height + 1e-6
    assert (right - left) / (bottom - top) == pytest.approx(ratio)
    assert left - 1e-6 <= width * focal[0] / 100 <= right + 1e-6
    assert top - 1e-6 <= height * focal[1] / 100 <= bottom + 1e-6
