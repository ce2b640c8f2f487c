"""A thread cut into pages: whole threads where they fit, and nothing lost or twice."""

from random import Random

import pytest

from comments.pages import cut, is_in_sight, page_of
from comments.threads import build_thread, walk
from tests.comments.test_threads import Row

MOST = 5


def numbers(nodes):
    """As nested lists; "(7)" for what began on an earlier page."""
    return [(name(node), numbers(node.replies)) if node.replies else name(node) for node in nodes]


def name(node):
    return f"({node.row.pk})" if node.is_continued else str(node.row.pk)


def cut_rows(*rows):
    return [numbers(page) for page in cut(build_thread(rows).nodes, most=MOST)]


def test_nothing_is_one_empty_page():
    assert cut_rows() == [[]]


def test_threads_stay_whole():
    rows = [Row(1), Row(2, 1), Row(3, 1), Row(4), Row(5, 4), Row(6, 4), Row(7), Row(8)]
    assert cut_rows(*rows) == [[("1", ["2", "3"])], [("4", ["5", "6"]), "7", "8"]]


def test_a_page_is_full_with_as_many_as_it_may_hold():
    assert cut_rows(*map(Row, range(1, 7))) == [["1", "2", "3", "4", "5"], ["6"]]


def test_a_longer_thread_is_cut_and_says_what_it_hangs_on():
    rows = [Row(1), Row(2, 1), Row(3, 2), Row(4, 2), Row(5, 2), Row(6, 2), Row(7, 1), Row(8)]
    assert cut_rows(Row(9), *rows) == [
        ["9"],
        [("1", [("2", ["3", "4", "5"])])],
        [("(1)", [("(2)", ["6"]), "7"]), "8"],
    ]


def test_what_is_continued_is_not_folded_again():
    pages = cut(build_thread([Row(1), *(Row(pk, 1) for pk in range(2, 20))]).nodes, most=9)
    assert [len(page[0].replies_in_sight) for page in pages] == [3, 9, 1]


@pytest.mark.parametrize("seed", range(20))
def test_every_comment_stands_on_one_page_in_the_order_of_reading(seed):
    random = Random(seed)
    rows = [
        Row(pk, random.choice([None, pk - 1, random.randrange(1, pk + 1)]), random.random() < 0.8)
        for pk in range(1, 120)
    ]
    rows = [row if row.parent_id != row.pk else Row(row.pk) for row in rows]
    thread = build_thread(rows)
    pages = cut(thread.nodes, most=MOST)
    found = [[node.row.pk for node in walk(page) if not node.is_continued] for page in pages]
    assert [pk for page in found for pk in page] == [node.row.pk for node in walk(thread.nodes)]
    assert max(map(len, found)) <= MOST
    for number, page in enumerate(found, start=1):
        assert [page_of(pk, pages) for pk in page] == [number] * len(page)


def test_what_is_folded_or_elsewhere_is_not_in_sight():
    rows = [Row(1), *(Row(pk, 1) for pk in range(2, 8)), Row(8, 7)]
    (page,) = cut(build_thread(rows).nodes)
    assert [pk for pk in range(1, 10) if is_in_sight(pk, page)] == [1, 2, 3, 4]
