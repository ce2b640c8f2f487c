"""The land of a map as SVG paths: projected, clipped to the view, in whole numbers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from directory.geo import Point
from directory.land import (
    AREAS,
    COUNTY_LINE,
    COVER,
    LAKE,
    LAND,
    LEVELS,
    STATE_LINE,
    STEPS,
    Shape,
    land,
    level_abroad,
    level_for,
)
from directory.projection import Equidistant

# Paths are drawn in a fifth of a unit of the map, so that their coordinates are whole numbers.
FINENESS = 5
# Points closer than this to the last, in those fifths, are left out, but for those on a cut.
LEAST_MOVE = 6
# Of a large country much is in view: less of each line does.
FAR_MILES, LEAST_MOVE_FAR = 300, 20
# What is out of view by so much has no line or edge in it.
MARGIN = 20
KEPT_VIEWS = 64
FILLS = {LAND: "land", COVER: "land", LAKE: "water"}
LINES = {COUNTY_LINE: "county", STATE_LINE: "state"}
ORDER = (
    (LAND, "land"),
    (LAND, "shore"),
    (COVER, "land"),
    (LAKE, "water"),
    (LAKE, "shore"),
    (COUNTY_LINE, "county"),
    (STATE_LINE, "state"),
)

SIDES = (0, STEPS)
QUARTERS = (STEPS // 4, STEPS // 2, STEPS * 3 // 4)
# Boxes from this size on are bent so much that it shows.
BENT_FROM_DEGREES = 8

Positions = list[tuple[float, float]]
Steps = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Layer:
    """One path; `name` is what is drawn: land, water, shore, state or county."""

    name: str
    path: str


@lru_cache(maxsize=KEPT_VIEWS)
def layers(center: Point, miles: float, country_code: str, size: int) -> tuple[Layer, ...]:
    """The land in a square map of `size` units, `miles` from its middle to a side."""
    number = level_for(miles)
    abroad = level_abroad(number, center, country_code)
    projection = Equidistant(center, FINENESS * size / 2 / miles, FINENESS * size / 2)
    least = LEAST_MOVE if miles < FAR_MILES else LEAST_MOVE_FAR
    drawn: list[Layer] = []
    for table, level in ((f"world{abroad}", LEVELS[abroad]), (f"us{number}", LEVELS[number])):
        # The corners of a square are farther away than its sides.
        shapes = list(land().shapes(table, level, center, miles * 1.05))
        drawn += _paths(shapes, projection, FINENESS * size, least)
    return tuple(drawn)


def _paths(
    shapes: Iterable[Shape], projection: Equidistant, side: int, least: float
) -> Iterator[Layer]:
    """The layers from the back to the front: a lake hides the border that runs through it."""
    parts: dict[tuple[int, str], list[str]] = {order: [] for order in ORDER}
    for shape in shapes:
        steps = _bent(shape.steps) if shape.box_degrees >= BENT_FROM_DEGREES else shape.steps
        positions = _in_view(projection.project(_degrees(shape, steps)), side)
        if not positions:
            continue
        cuts = _cuts(steps) if shape.kind in AREAS else [False] * len(positions)
        if shape.kind in AREAS:
            parts[shape.kind, FILLS[shape.kind]].append(_filled(positions, cuts, side, least))
        if shape.kind != COVER:
            name = LINES.get(shape.kind, "shore")
            parts[shape.kind, name] += _stroked(positions, cuts, side, least)
    for (_kind, name), pieces in parts.items():
        if path := "".join(pieces):
            yield Layer(name, path)


def _bent(steps: Steps) -> Steps:
    """With points at every quarter of a box along its southern and northern sides.

    A wide box is bent on the map, and what is drawn there and back along a side must coincide.
    """
    bent = list(steps[:1])
    for (x, y), (after_x, after_y) in pairwise(steps):
        if y == after_y and y in SIDES:
            between = [
                quarter for quarter in QUARTERS if min(x, after_x) < quarter < max(x, after_x)
            ]
            bent += [(quarter, y) for quarter in (between if x < after_x else reversed(between))]
        bent.append((after_x, after_y))
    return tuple(bent)


def _degrees(shape: Shape, steps: Steps) -> Positions:
    step = shape.box_degrees / STEPS
    west, south = shape.west, shape.south
    return [(west + x * step, south + y * step) for x, y in steps]


def _cuts(steps: Steps) -> list[bool]:
    """For each edge whether it runs along a side of the box, where the next box goes on."""
    return [
        (x == after_x and x in SIDES) or (y == after_y and y in SIDES)
        for (x, y), (after_x, after_y) in pairwise(steps)
    ]


def _in_view(positions: Positions, side: int) -> Positions:
    """Nothing when all of it is beyond one side."""
    across, down = zip(*positions, strict=True)
    is_out = (
        max(across) < -MARGIN
        or min(across) > side + MARGIN
        or max(down) < -MARGIN
        or min(down) > side + MARGIN
    )
    return [] if is_out else positions


def _filled(positions: Positions, cuts: list[bool], side: int, least: float) -> str:
    """A closed outline, cut off a little beyond the view."""
    kept = [positions[0]]
    for index, (x, y) in enumerate(positions[1:-1], start=1):
        is_on_cut = cuts[index - 1] or cuts[index]
        if is_on_cut or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= least:
            kept.append((x, y))
    for axis, at, sign in (
        (0, -MARGIN, 1),
        (0, side + MARGIN, -1),
        (1, -MARGIN, 1),
        (1, side + MARGIN, -1),
    ):
        kept = clipped(kept, axis, at, sign)
    return f"{_moves(kept)}z" if len(kept) > 2 else ""


def clipped(ring: Positions, axis: int, at: float, sign: int) -> Positions:
    """The part of a ring at which `axis` is above (sign 1) or below (-1) `at`.

    Sutherland and Hodgman, 1974: the ring is closed without its first point again at the end.
    """
    kept: Positions = []
    for index, after in enumerate(ring):
        before = ring[index - 1]
        is_before_in = (before[axis] - at) * sign >= 0
        is_after_in = (after[axis] - at) * sign >= 0
        if is_before_in != is_after_in:
            share = (at - before[axis]) / (after[axis] - before[axis])
            other = before[1 - axis] + share * (after[1 - axis] - before[1 - axis])
            kept.append((at, other) if axis == 0 else (other, at))
        if is_after_in:
            kept.append(after)
    return kept


def _stroked(positions: Positions, cuts: list[bool], side: int, least: float) -> list[str]:
    """The pieces of a line that are in view and not on a cut."""
    low, high = -MARGIN, side + MARGIN
    pieces: list[Positions] = []
    piece: Positions = []
    for (before, after), is_cut in zip(pairwise(positions), cuts, strict=False):
        (ax, ay), (bx, by) = before, after
        is_out = (ax < low and bx < low) or (ax > high and bx > high)
        is_out = is_out or (ay < low and by < low) or (ay > high and by > high)
        if is_cut or is_out:
            piece = []
        elif piece:
            piece.append(after)
        else:
            piece = [before, after]
            pieces.append(piece)
    return [_moves(_thinned(piece, least)) for piece in pieces]


def _thinned(piece: Positions, least: float) -> Positions:
    kept = [piece[0]]
    for x, y in piece[1:-1]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= least:
            kept.append((x, y))
    return [*kept, piece[-1]]


def _moves(positions: Positions) -> str:
    """SVG path data: one absolute position, then relative ones, as short as they can be written."""
    x, y = round(positions[0][0]), round(positions[0][1])
    written = [f"M{x} {y}l"]
    for next_x, next_y in positions[1:]:
        dx, dy = round(next_x) - x, round(next_y) - y
        if dx or dy:
            written.append(f"{dx} {dy} ")
            x, y = x + dx, y + dy
    if len(written) == 1:
        return f"M{x} {y}h0"
    return "".join(written).replace(" -", "-").rstrip()
