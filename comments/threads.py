"""Flat comments into threads. Pure: it asks nobody anything, and a chain may be of any length."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

LEVELS_SHOWN = 3


class Row(Protocol):
    """What a thread needs to know of a comment."""

    pk: int
    parent_id: int | None

    def is_approved(self) -> bool: ...


@dataclass
class Node:
    """One place in a thread.

    `comment` is None for a placeholder: a comment that is not shown but has answers that are.
    `is_flattened` says that the place does not tell which comment this one answers; then `answers`
    is that comment, or None when it is not shown.
    """

    comment: Row | None
    level: int
    is_flattened: bool = False
    answers: Row | None = None
    replies: list["Node"] = field(default_factory=list)


@dataclass(frozen=True)
class Thread:
    """The top level of an article's comments, and the comments shown by their number."""

    nodes: list[Node]
    shown: dict[str, Row]

    @property
    def count(self) -> int:
        """How many comments a reader sees; placeholders are none."""
        return len(self.shown)

    def find(self, number: object) -> Row | None:
        """The shown comment of that number as it stands in an address, or None."""
        return self.shown.get(str(number))


def build_thread(rows: Iterable[Row]) -> Thread:
    """Arrange `rows` (in the order in which siblings are shown) as a thread, in linear time.

    Rows below the third level stand on the third, after what they answer. A row whose parent is
    not among the rows stands on the first. Rows that are not approved leave a placeholder when
    something approved stands below them, and nothing otherwise.
    """
    ordered = _in_thread_order(list(rows))
    kept = _with_something_to_show(ordered)
    nodes: list[Node] = []
    # For each row: its node, and the list that its replies go to.
    places: dict[int, tuple[Node, list[Node]]] = {}
    for row, parent in ordered:
        if row.pk not in kept:
            continue
        node, siblings = _place(row, places[parent.pk] if parent else None, parent, nodes)
        siblings.append(node)
        places[row.pk] = (node, siblings if node.level == LEVELS_SHOWN else node.replies)
    shown = {str(row.pk): row for row, _ in ordered if row.is_approved()}
    return Thread(nodes=nodes, shown=shown)


def _place(row, above, parent, top) -> tuple[Node, list[Node]]:
    """The node of `row` and the list it stands in, given its parent's place."""
    comment = row if row.is_approved() else None
    if above is None:
        return Node(comment, level=1), top
    parent_node, siblings = above
    return Node(
        comment,
        level=min(parent_node.level + 1, LEVELS_SHOWN),
        is_flattened=parent_node.level == LEVELS_SHOWN,
        answers=parent if parent.is_approved() else None,
    ), siblings


def _in_thread_order(rows: list[Row]) -> list[tuple[Row, Row | None]]:
    """Each row with its parent, every row after its parent and before its parent's next sibling."""
    by_pk = {row.pk: row for row in rows}
    replies = defaultdict(list)
    for row in rows:
        replies[row.parent_id if row.parent_id in by_pk else None].append(row)
    ordered = []
    waiting = replies[None][::-1]
    while waiting:
        row = waiting.pop()
        ordered.append((row, by_pk.get(row.parent_id)))
        waiting.extend(reversed(replies.get(row.pk, ())))
    return ordered


def _with_something_to_show(ordered: list[tuple[Row, Row | None]]) -> set[int]:
    """The numbers of rows that are approved or have something approved below them."""
    kept = set()
    for row, parent in reversed(ordered):
        if row.is_approved():
            kept.add(row.pk)
        if parent and row.pk in kept:
            kept.add(parent.pk)
    return kept
