"""Reading, joining and simplifying the lines of which build_map.py makes map.bin.xz."""

import json
import math
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

# Longitude, latitude.
Position = tuple[float, float]
Line = list[Position]
Edge = tuple[Position, Position]


def read_shapefile(path: Path) -> list[list[Line]]:
    """The polygons of a shapefile (ESRI white paper of July 1998), each as its rings."""
    data, offset, shapes = path.read_bytes(), 100, []
    while offset < len(data):
        (words,) = struct.unpack_from(">i", data, offset + 4)
        content = data[offset + 8 : offset + 8 + 2 * words]
        offset += 8 + 2 * words
        parts, points = struct.unpack_from("<2i", content, 36)
        starts = [*struct.unpack_from(f"<{parts}i", content, 44), points]
        flat = struct.unpack_from(f"<{2 * points}d", content, 44 + 4 * parts)
        line = [(round(x, 6), round(y, 6)) for x, y in zip(flat[::2], flat[1::2], strict=True)]
        shapes.append([line[first:end] for first, end in pairwise(starts)])
    return shapes


def read_topojson(path: Path, name: str, tolerance: float) -> dict[str, list[Line]]:
    """The rings of an object by id (TopoJSON 1.0); what neighbors share is simplified alike."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = [simplified(arc, tolerance) for arc in absolute(topology)]

    def ring(indices: list[int]) -> Line:
        joined: Line = []
        for index in indices:
            joined += (arcs[index] if index >= 0 else arcs[~index][::-1])[bool(joined) :]
        return joined

    shapes: dict[str, list[Line]] = defaultdict(list)
    for code, indices in rings_of(topology, name):
        joined = ring(indices)
        shapes[code] += [joined] if is_seen(joined, tolerance) else []
    return shapes


def read_border(path: Path, country: str, neighbor: str) -> list[Line]:
    """What two countries of a TopoJSON file have in common."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = absolute(topology)
    used: dict[str, set[int]] = defaultdict(set)
    for code, indices in rings_of(topology, "countries"):
        used[code] |= {index if index >= 0 else ~index for index in indices}
    return [arcs[index] for index in sorted(used[country] & used[neighbor])]


def absolute(topology: dict) -> list[Line]:
    """The arcs, which are written as differences in whole numbers."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Line] = []
    for arc in topology["arcs"]:
        x = y = 0
        arcs.append([])
        for dx, dy in arc:
            x, y = x + dx, y + dy
            arcs[-1].append((x * sx + tx, y * sy + ty))
    return arcs


def rings_of(topology: dict, name: str) -> Iterator[tuple[str, list[int]]]:
    """The rings of each polygon by the id of its shape, as numbers of arcs."""
    for shape in topology["objects"][name]["geometries"]:
        polygons = shape.get("arcs", [])
        for polygon in [polygons] if shape["type"] == "Polygon" else polygons:
            for ring in polygon:
                yield str(shape.get("id")), ring


def strip(a: Position, b: Position, half_width: float) -> Line:
    """A rectangle around an edge, longer than it by half its width at each end."""
    squash = math.cos(math.radians(a[1]))
    dx, dy = (b[0] - a[0]) * squash, b[1] - a[1]
    length = math.hypot(dx, dy) or 1.0
    ux, uy = half_width * dx / length, half_width * dy / length
    corners = (
        (a[0] - (ux + uy) / squash, a[1] - uy + ux),
        (b[0] + (ux - uy) / squash, b[1] + uy + ux),
        (b[0] + (ux + uy) / squash, b[1] + uy - ux),
        (a[0] - (ux - uy) / squash, a[1] - uy - ux),
    )
    return [*corners, corners[0]]


def simplified(line: Line, tolerance: float) -> Line:
    """No point left out is farther than `tolerance` degrees away (Douglas and Peucker, 1973)."""
    middle = len(line) // 2
    spans = [(0, len(line) - 1)] if line[0] != line[-1] else [(0, middle), (middle, len(line) - 1)]
    kept = {index for span in spans for index in span}
    squash = math.cos(math.radians(line[0][1]))
    while spans:
        first, last = spans.pop()
        (ax, ay), (bx, by) = line[first], line[last]
        dx, dy = (bx - ax) * squash, by - ay
        length = dx * dx + dy * dy
        farthest, most = 0, tolerance * tolerance
        for index in range(first + 1, last):
            px, py = (line[index][0] - ax) * squash, line[index][1] - ay
            along = min(max((px * dx + py * dy) / length, 0.0), 1.0) if length else 0.0
            off = (px - along * dx) ** 2 + (py - along * dy) ** 2
            if off > most:
                farthest, most = index, off
        if farthest:
            kept.add(farthest)
            spans += [(first, farthest), (farthest, last)]
    return [line[index] for index in sorted(kept)]


def is_seen(ring: Line, tolerance: float) -> bool:
    """Whether it is larger than what may be left out of a line."""
    twice = sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))
    return len(ring) > 3 and abs(twice) / 2 > 8 * tolerance * tolerance


def borders(counties: list[tuple[str, list[Line]]]) -> tuple[list[Line], list[Line], list[Line]]:
    """The outlines of the land, the lines between states, and those between counties of one."""
    owner: dict[Edge, str] = {}
    for state, rings in counties:
        for ring in rings:
            owner.update(dict.fromkeys(pairwise(ring), state))
    outer, between_states, between_counties = [], [], []
    for (start, end), state in owner.items():
        other = owner.get((end, start))
        if other is None:
            outer.append((start, end))
        elif start < end:
            (between_counties if other == state else between_states).append((start, end))
    return outlines(outer), list(lines(between_states)), list(lines(between_counties))


def outlines(edges: list[Edge]) -> list[Line]:
    after: dict[Position, list[Position]] = defaultdict(list)
    for start, end in edges:
        after[start].append(end)
    rings = []
    for start in after:
        while after[start]:
            ring = [start, after[start].pop()]
            while ring[-1] != start:
                ring.append(after[ring[-1]].pop())
            rings.append(ring)
    return rings


def lines(edges: list[Edge]) -> Iterator[Line]:
    """The edges joined between the points where they fork or end."""
    beside: dict[Position, list[Position]] = defaultdict(list)
    for start, end in edges:
        beside[start].append(end)
        beside[end].append(start)
    forks = {point for point in beside if len(beside[point]) != 2}
    for start in [*sorted(forks), *beside]:
        while beside[start]:
            line = [start]
            while beside[line[-1]] and (len(line) == 1 or line[-1] not in forks):
                following = beside[line[-1]].pop()
                beside[following].remove(line[-1])
                line.append(following)
            yield line


def is_inside(point: Position, rings: Iterable[Line]) -> bool:
    x, y = point
    crossings = 0
    for ring in rings:
        for (ax, ay), (bx, by) in pairwise(ring):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                crossings += 1
    return crossings % 2 == 1


def inner_point(rings: list[Line]) -> Position:
    """A point in the largest ring: the middle of where it is cut half way up."""
    ring = max(rings, key=len)
    y = (min(lat for _, lat in ring) + max(lat for _, lat in ring)) / 2 + 1e-7
    cuts = sorted(
        (bx - ax) * (y - ay) / (by - ay) + ax
        for (ax, ay), (bx, by) in pairwise(ring)
        if (ay > y) != (by > y)
    )
    west, east = max(zip(cuts[::2], cuts[1::2], strict=True), key=lambda cut: cut[1] - cut[0])
    return (west + east) / 2, y


def extent(rings: list[Line]) -> tuple[float, float, float, float]:
    """West, south, east, north; across the antimeridian east is beyond 180."""
    longitudes = [x for ring in rings for x, _ in ring]
    if max(longitudes) - min(longitudes) > 180:
        longitudes = [x % 360 for x in longitudes]
    latitudes = [y for ring in rings for _, y in ring]
    bounds = min(longitudes), min(latitudes), max(longitudes), max(latitudes)
    return tuple(round(bound, 3) for bound in bounds)
