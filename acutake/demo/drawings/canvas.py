"""The pen: outlines, fibers, dots, leader lines and labels that every drawing shares."""

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from math import atan2, cos, hypot, pi, sin
from random import Random

from acutake.demo.drawings.curves import Xy, between, inside, part, ribbon, smooth

PAPER, INK, MUTED, JADE = "#fbfaf6", "#1d2522", "#4f5b56", "#0f5f4c"
SKIN, WASH, LEAF, MOSS, RULE = "#f3eee2", "#e6f0eb", "#cfe2d9", "#b0cec1", "#d9d8cf"
LIGHT_FROM = -0.75 * pi
LABEL_PX = 50
SANS, SERIF = "'Source Sans 3'", "'Source Serif 4'"


def _path(line: list[Xy], closed: bool) -> str:
    steps = "L".join(f"{x:.1f} {y:.1f}" for x, y in line)
    return f"M{steps}{'Z' if closed else ''}"


class Canvas:
    """Collects SVG elements, back to front. Lengths are pixels of the finished file."""

    def __init__(self, width: int, height: int, left: float = 0, top: float = 0):
        """left and top are the corner's x and y, to move a finished drawing on its sheet."""
        self.width, self.height, self.left, self.top = width, height, left, top
        size = f'width="{width}" height="{height}"'
        self.parts = [f'<rect x="{left}" y="{top}" {size} fill="{PAPER}"/>']
        self.random = Random(7)  # noqa: S311 (an unsteady hand, the same each time)
        self._clips = 0

    def svg(self) -> str:
        size = f'width="{self.width}" height="{self.height}"'
        box = f'viewBox="{self.left} {self.top} {self.width} {self.height}"'
        body = "\n".join(self.parts)
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box}>\n{body}\n</svg>\n'

    def area(self, points: list[Xy], fill: str, sharp: bool = False, opacity: float = 1) -> None:
        line = points if sharp else smooth(points, closed=True)
        faint = f' opacity="{opacity}"' if opacity < 1 else ""
        self.parts.append(f'<path d="{_path(line, True)}" fill="{fill}"{faint}/>')

    def ink(
        self,
        points: list[Xy],
        width: float = 6,
        color: str = INK,
        closed: bool = False,
        taper: tuple[float, float] = (0.12, 0.12),
        sharp: bool = False,
    ) -> None:
        """A pen line: swells on the side away from the light, thins out over `taper` shares."""
        line = points if sharp else smooth(points, closed=closed)
        if closed and line[0] != line[-1]:
            line = [*line, line[0]]
        line = part(line, 0, 1, max(24, len(line)))
        widths = []
        for index in range(len(line)):
            share = index / (len(line) - 1)
            before, after = line[max(index - 2, 0)], line[min(index + 2, len(line) - 1)]
            heading = atan2(after[1] - before[1], after[0] - before[0])
            swell = 0.86 + 0.22 * abs(sin(heading - LIGHT_FROM))
            ends = 1.0
            if not closed:
                ends = min(ends, _ramp(share, taper[0]), _ramp(1 - share, taper[1]))
            widths.append(width / 2 * swell * max(ends, 0.14))
        outline = ribbon(line, widths)
        self.parts.append(f'<path d="{_path(outline, True)}" fill="{color}"/>')

    def shape(
        self, points: list[Xy], fill: str, width: float = 6, color: str = INK, sharp: bool = False
    ) -> None:
        """A filled, outlined closed form."""
        self.area(points, fill, sharp=sharp)
        self.ink(points, width, color=color, closed=True, sharp=sharp)

    def oval(self, x: float, y: float, across: float, along: float, fill: str) -> None:
        """An outlined ellipse with the given half axes."""
        turns = [index * pi / 6 for index in range(12)]
        self.shape([(x + across * cos(t), y + along * sin(t)) for t in turns], fill, 5)

    def stroke(
        self,
        points: list[Xy],
        width: float = 3,
        color: str = INK,
        dash: str = "",
        cap: str = "round",
    ) -> None:
        """A plain line of even width through the given corners."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<path d="{_path(points, False)}" fill="none" stroke="{color}" stroke-width="{width}"'
            f' stroke-linecap="{cap}" stroke-linejoin="round"{dashes}/>'
        )

    def fibers(
        self,
        left: list[Xy],
        right: list[Xy],
        count: int,
        width: float = 2.6,
        color: str = JADE,
        light: float = 0.45,
        reach: float = 0.5,
    ) -> None:
        """Muscle or tendon fibers from edge to edge; shorter strokes where the light falls.

        left and right run in the same direction; light is the share across where the form
        bulges toward the viewer; reach is how much of the length stays empty there.
        """
        edge_a, edge_b = smooth(left), smooth(right)
        for index in range(1, count):
            share = index / count
            line = between(edge_a, edge_b, share)
            glow = max(0.0, 1 - abs(share - light) / 0.55) * reach
            jitter = self.random.uniform(-0.05, 0.05)
            start, stop = self.random.uniform(0.0, 0.05), self.random.uniform(0.95, 1.0)
            gap_from, gap_to = 0.42 - glow / 2 + jitter, 0.42 + glow / 2 + jitter
            if glow < 0.06:
                self.ink(part(line, start, stop), width, color, taper=(0.3, 0.3), sharp=True)
                continue
            if gap_from > start + 0.04:
                self.ink(part(line, start, gap_from), width, color, taper=(0.2, 0.7), sharp=True)
            if gap_to < stop - 0.04:
                self.ink(part(line, gap_to, stop), width, color, taper=(0.7, 0.2), sharp=True)

    def hatch(
        self,
        outline: list[Xy],
        degrees: float = 45,
        gap: float = 14,
        width: float = 2.2,
        color: str = INK,
        sharp: bool = False,
    ) -> None:
        """Parallel strokes clipped to a closed form."""
        line = outline if sharp else smooth(outline, closed=True)
        xs, ys = [x for x, _ in line], [y for _, y in line]
        cx, cy = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        half = hypot(max(xs) - min(xs), max(ys) - min(ys)) / 2
        c, s = cos(degrees * pi / 180), sin(degrees * pi / 180)
        with self.clip(line):
            offset = -half
            while offset < half:
                bx, by = cx - s * offset, cy + c * offset
                ends = [(bx - c * half, by - s * half), (bx + c * half, by + s * half)]
                self.stroke(ends, width, color)
                offset += gap

    @contextmanager
    def clip(self, line: list[Xy]) -> Iterator[None]:
        """What is drawn inside the block shows only within the given dense closed line."""
        self._clips += 1
        name = f"clip-{self._clips}"
        self.parts.append(f'<clipPath id="{name}"><path d="{_path(line, True)}"/></clipPath>')
        self.parts.append(f'<g clip-path="url(#{name})">')
        yield
        self.parts.append("</g>")

    def dots(
        self, outline: list[Xy], gap: float = 26, radius: float = 7.5, color: str = JADE
    ) -> None:
        """A soft zone: dots in staggered rows, large in the middle and small at the rim."""
        line = smooth(outline, closed=True)
        xs, ys = [x for x, _ in line], [y for _, y in line]
        cx, cy = sum(xs) / len(xs), sum(ys) / len(ys)
        row = 0
        y = min(ys)
        while y < max(ys):
            x = min(xs) + (gap / 2 if row % 2 else 0)
            while x < max(xs):
                if inside((x, y), line):
                    away = hypot((x - cx) / (max(xs) - cx), (y - cy) / (max(ys) - cy))
                    size = radius * (1.12 - 0.62 * min(1.0, away))
                    self.disc(x, y, size, color)
                x += gap
            y += gap * 0.87
            row += 1

    def disc(
        self, x: float, y: float, radius: float, fill: str, line: str = "", width: float = 0
    ) -> None:
        stroke = f' stroke="{line}" stroke-width="{width}"' if line else ""
        self.parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}"{stroke}/>'
        )

    def cross(self, x: float, y: float, size: float = 26) -> None:
        """A trigger point: an ink cross with a margin of paper around it."""
        for color, width in ((PAPER, 26), (INK, 12)):
            for dx in (-size, size):
                self.stroke([(x - dx, y - size), (x + dx, y + size)], width, color)

    def point(self, x: float, y: float, radius: float = 20) -> None:
        """An acupuncture point: a jade disc in a ring of paper."""
        self.disc(x, y, radius + 8, PAPER)
        self.disc(x, y, radius, JADE)
        self.disc(x, y, radius * 0.36, PAPER)

    def leader(self, *points: Xy, color: str = INK) -> None:
        """A thin line from a label to the thing, ending there in a small dot."""
        self.stroke(list(points), 7, PAPER)
        self.stroke(list(points), 2.8, color)
        self.disc(*points[-1], 10, PAPER)
        self.disc(*points[-1], 7, color)

    def arrow(self, points: list[Xy], color: str = JADE, width: float = 7) -> None:
        """A smooth line through the points with an open head at its end."""
        line = smooth(points)
        self.stroke(line, width, color)
        (x1, y1), (x2, y2) = part(line, 0.9, 1, 2)
        heading = atan2(y2 - y1, x2 - x1)
        barbs = [
            (x2 - 34 * cos(heading + turn), y2 - 34 * sin(heading + turn)) for turn in (-0.5, 0.5)
        ]
        self.stroke([barbs[0], (x2, y2), barbs[1]], width, color)

    def label(
        self,
        x: float,
        y: float,
        *lines: str,
        anchor: str = "start",
        size: float = LABEL_PX,
        color: str = INK,
        weight: int = 600,
        halo: bool = False,
        heads: int = 1,
    ) -> None:
        """The first `heads` lines in semibold, the others muted; y is the first baseline."""
        for index, text in enumerate(lines):
            tone = color if index < heads else MUTED
            heft = weight if index < heads else 400
            edge = (
                f' stroke="{PAPER}" stroke-width="14" stroke-linejoin="round" paint-order="stroke"'
                if halo
                else ""
            )
            self.parts.append(
                f'<text x="{x:.1f}" y="{y + index * size * 1.14:.1f}" text-anchor="{anchor}"'
                f' font-family="{SANS}" font-size="{size}" font-weight="{heft}"'
                f' fill="{tone}"{edge}>{escape(text)}</text>'
            )

    def headline(
        self, x: float, y: float, text: str, size: float, color: str = INK, anchor: str = "start"
    ) -> None:
        self.parts.append(
            f'<text x="{x}" y="{y}" font-family="{SERIF}" font-size="{size}"'
            f' font-weight="600" text-anchor="{anchor}" fill="{color}">{escape(text)}</text>'
        )


def _ramp(share: float, over: float) -> float:
    return 1.0 if over <= 0 or share >= over else (share / over) ** 0.6
