"""Plane geometry for line drawings: smooth lines through given points, as lists of (x, y).

A "line" is a dense polyline; the given points are the few that an illustrator would choose.
"""

from itertools import pairwise
from math import hypot

Xy = tuple[float, float]


def xy(text: str) -> list[Xy]:
    """Points from "x,y x,y …", as compact as an SVG polyline's."""
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in text.split())]


def _knot(start: float, a: Xy, b: Xy) -> float:
    return start + max(hypot(b[0] - a[0], b[1] - a[1]), 1e-6) ** 0.5


def _mix(a: Xy, b: Xy, start: float, stop: float, at: float) -> Xy:
    share = (at - start) / (stop - start)
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


def _segment(p0: Xy, p1: Xy, p2: Xy, p3: Xy, count: int) -> list[Xy]:
    """Points from p1 up to, and not including, p2 (Barry and Goldman's pyramid)."""
    t0 = 0.0
    t1 = _knot(t0, p0, p1)
    t2 = _knot(t1, p1, p2)
    t3 = _knot(t2, p2, p3)
    points = []
    for index in range(count):
        t = t1 + (t2 - t1) * index / count
        a1, a2, a3 = (
            _mix(p0, p1, t0, t1, t),
            _mix(p1, p2, t1, t2, t),
            _mix(p2, p3, t2, t3, t),
        )
        b1, b2 = _mix(a1, a2, t0, t2, t), _mix(a2, a3, t1, t3, t)
        points.append(_mix(b1, b2, t1, t2, t))
    return points


def smooth(points: list[Xy], closed: bool = False, per_segment: int = 16) -> list[Xy]:
    """A centripetal Catmull-Rom line through all points; it has no loops and no overshoot."""
    if len(points) == 2 and not closed:
        return list(points)
    if closed:
        ring = [points[-1], *points, points[0], points[1]]
    else:
        first, second, last, before = points[0], points[1], points[-1], points[-2]
        ring = [
            (2 * first[0] - second[0], 2 * first[1] - second[1]),
            *points,
            (2 * last[0] - before[0], 2 * last[1] - before[1]),
        ]
    line = []
    for index in range(len(ring) - 3):
        line += _segment(*ring[index : index + 4], per_segment)
    line.append(ring[-2])
    return line


def lengths(line: list[Xy]) -> list[float]:
    """The way covered at each point, from 0."""
    total = [0.0]
    for a, b in pairwise(line):
        total.append(total[-1] + hypot(b[0] - a[0], b[1] - a[1]))
    return total


def part(line: list[Xy], start: float, stop: float, count: int = 40) -> list[Xy]:
    """`count` points at equal distances between two shares (0 to 1) of the line's length."""
    ways = lengths(line)
    points, index = [], 0
    for step in range(count):
        way = ways[-1] * (start + (stop - start) * step / (count - 1))
        while index < len(line) - 2 and ways[index + 1] < way:
            index += 1
        span = max(ways[index + 1] - ways[index], 1e-9)
        points.append(_mix(line[index], line[index + 1], 0, span, way - ways[index]))
    return points


def between(a: list[Xy], b: list[Xy], share: float, count: int = 60) -> list[Xy]:
    """The line that runs at `share` of the way from line a to line b."""
    pairs = zip(part(a, 0, 1, count), part(b, 0, 1, count), strict=True)
    return [_mix(p, q, 0, 1, share) for p, q in pairs]


def ribbon(line: list[Xy], half_widths: list[float]) -> list[Xy]:
    """The closed outline of a line that has its own half width at every point."""
    left, right = [], []
    for index, (x, y) in enumerate(line):
        before, after = line[max(index - 1, 0)], line[min(index + 1, len(line) - 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        size = hypot(dx, dy) or 1.0
        nx, ny = -dy / size * half_widths[index], dx / size * half_widths[index]
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return left + right[::-1]


def inside(point: Xy, outline: list[Xy]) -> bool:
    x, y = point
    result = False
    for (x1, y1), (x2, y2) in zip(outline, [*outline[1:], outline[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            result = not result
    return result


def moved(points: list[Xy], dx: float = 0, dy: float = 0, scale: float = 1) -> list[Xy]:
    return [(x * scale + dx, y * scale + dy) for x, y in points]


def bone(start: Xy, stop: Xy, head: float, shaft: float, foot: float) -> list[Xy]:
    """The outline of a long bone: half widths of its two ends and of its shaft."""
    line = part([start, stop], 0, 1, 7)
    return ribbon(line, [head * 0.6, head, shaft * 1.08, shaft, shaft * 1.08, foot, foot * 0.6])


def mirrored(points: list[Xy], axis_x: float) -> list[Xy]:
    return [(2 * axis_x - x, y) for x, y in points]
