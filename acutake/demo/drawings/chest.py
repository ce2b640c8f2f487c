"""A section through the upper back beside the spine: how near the lung lies to the skin."""

from itertools import pairwise

from acutake.demo.drawings.canvas import INK, JADE, LEAF, MOSS, MUTED, PAPER, SKIN, WASH, Canvas
from acutake.demo.drawings.curves import Xy, moved, smooth, xy

BONE = "#fdfcf8"
SKIN_TOP = xy("0,330 300,306 620,296 960,298 1280,310 1600,334")
SKIN_BASE = xy("0,362 300,338 620,328 960,330 1280,342 1600,366")
FAT_BASE = xy("0,436 300,412 620,400 960,404 1280,416 1600,440")
SLIP = xy("0,540 300,522 620,510 960,512 1280,524 1600,544")
MUSCLE_BASE = xy("0,650 300,634 620,624 960,626 1280,636 1600,652")
PLEURA = xy("0,812 300,796 620,786 960,788 1280,798 1600,814")
RIB = xy("-104,-6 -60,-50 20,-56 92,-26 106,16 50,52 -50,50 -98,28")
RIBS = ((330, 716), (720, 704), (1110, 708), (1490, 724))


def safe_depth_chest() -> Canvas:
    canvas = Canvas(1600, 1130)
    floor: list[Xy] = [(1600, 1110), (0, 1110)]
    for top, base, tone in (
        (SKIN_TOP, SKIN_BASE, MOSS),
        (SKIN_BASE, FAT_BASE, SKIN),
        (FAT_BASE, MUSCLE_BASE, LEAF),
        (MUSCLE_BASE, PLEURA, WASH),
    ):
        canvas.area([*smooth(top), *smooth(base)[::-1]], tone, sharp=True)
    lung = [*smooth(PLEURA), *floor]
    canvas.area(lung, PAPER, sharp=True)
    _lung(canvas)
    canvas.fibers(FAT_BASE, SLIP, 7, width=2.8, reach=0.2)
    canvas.fibers(SLIP, MUSCLE_BASE, 7, width=2.8, reach=0.2)
    _ribs(canvas)
    for line, width in (
        (SKIN_TOP, 8),
        (SKIN_BASE, 3),
        (FAT_BASE, 5),
        (SLIP, 4),
        (MUSCLE_BASE, 5),
        (PLEURA, 7),
    ):
        canvas.ink(line, width, taper=(0, 0))
    _needle(canvas, (820, 100), (448, 574))
    _needle(canvas, (1292, 60), (1292, 930))
    canvas.disc(1292, 930, 40, "none", INK, 6)
    _labels(canvas)
    canvas.label(60, 130, "Slanted and shallow", "stays in the muscle", color=JADE)
    canvas.label(1256, 130, "Straight, too deep", "reaches the lung", anchor="end")
    return canvas


def _lung(canvas: Canvas) -> None:
    """Air sacs, drawn smaller and paler with depth."""
    for row in range(6):
        y = 856 + row * 46
        for column in range(41):
            x = column * 40 + (20 if row % 2 else 0)
            if abs(x - 1292) > 60 or abs(y - 930) > 60:
                canvas.disc(x, y + ((column * 7) % 5 - 2) * 3, 13 - row, PAPER, JADE, 3 - row * 0.3)


def _ribs(canvas: Canvas) -> None:
    for (x1, y1), (x2, y2) in pairwise(RIBS):
        for index in range(9):
            share = (index + 0.5) / 9
            x, y = x1 + 110 + (x2 - x1 - 220) * share, y1 + (y2 - y1) * share
            canvas.ink([(x - 16, y - 66), (x, y), (x + 16, y + 66)], 2.8, color=JADE)
    for x, y in RIBS:
        form = moved(RIB, x, y)
        canvas.shape(form, BONE, 6)
        inner = [(x + (px - x) * 0.72, y + (py - y) * 0.62) for px, py in form]
        canvas.hatch(inner, 35, 14, 2, color=MUTED)
        canvas.ink(inner, 2.6, color=MUTED, closed=True)


def _needle(canvas: Canvas, top: Xy, tip: Xy) -> None:
    """Shaft and wound handle; the handle takes the first 170 pixels."""
    (x1, y1), (x2, y2) = top, tip
    size = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    neck = (x1 + (x2 - x1) * 170 / size, y1 + (y2 - y1) * 170 / size)
    canvas.stroke([neck, tip], 17, PAPER)
    canvas.stroke([neck, tip], 8, INK)
    canvas.stroke([top, neck], 30, PAPER)
    canvas.stroke([top, neck], 22, JADE)


def _labels(canvas: Canvas) -> None:
    for name, y in (("Skin", 300), ("Muscle", 560), ("Rib", 735), ("Lung", 1010)):
        canvas.label(40, y, name, halo=True)
