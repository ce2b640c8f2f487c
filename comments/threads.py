"""Flat comments into threads. Pure: it asks nobody anything, and a chain may be of any length."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

LEVELS_SHOWN = 3
# Of a longer list of answers the first are in sight, and the rest is folded.
LONGEST_UNFOLDED = 5
IN_SIGHT = 3


class Row(Protocol):
    """What a thread needs to know of a comment."""

    pk: int
    parent_id: int | None
    is_closed: bool

    def is_approved(self) -> bool: ...


@dataclass(slots=True)
class Node:
    """One place in a thread: of a comment, or of a placeholder where its row is not approved.

    `is_closed`: it takes no answers, by itself or by what stands above it. `is_flattened` says that
    the place does not tell which comment this one answers; then `answers` is that comment, or None
    when it is not shown. `is_continued`: its replies begin on an earlier page, and so it does.
    """

    row: Row
    level: int
    is_closed: bool = False
    is_flattened: bool = False
    answers: Row | None = None
    is_continued: bool = False
    replies: list["Node"] = field(default_factory=list)

    @property
    def comment(self) -> Row | None:
        """The comment that is shown here; None for a placeholder: one that only has answers."""
        return self.row if self.row.is_approved() else None

    @property
    def replies_in_sight(self) -> list["Node"]:
        return self.replies[:IN_SIGHT] if self._folds() else self.replies

    @property
    def folded_replies(self) -> list["Node"]:
        return self.replies[IN_SIGHT:] if self._folds() else []

    def _folds(self) -> bool:
        # Who turned a page for the rest of a thread wants to read it.
        return len(self.replies) > LONGEST_UNFOLDED and not self.is_continued


@dataclass(frozen=True)
class Thread:
    """The top level of an article's comments, and the places of those shown by their number."""

    nodes: list[Node]
    shown: dict[str, Node]

    @property
    def count(self) -> int:
        """How many comments a reader sees; placeholders are none."""
        return len(self.shown)

    def find(self, number: object) -> Node | None:
        """The place of the shown comment of that number as it stands in an address, or None."""
        return self.shown.get(str(number))


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every place among `nodes` and below them, in the order in which a reader meets it."""
    for node in nodes:
        yield node
        yield from walk(node.replies)


def walk_in_sight(nodes: Iterable[Node]) -> Iterator[Node]:
    """As `walk`, without what is folded."""
    for node in nodes:
        yield node
        yield from walk_in_sight(node.replies_in_sight)


def build_thread(rows: Iterable[Row]) -> Thread:
    """Arrange `rows` (in the order in which siblings are shown) as a thread, in linear time.

    Rows below the third level stand on the third, after what they answer. A row whose parent is
    not among the rows stands on the first. Rows that are not approved leave a placeholder when
    something approved stands below them, and nothing otherwise.
    """
    ordered = _in_thread_order(list(rows))
    kept = _with_something_to_show(ordered)
    nodes: list[Node] = []
    shown: dict[str, Node] = {}
    # For each row: its node, and the list that its replies go to.
    places: dict[int, tuple[Node, list[Node]]] = {}
    for row, parent in ordered:
        if row.pk not in kept:
            continue
        node, siblings = _place(row, places[parent.pk] if parent else None, parent, nodes)
        siblings.append(node)
        places[row.pk] = (node, siblings if node.level == LEVELS_SHOWN else node.replies)
        if row.is_approved():
            shown[str(row.pk)] = node
    return Thread(nodes=nodes, shown=shown)


def _place(row, above, parent, top) -> tuple[Node, list[Node]]:
    """The node of `row` and the list it stands in, given its parent's place."""
    if above is None:
        return Node(row, level=1, is_closed=row.is_closed), top
    parent_node, siblings = above
    return Node(
        row,
        level=min(parent_node.level + 1, LEVELS_SHOWN),
        is_closed=row.is_closed or parent_node.is_closed,
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
