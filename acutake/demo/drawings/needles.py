"""Acupuncture needles beside a hair and a hypodermic needle, all to one scale."""

from acutake.demo.drawings.canvas import INK, JADE, LEAF, MUTED, PAPER, Canvas
from acutake.demo.drawings.curves import Xy, moved, smooth, xy

PX_PER_MM = 300
START_X, TIP_X = 520, 1290
# Outer diameter of a 21 G needle: 0.8 mm nominal (ISO 9626).
HYPODERMIC_MM = 0.8


def needle_sizes() -> Canvas:
    canvas = Canvas(1600, 1240)
    _hair(canvas, 100, 0.07)
    for y, diameter_mm in ((230, 0.16), (370, 0.20), (520, 0.25), (680, 0.30)):
        _acupuncture_needle(canvas, y, diameter_mm)
    _hypodermic(canvas, 935)
    _value(canvas, 100, "0.07 mm")
    canvas.label(60, 117, "Human hair")
    canvas.stroke([(470, 196), (446, 196), (446, 726), (470, 726)], 4, JADE)
    canvas.label(60, 442, "Acupuncture", "needles", heads=2, color=JADE)
    canvas.label(60, 930, "Hypodermic", "21 gauge")
    _value(canvas, 935, "0.80 mm")
    canvas.stroke([(START_X, 1160), (START_X + PX_PER_MM, 1160)], 6)
    for x in (START_X, START_X + PX_PER_MM):
        canvas.stroke([(x, 1142), (x, 1178)], 6)
    canvas.label(START_X + PX_PER_MM + 30, 1177, "1 millimeter")
    return canvas


def _value(canvas: Canvas, y: float, text: str, color: str = INK) -> None:
    canvas.label(1340, y + 17, text, color=color)


def _hair(canvas: Canvas, y: float, diameter_mm: float) -> None:
    half = diameter_mm * PX_PER_MM / 2
    middle = smooth([(START_X, y + 6), (780, y - 8), (1040, y + 8), (TIP_X, y - 4)])
    canvas.stroke(middle, 2 * half, INK)
    canvas.stroke([(x, py - half / 3) for x, py in middle], 2.5, MUTED)


def _acupuncture_needle(canvas: Canvas, y: float, diameter_mm: float) -> None:
    """A solid shaft with the slim, slightly rounded point of a pine needle."""
    half = diameter_mm * PX_PER_MM / 2
    point = [
        (TIP_X - 5.4 * half, y - half),
        (TIP_X - 3.2 * half, y - half * 0.84),
        (TIP_X - 1.2 * half, y - half * 0.4),
        (TIP_X, y),
        (TIP_X - 1.2 * half, y + half * 0.4),
        (TIP_X - 3.2 * half, y + half * 0.84),
        (TIP_X - 5.4 * half, y + half),
    ]
    outline = [(START_X, y - half), *smooth(point), (START_X, y + half)]
    _metal(canvas, outline, y, half)
    _value(canvas, y, f"{diameter_mm:.2f} mm", JADE)


def _metal(canvas: Canvas, outline: list[Xy], y: float, half: float) -> None:
    canvas.area(outline, PAPER, sharp=True)
    with canvas.clip(outline):
        low: list[Xy] = [(START_X, y + half * 0.3), (TIP_X, y + half * 0.3)]
        canvas.area([*low, (TIP_X, y + half), (START_X, y + half)], LEAF, sharp=True)
        step = y + half * 0.46
        while step < y + half:
            canvas.stroke([(START_X, step), (TIP_X, step)], 2, JADE)
            step += max(7, half * 0.2)
    canvas.stroke(outline, 5)


def _hypodermic(canvas: Canvas, y: float) -> None:
    """A tube, cut at a slant; the bore is seen as an ellipse in the cut."""
    half = HYPODERMIC_MM * PX_PER_MM / 2
    heel_x = TIP_X - 330
    outline: list[Xy] = [(START_X, y - half), (heel_x, y - half), (TIP_X, y + half)]
    _metal(canvas, [*outline, (START_X, y + half)], y, half)
    slant = [*xy("0,-120 -74,-30 30,78"), (TIP_X - heel_x, half), (220, 30)]
    cut = smooth(moved(slant, heel_x, y), closed=True)
    cut = [(x, min(py, y + half)) for x, py in cut]
    canvas.area(cut, PAPER, sharp=True)
    canvas.ink(cut, 5, closed=True, sharp=True)
    hole = xy("-14,-54 8,4 112,62 184,62 144,2 52,-58")
    canvas.shape(moved(hole, heel_x, y), INK, 4)
