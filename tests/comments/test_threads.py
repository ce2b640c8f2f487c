from dataclasses import dataclass

from comments.threads import build_thread, walk


@dataclass(frozen=True)
class Row:
    pk: int
    parent_id: int | None = None
    is_shown: bool = True
    is_closed: bool = False

    def is_approved(self):
        return self.is_shown


def shape(nodes):
    """Numbers and placeholders ("-") as nested lists; "5>4": flattened, and answering 4."""
    return [(label(node), shape(node.replies)) if node.replies else label(node) for node in nodes]


def label(node):
    name = str(node.comment.pk) if node.comment else "-"
    if not node.is_flattened:
        return name
    return f"{name}>{node.answers.pk if node.answers else '-'}"


def shape_of(*rows):
    return shape(build_thread(rows).nodes)


def test_no_rows_make_an_empty_thread():
    thread = build_thread([])
    assert (thread.nodes, thread.count) == ([], 0)


def test_siblings_keep_the_order_of_the_rows():
    assert shape_of(Row(3), Row(1), Row(2, 3), Row(5, 3)) == [("3", ["2", "5"]), "1"]


def test_a_reply_may_come_before_what_it_answers():
    assert shape_of(Row(2, 1), Row(1)) == [("1", ["2"])]


def test_below_the_third_level_replies_are_flattened_and_name_what_they_answer():
    rows = [Row(1), Row(2, 1), Row(3, 2), Row(4, 3), Row(5, 4), Row(6, 2), Row(7, 3)]
    assert shape_of(*rows) == [("1", [("2", ["3", "4>3", "5>4", "7>3", "6"])])]


def test_three_levels_are_told():
    thread = build_thread([Row(1), Row(2, 1), Row(3, 2), Row(4, 3)])
    first = thread.nodes[0]
    second = first.replies[0]
    assert [first.level, second.level, *(node.level for node in second.replies)] == [1, 2, 3, 3]


def test_a_comment_that_is_not_shown_leaves_a_placeholder_above_answers_that_are():
    assert shape_of(Row(1, is_shown=False), Row(2, 1)) == [("-", ["2"])]


def test_a_chain_that_is_not_shown_leaves_placeholders_down_to_what_is_shown():
    rows = [Row(1, is_shown=False), Row(2, 1, is_shown=False), Row(3, 2)]
    assert shape_of(*rows) == [("-", [("-", ["3"])])]


def test_comments_that_are_not_shown_leave_nothing_when_nothing_is_shown_below():
    rows = [Row(1), Row(2, 1, is_shown=False), Row(3, 2, is_shown=False), Row(4, is_shown=False)]
    assert shape_of(*rows) == ["1"]


def test_a_flattened_answer_to_a_comment_that_is_not_shown_says_so_without_its_row():
    rows = [Row(1), Row(2, 1), Row(3, 2), Row(4, 3, is_shown=False), Row(5, 4)]
    assert shape_of(*rows) == [("1", [("2", ["3", "->3", "5>-"])])]


def test_an_answer_to_what_is_not_among_the_rows_stands_on_the_first_level():
    assert shape_of(Row(2, 99), Row(3, 2)) == [("2", ["3"])]


def test_rows_in_a_circle_are_left_out():
    assert shape_of(Row(1), Row(2, 3), Row(3, 2), Row(4, 4)) == ["1"]


def test_only_what_is_shown_counts_and_is_found():
    thread = build_thread([Row(1, is_shown=False), Row(2, 1), Row(3)])
    assert thread.count == 2
    assert thread.find("2").row == Row(2, 1)
    assert thread.find(3).row == Row(3)
    for number in ("1", "99", "", "2x", "٢", "9" * 5_000, None):
        assert thread.find(number) is None


def test_a_chain_of_five_thousand_answers_is_shown_whole_and_in_order():
    thread = build_thread([Row(1), *(Row(pk, pk - 1) for pk in range(2, 5_001))])
    third_level = thread.nodes[0].replies[0].replies
    assert [node.comment.pk for node in third_level] == list(range(3, 5_001))
    assert [node.answers.pk for node in third_level[1:]] == list(range(3, 5_000))


def test_a_chain_of_five_thousand_with_one_shown_at_its_end_keeps_its_shape():
    rows = [Row(1, is_shown=False)]
    rows += [Row(pk, pk - 1, is_shown=pk == 5_000) for pk in range(2, 5_001)]
    thread = build_thread(rows)
    assert thread.count == 1
    assert len(thread.nodes[0].replies[0].replies) == 4_998


def test_what_is_closed_is_closed_down_to_the_last_answer_and_nothing_beside_it():
    rows = [Row(1), Row(2, 1, is_closed=True, is_shown=False), Row(3, 2), Row(4, 3), Row(5, 4)]
    thread = build_thread([*rows, Row(6, 1), Row(7)])
    assert [node.row.pk for node in thread.shown.values() if node.is_closed] == [3, 4, 5]


def in_sight(*rows):
    first = build_thread(rows).nodes[0]
    lists = first.replies_in_sight, first.folded_replies
    return [[node.row.pk for node in nodes] for nodes in lists]


def test_a_list_of_five_answers_is_in_sight_and_of_a_longer_one_the_first_three():
    rows = [Row(1), *(Row(pk, 1) for pk in range(2, 7))]
    assert in_sight(*rows) == [[2, 3, 4, 5, 6], []]
    assert in_sight(*rows, Row(7, 1)) == [[2, 3, 4], [5, 6, 7]]


def test_a_walk_meets_every_place_in_the_order_of_reading():
    thread = build_thread([Row(1, is_shown=False), Row(2), Row(3, 1), Row(4, 3)])
    assert [node.row.pk for node in walk(thread.nodes)] == [1, 3, 4, 2]
