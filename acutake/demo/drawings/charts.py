"""Drawings that are diagrams: a visit, hours of training, a treatment cycle."""

from acutake.demo.drawings.canvas import INK, JADE, LEAF, MOSS, MUTED, PAPER, RULE, WASH, Canvas
from acutake.demo.drawings.curves import Xy, moved, xy

MINUTE_PX = 18.6
VISIT = (
    ("Talk", 0, 25, "above"),
    ("Pulse, exam", 25, 35, "below"),
    ("Needles", 35, 45, "above"),
    ("Rest", 45, 65, "below"),
    ("Plan", 65, 75, "above"),
)
# Minimum of accredited master's programs (ACAHM): 1,905 hours. Physicians: standard of the
# American Academy of Medical Acupuncture, 300 hours. The others are typical course lengths.
TRAINING = (
    ("Licensed acupuncturist", "about 1,900 and more", 1905, 1905),
    ("Physician course", "about 300", 300, 300),
    ("Chiropractor course", "about 100", 100, 100),
    ("Dry needling course", "about 25 to 50, some more", 25, 50),
)


def first_visit_timeline() -> Canvas:
    canvas = Canvas(1600, 1020)
    left, y = 102, 540
    for index, (_, start, stop, _) in enumerate(VISIT):
        x1, x2 = left + start * MINUTE_PX, left + stop * MINUTE_PX
        band: list[Xy] = [(x1, y - 26), (x2, y - 26), (x2, y + 26), (x1, y + 26)]
        canvas.area(band, LEAF if index % 2 else MOSS, sharp=True)
    canvas.stroke([(left, y - 26), (left, y + 26)], 5)
    for _, _, stop, _ in VISIT:
        x = left + stop * MINUTE_PX
        canvas.stroke([(x, y - 26), (x, y + 26)], 5)
    for (name, start, stop, side), sign in zip(
        VISIT, (_speech, _pulse, _needles, _table, _sheet), strict=True
    ):
        x = left + (start + stop) / 2 * MINUTE_PX
        up = side == "above"
        canvas.stroke([(x, y + (-34 if up else 34)), (x, y + (-84 if up else 84))], 3, MUTED)
        canvas.label(x, y - 162 if up else y + 138, name, anchor="middle")
        canvas.label(
            x,
            y - 106 if up else y + 194,
            f"{stop - start} min",
            anchor="middle",
            weight=400,
            color=MUTED,
        )
        sign(canvas, x, y - 304 if up else y + 330)
    canvas.label(left, y + 320, "60 to 75", "minutes in all")
    return canvas


def _speech(canvas: Canvas, x: float, y: float) -> None:
    bubble = xy("-92,-50 -40,-80 20,-74 48,-36 30,2 -28,14 -58,44 -60,8 -92,-14")
    answer = moved([(-a, b) for a, b in bubble], 20, 46, 0.82)
    canvas.shape(moved(answer, x, y), LEAF, 6)
    canvas.shape(moved(bubble, x - 16, y), PAPER, 6)
    for dy in (-46, -18):
        canvas.stroke([(x - 78, y + dy), (x + 4, y + dy)], 4, JADE)


def _pulse(canvas: Canvas, x: float, y: float) -> None:
    """Three beats as a finger feels them at the wrist: a steep rise, a notch, a slow fall."""
    wave = xy("0,44 10,30 24,-58 38,-62 52,-14 60,-8 70,-20 84,8 104,36")
    beats = [point for start in (-156, -52, 52) for point in moved(wave, x + start, y)]
    canvas.ink(beats, 7, color=JADE, taper=(0.04, 0.04))


def _needles(canvas: Canvas, x: float, y: float) -> None:
    canvas.ink(moved(xy("-110,62 -50,40 20,42 110,66"), x, y), 7)
    for dx, lean in ((-58, -26), (0, 4), (58, 34)):
        foot, top = (x + dx, y + 46), (x + dx + lean, y - 34)
        canvas.stroke([foot, top], 4, INK)
        canvas.stroke([top, (top[0] + lean * 0.55, top[1] - 46)], 13, JADE)


def _table(canvas: Canvas, x: float, y: float) -> None:
    """Somebody lying at rest under a blanket."""
    canvas.stroke([(x - 190, y + 44), (x + 190, y + 44)], 8)
    for dx in (-150, 150):
        canvas.stroke([(x + dx, y + 48), (x + dx, y + 112)], 7)
    canvas.shape(moved(xy("-184,40 -176,22 -130,18 -100,26 -98,40"), x, y), PAPER, 5)
    canvas.oval(x - 140, y - 8, 31, 28, PAPER)
    blanket = xy("-102,40 -98,6 -60,-18 0,-22 70,-8 130,-4 152,-24 172,-20 176,10 178,40")
    canvas.shape(moved(blanket, x, y), LEAF, 6)
    canvas.ink(moved(xy("-60,-14 -46,10 -52,36"), x, y), 4, color=JADE)
    canvas.ink(moved(xy("40,-12 54,12 50,36"), x, y), 4, color=JADE)


def _sheet(canvas: Canvas, x: float, y: float) -> None:
    page: list[Xy] = [(x - 62, y - 84), (x + 62, y - 84), (x + 62, y + 70), (x - 62, y + 70)]
    canvas.area(page, PAPER, sharp=True)
    canvas.stroke([*page, page[0]], 6)
    for index, length in enumerate((84, 70, 84, 48)):
        dy = -50 + index * 32
        canvas.stroke([(x - 42, y + dy), (x - 42 + length, y + dy)], 5, JADE)


def training_hours() -> Canvas:
    canvas = Canvas(1600, 1120)
    left, px_per_hour = 60, 1480 / 1905
    for index, (name, hours, least, most) in enumerate(TRAINING):
        y = 100 + index * 232
        canvas.label(left, y, name)
        canvas.label(1540, y, hours, anchor="end", color=MUTED, weight=400)
        for value, tone in ((1905, RULE), (most, MOSS), (least, JADE)):
            thick = 3 if tone == RULE else 84
            x, middle = left + value * px_per_hour, y + 76
            top, base = middle - thick / 2, middle + thick / 2
            bar: list[Xy] = [(left, top), (x, top), (x, base), (left, base)]
            canvas.area(bar, tone, sharp=True)
    canvas.label(left, 1050, "Hours of training in acupuncture.", weight=400, color=MUTED)
    canvas.label(1540, 1050, "Typical; states differ.", anchor="end")
    return canvas


def cycle_calendar() -> Canvas:
    canvas = Canvas(1600, 790)
    y = 340
    step, first = 51.5, 80

    def day_x(day: float) -> float:
        return first + (day - 1) * step

    canvas.stroke([(day_x(1), y), (day_x(29), y)], 4, MUTED)
    band: list[Xy] = [
        (day_x(2), y - 34),
        (day_x(12), y - 34),
        (day_x(12), y + 34),
        (day_x(2), y + 34),
    ]
    canvas.area(band, WASH, sharp=True)
    for day in range(1, 30):
        tone = LEAF if 2 <= day <= 12 else PAPER
        canvas.disc(day_x(day), y, 17, tone, JADE if 2 <= day <= 12 else MUTED, 3.5)
    for day in (14, 19):
        canvas.disc(day_x(day), y, 31, JADE)
    canvas.disc(day_x(29), y, 31, PAPER, JADE, 10)
    canvas.label(day_x(7), 120, "Stimulation", "8 to 14 days", anchor="middle")
    canvas.stroke([(day_x(2), 250), (day_x(2), 222), (day_x(12), 222), (day_x(12), 250)], 4, JADE)
    canvas.label(day_x(14), 500, "Egg retrieval", anchor="middle")
    canvas.stroke([(day_x(14), y + 46), (day_x(14), 442)], 3)
    canvas.label(day_x(19), 120, "Transfer", "3 to 5 days later", anchor="middle")
    canvas.stroke([(day_x(19), y - 46), (day_x(19), 202)], 3)
    canvas.label(1560, 500, "Pregnancy test", "9 to 14 days later", anchor="end")
    canvas.stroke([(day_x(29), y + 46), (day_x(29), 442)], 3)
    canvas.label(day_x(1) - 20, 500, "Day 1", "of the period")
    canvas.stroke([(day_x(1), y + 30), (day_x(1), 442)], 3)
    canvas.label(60, 700, "One example: every clinic plans its own days.", weight=400, color=MUTED)
    return canvas
