"""The low back from behind: on the left the long muscles, on the right what lies deeper."""

from acutake.demo.drawings.canvas import JADE, LEAF, MOSS, MUTED, SKIN, Canvas
from acutake.demo.drawings.curves import Xy, between, mirrored, part, smooth, xy

BONE, AXIS_X = "#fdfcf8", 800
SIDE = xy("""
    486,30 470,140 476,280 496,430 510,570 510,690 488,810 452,930 424,1060 412,1180 416,1310
    430,1450
""")
ERECTOR_IN = xy("776,30 772,200 770,400 772,600 774,800 776,960 780,1090 784,1200")
ERECTOR_OUT = xy("676,30 648,180 620,360 606,520 616,660 640,800 676,930 724,1070 784,1200")
HIP_BONE = xy("""
    738,1010 706,962 650,906 590,884 530,896 484,946 462,1020 470,1100 500,1150 560,1160 620,1180
    666,1220 700,1160 726,1080
""")
THIGH = xy("""
    452,1250 426,1230 420,1270 440,1320 470,1330 490,1290 560,1220 590,1240 600,1200 560,1170
    500,1220
""")
RIBS = (
    "786,250 700,270 600,330 510,430",
    "786,370 700,396 610,460 530,560",
    "786,490 704,520 630,580 570,650",
    "784,600 720,630 660,672 622,706",
)
SACRUM = xy(
    "728,1000 800,984 872,1000 866,1080 842,1170 820,1250 800,1290 780,1250 758,1170 734,1080"
)
QUADRATUS_IN = xy("838,640 850,700 856,780 864,860 880,920 906,958")
QUADRATUS_OUT = xy("978,706 990,740 1002,790 1012,840 1020,870 1030,892")
CREST_RIM = xy("872,1016 908,950 962,902 1020,886 1074,900 1116,946 1138,1006")
TROCHANTER: Xy = (1150, 1250)


def low_back_muscles() -> Canvas:
    canvas = Canvas(1600, 1440)
    sides = [*smooth(SIDE), *mirrored(smooth(SIDE), AXIS_X)[::-1]]
    canvas.area(sides, SKIN, sharp=True)
    _bones(canvas)
    _quadratus(canvas)
    _gluteus_medius(canvas)
    _erector(canvas)
    canvas.ink(SIDE, 7.5, taper=(0.05, 0.05))
    canvas.ink(mirrored(SIDE, AXIS_X), 8.5, taper=(0.05, 0.05))
    canvas.ink(xy("800,1300 798,1370 800,1440"), 6, taper=(0.3, 0.05))
    canvas.ink(xy("520,1250 580,1330 690,1390 786,1400"), 3.4, taper=(0.5, 0.5))
    _labels(canvas)
    return canvas


def _bones(canvas: Canvas) -> None:
    for flip in (False, True):
        for rib in RIBS:
            line = mirrored(xy(rib), AXIS_X) if flip else xy(rib)
            canvas.ink(line, 30, color=MUTED, taper=(0.05, 0.12))
            canvas.ink(line, 24, color=BONE, taper=(0.05, 0.12))
        hip = mirrored(HIP_BONE, AXIS_X) if flip else HIP_BONE
        canvas.shape(hip, BONE, 4.5)
        canvas.shape(mirrored(THIGH, AXIS_X) if flip else THIGH, BONE, 4)
    canvas.shape(SACRUM, BONE, 5)
    for y in (1060, 1120, 1180):
        for x in (776, 824):
            canvas.disc(x, y, 7, MUTED)
    for index in range(12):
        y = 60 + index * 80
        if index > 6:
            wings = [
                (716, y - 4),
                (800, y - 14),
                (884, y - 4),
                (880, y + 10),
                (800, y + 14),
                (720, y + 10),
            ]
            canvas.shape(wings, BONE, 4)
        canvas.shape(
            [(784, y - 26), (816, y - 26), (820, y + 22), (800, y + 34), (780, y + 22)], BONE, 4
        )


def _erector(canvas: Canvas) -> None:
    column = [*smooth(ERECTOR_IN), *smooth(ERECTOR_OUT)[::-1]]
    canvas.area(column, LEAF, sharp=True)
    canvas.fibers(ERECTOR_OUT, ERECTOR_IN, 20, width=3, light=0.5, reach=0.45)
    canvas.ink(ERECTOR_IN, 5, taper=(0.03, 0.03))
    canvas.ink(ERECTOR_OUT, 6.5, taper=(0.03, 0.03))
    for share in (0.35, 0.62):
        seam = between(smooth(ERECTOR_OUT), smooth(ERECTOR_IN), share)
        canvas.ink(part(seam, 0, 0.8), 4, color=JADE, taper=(0.1, 0.4))


def _quadratus(canvas: Canvas) -> None:
    block = [*smooth(QUADRATUS_IN), *smooth(QUADRATUS_OUT)[::-1]]
    canvas.area(block, MOSS, sharp=True)
    canvas.fibers(QUADRATUS_IN, QUADRATUS_OUT, 12, width=3, reach=0.35)
    canvas.ink(block, 6, closed=True, sharp=True)


def _gluteus_medius(canvas: Canvas) -> None:
    """A fan from the crest of the hip bone to the side of the thigh bone."""
    rim = smooth(CREST_RIM)
    x, y = TROCHANTER
    outer = smooth([CREST_RIM[-1], (1166, 1120), (x + 26, y)])
    lower = smooth([CREST_RIM[0], (970, 1102), (1070, 1184), (x - 20, y + 14)])
    canvas.area([*rim, *outer, *lower[::-1]], LEAF, sharp=True)
    for index, top in enumerate(part(rim, 0, 1, 24)):
        foot = (x - 16 + index * 1.6, y)
        bend = (top[0] * 0.45 + foot[0] * 0.55 + 10, top[1] * 0.5 + foot[1] * 0.5 - 12)
        strand = part(smooth([top, bend, foot]), 0, 1)
        canvas.ink(strand[:16], 2.8, color=JADE, taper=(0.1, 0.7), sharp=True)
        canvas.ink(strand[23:], 2.8, color=JADE, taper=(0.7, 0.1), sharp=True)
    canvas.ink([*rim, *outer, *lower[::-1]], 6, closed=True, sharp=True)


def _labels(canvas: Canvas) -> None:
    canvas.label(40, 330, "Erector", "spinae", heads=2)
    canvas.leader((220, 336), (690, 336))
    canvas.label(40, 880, "Crest of", "the hip bone", heads=2)
    canvas.leader((252, 864), (556, 892))
    canvas.label(40, 1200, "Sacrum")
    canvas.leader((220, 1184), (790, 1184))
    canvas.label(1180, 560, "Last rib")
    canvas.leader((1164, 544), (948, 688))
    canvas.label(1180, 760, "Quadratus", "lumborum", heads=2)
    canvas.leader((1164, 764), (950, 800))
    canvas.label(1240, 1000, "Gluteus", "medius", heads=2)
    canvas.leader((1224, 1004), (1060, 1020))
