"""Where pins and names stand on a map, so that none hides another."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# All in units of the map. The links stay as large as a finger or WCAG 2.5.8 asks on a small phone.
PIN_HEIGHT = 30
PIN_DIGIT_WIDTH = 8.5
PIN_GAP = 2
DOT_GAP, FARTHER_GAP = 6, 22
# Of the widths of letters in the system's sans, for a guess that is rather too wide.
LETTER_WIDTH = 0.56


@dataclass(frozen=True)
class Box:
    """A rectangle by its corners."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        is_beside = self.right <= other.left or other.right <= self.left
        return not (is_beside or self.bottom <= other.top or other.bottom <= self.top)

    def is_within(self, size: float) -> bool:
        return (
            self.left >= 2 and self.top >= 2 and self.right <= size - 2 and self.bottom <= size - 2
        )


@dataclass(frozen=True)
class Spot:
    """Where one result is, by its number."""

    number: int
    x: float
    y: float


@dataclass(frozen=True)
class Run:
    """Results that follow each other in one place: the link leads to the first of them."""

    numbers: tuple[int, ...]
    box: Box

    @property
    def text(self) -> str:
        return _run_text(self.numbers)


@dataclass(frozen=True)
class Name:
    """A name to be placed beside its dot; one that `must` be named may stand farther from it."""

    text: str
    x: float
    y: float
    font_px: float
    must: bool = False


@dataclass(frozen=True)
class Placed:
    """A name in its place; `anchor` is that of SVG's text-anchor, (`x`, `y`) its base line."""

    name: Name
    x: float
    y: float
    anchor: str
    box: Box


def written(value: float) -> str:
    """With one decimal, as SVG reads it whatever the language of the page."""
    return f"{value:.1f}".removesuffix(".0")


def bunched(spots: Iterable[Spot], size: float) -> list[Run]:
    """The pins, those that would overlap combined, in the order of their numbers."""
    groups = [[spot] for spot in spots]
    blocks = [_block(group, size) for group in groups]
    while pair := _first_overlap(blocks):
        one, other = pair
        groups[one] += groups.pop(other)
        blocks.pop(other)
        blocks[one] = _block(groups[one], size)
    return sorted((run for block in blocks for run in block[1]), key=lambda run: run.numbers)


def _first_overlap(blocks: Sequence[tuple[Box, list[Run]]]) -> tuple[int, int] | None:
    for one, (box, _) in enumerate(blocks):
        for other in range(one + 1, len(blocks)):
            if box.overlaps(blocks[other][0]):
                return one, other
    return None


def _block(group: Sequence[Spot], size: float) -> tuple[Box, list[Run]]:
    """The pins of a group in rows around its middle, pushed into view, and the box around them."""
    runs = _runs(sorted(spot.number for spot in group))
    in_a_row = math.ceil(math.sqrt(len(runs)))
    rows = [runs[first : first + in_a_row] for first in range(0, len(runs), in_a_row)]
    widths = [sum(map(_width, row)) + PIN_GAP * (len(row) - 1) for row in rows]
    width, height = max(widths), len(rows) * (PIN_HEIGHT + PIN_GAP) - PIN_GAP
    x = sum(spot.x for spot in group) / len(group)
    y = sum(spot.y for spot in group) / len(group)
    left = min(max(x - width / 2, 2), size - width - 2)
    top = min(max(y - height / 2, 2), size - height - 2)
    placed = []
    for index, (row, row_width) in enumerate(zip(rows, widths, strict=True)):
        at, row_top = left + (width - row_width) / 2, top + index * (PIN_HEIGHT + PIN_GAP)
        for numbers in row:
            placed.append(
                Run(numbers, Box(at, row_top, at + _width(numbers), row_top + PIN_HEIGHT))
            )
            at += _width(numbers) + PIN_GAP
    return Box(left, top, left + width, top + height), placed


def _runs(numbers: Sequence[int]) -> list[tuple[int, ...]]:
    runs: list[tuple[int, ...]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1] += (number,)
        else:
            runs.append((number,))
    return runs


def _run_text(numbers: Sequence[int]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"


def _width(numbers: Sequence[int]) -> float:
    return max(PIN_HEIGHT, 13 + PIN_DIGIT_WIDTH * len(_run_text(numbers)))


def placed_names(
    names: Iterable[Name], taken: Sequence[Box], size: float, *, most: int
) -> list[Placed]:
    """Those that find room, first come first served: beside, above or below their dots."""
    boxes, placed = list(taken), []
    for name in names:
        dot = Box(name.x - 3, name.y - 3, name.x + 3, name.y + 3)
        is_hidden = any(dot.overlaps(box) for box in boxes)
        if len(placed) == most or (is_hidden and not name.must):
            continue
        for choice in _choices(name):
            if choice.box.is_within(size) and not any(choice.box.overlaps(box) for box in boxes):
                placed.append(choice)
                boxes += [choice.box, dot]
                break
    return placed


def _choices(name: Name) -> Iterator[Placed]:
    """The places for a name, best first."""
    width, height = LETTER_WIDTH * name.font_px * len(name.text), name.font_px
    middle = name.y + 0.35 * height
    for gap in (DOT_GAP, FARTHER_GAP) if name.must else (DOT_GAP,):
        for x, y, anchor, left in (
            (name.x + gap, middle, "start", name.x + gap),
            (name.x - gap, middle, "end", name.x - gap - width),
            (name.x, name.y - gap, "middle", name.x - width / 2),
            (name.x, name.y + gap + 0.75 * height, "middle", name.x - width / 2),
        ):
            box = Box(left, y - 0.85 * height, left + width, y + 0.3 * height)
            yield Placed(name, x, y, anchor, box)
