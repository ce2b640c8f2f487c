"""Documents, and the order of what is found at several levels. The index is tested with what it
holds: tests/articles/test_search_index.py."""

import pytest

from acutake.lib.fulltext import MOST_BYTES, best_first, document


def test_document_has_each_level_within_the_next():
    assert document(["heel"], ["pain", "heel"], []) == "aheel bheel bpain cheel cpain"


def test_document_of_too_long_a_text_is_cut():
    cut = document([], [f"{number:040}" for number in range(30_000)])

    assert MOST_BYTES * 0.8 < len(cut) <= MOST_BYTES


@pytest.mark.parametrize(
    ("limit", "expected"),
    [(9, {1: 0, 4: 1, 2: 1, 3: 2}), (2, {1: 0, 4: 1, 2: 1}), (0, {1: 0})],
)
def test_narrowest_level_comes_first(limit, expected):
    rows = {"a": [1], "b": [4, 2, 1], "c": [3, 1, 2, 4]}

    found = best_first(lambda level: rows[level][: limit + 1], levels="abc", limit=limit)

    assert list(found.items()) == list(expected.items())


def test_wider_levels_are_not_asked_when_there_are_enough():
    asked = []

    found = best_first(lambda level: asked.append(level) or [1, 2, 3], levels="abc", limit=2)

    assert (found, asked) == ({1: 0, 2: 0, 3: 0}, ["a"])
