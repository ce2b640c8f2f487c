"""A thread of any size cut into pages that a phone can hold. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from comments.threads import Node, walk, walk_in_sight

# As many as a reader scrolls through: some 15 kB compressed.
COMMENTS_ON_A_PAGE = 100


def cut(nodes: list[Node], *, most: int = COMMENTS_ON_A_PAGE) -> list[list[Node]]:
    """The pages of these threads, in their order; one page, empty, where there are none.

    A page holds whole threads, of at most so many places together. A thread that is longer by
    itself is cut; its further parts begin with what they hang on, as `is_continued`.
    """
    pages: list[list[Node]] = [[]]
    room = most
    for thread in nodes:
        for part, size in _parts(thread, most):
            if size > room:
                pages.append([])
                room = most
            pages[-1].append(part)
            room -= size
    return pages


def page_of(key: int, pages: list[list[Node]]) -> int | None:
    """The number, from 1, of the page on which the comment of that key stands."""
    for number, nodes in enumerate(pages, start=1):
        if _is_among(key, walk(nodes)):
            return number
    return None


def is_in_sight(key: int, nodes: list[Node]) -> bool:
    """Whether the comment of that key stands among `nodes` or below them, outside every fold."""
    return _is_among(key, walk_in_sight(nodes))


def _is_among(key: int, places: Iterator[Node]) -> bool:
    return any(node.row.pk == key and not node.is_continued for node in places)


def _parts(thread: Node, most: int) -> Iterator[tuple[Node, int]]:
    """The thread in parts of at most `most` places that are not continued, with their numbers."""
    places = list(_places(thread, ()))
    if len(places) <= most:
        yield thread, len(places)
        return
    for start in range(0, len(places), most):
        part = places[start : start + most]
        yield _part(part), len(part)


def _places(node: Node, above: tuple[Node, ...]) -> Iterator[tuple[Node, ...]]:
    """For each place in the order of reading: the way down to it."""
    way = (*above, node)
    yield way
    for reply in node.replies:
        yield from _places(reply, way)


def _part(places: list[tuple[Node, ...]]) -> Node:
    """A thread of these places and of what is above them."""
    copies: dict[int, Node] = {}
    for way in places:
        siblings = None
        for node in way:
            copy = copies.get(node.row.pk)
            if copy is None:
                copy = replace(node, replies=[], is_continued=node is not way[-1])
                copies[node.row.pk] = copy
                if siblings is not None:
                    siblings.append(copy)
            siblings = copy.replies
    return copies[places[0][0].row.pk]
