"""The outer ear of the left side, with the five points of the NADA protocol."""

from acutake.demo.drawings.canvas import INK, JADE, LEAF, MOSS, SKIN, Canvas
from acutake.demo.drawings.curves import smooth, xy

EAR = xy("""
    592,610 556,520 536,410 562,296 640,206 756,152 880,158 990,218 1066,318 1102,450 1102,600
    1072,750 1014,890 962,990 920,1066 888,1140 844,1220 768,1266 686,1262 626,1216 598,1150
    588,1096 586,1050
""")
HELIX_EDGE = xy("""
    800,800 730,776 656,724 612,640 596,530 604,420 652,314 742,246 850,238 946,284 1012,372
    1040,476 1042,600 1022,732 984,850 946,950 906,1030
""")
ANTIHELIX_BACK = xy(
    "848,1080 892,1000 932,910 954,800 956,690 940,590 912,490 880,394 848,322 806,268"
)
TRIANGLE = xy("""
    796,338 822,420 846,500 846,566 812,560 752,528 684,510 616,520 606,470 620,404 664,334 730,296
""")
FRONT = xy("592,610 598,700 606,780 598,870 592,960 586,1050")
CONCHA = xy("""
    616,602 690,602 776,624 852,676 896,764 896,862 860,950 800,1020 748,1056 716,1040 684,1062
    656,1058 640,1010 668,962 690,896 666,838 620,806 600,740 600,660
""")
CYMBA_SHADE = xy("640,612 776,636 850,690 880,760 820,720 740,672")
CAVUM_SHADE = xy("""
    860,946 894,862 894,764 868,840 820,940 756,1010 724,1036 750,1050 800,1016
""")
CANAL = xy("668,850 704,862 722,904 706,946 676,960 690,898")
POINTS = {
    "Shen Men": (778, 470),
    "Sympathetic": (630, 560),
    "Kidney": (742, 668),
    "Liver": (846, 792),
    "Lung": (782, 920),
}


def ear_points() -> Canvas:
    canvas = Canvas(1600, 1240, left=20, top=90)
    whole = [*smooth(EAR), *smooth(FRONT)[::-1]]
    canvas.area(whole, SKIN, sharp=True)
    with canvas.clip(whole):
        _hollows(canvas)
    _ridges(canvas)
    canvas.ink(EAR, 9, taper=(0.03, 0.06))
    for x, y in POINTS.values():
        canvas.point(x, y, 19)
    _labels(canvas)
    return canvas


def _hollows(canvas: Canvas) -> None:
    canvas.area(TRIANGLE, LEAF)
    canvas.hatch(TRIANGLE, 60, 15, 2, color=JADE)
    canvas.area(CONCHA, LEAF)
    canvas.hatch(CYMBA_SHADE, 30, 13, 2.2, color=JADE)
    canvas.hatch(CAVUM_SHADE, -40, 14, 2.2, color=JADE)
    canvas.shape(CANAL, INK, 3)


def _ridges(canvas: Canvas) -> None:
    scapha = [*smooth(HELIX_EDGE)[122:], *smooth(ANTIHELIX_BACK)[16:]]
    canvas.area(scapha, MOSS, sharp=True, opacity=0.35)
    canvas.ink(HELIX_EDGE, 6.5, taper=(0.12, 0.2))
    canvas.ink(ANTIHELIX_BACK, 5, taper=(0.25, 0.25))
    canvas.ink(xy("796,338 822,420 846,500 846,566 812,560 752,528 684,510 616,520"), 5)
    canvas.ink(xy("604,606 690,602 776,624 852,676 896,764 896,862 860,950 800,1020 748,1056"), 6.5)
    canvas.ink(
        xy("748,1056 716,1040 684,1062 656,1058 640,1010 668,962 690,896 666,838 620,806"), 6.5
    )
    canvas.ink(xy("800,838 736,822 676,790 628,744"), 4, taper=(0.5, 0.3))
    canvas.ink(FRONT, 5, taper=(0.2, 0.2))
    canvas.ink(xy("906,1080 870,1104 846,1150"), 3.4, taper=(0.5, 0.5))
    canvas.ink(xy("560,400 584,314 650,236 748,190"), 3, taper=(0.5, 0.5))
    canvas.ink(xy("1076,480 1072,600 1044,730 1000,842"), 3, taper=(0.5, 0.5))


def _labels(canvas: Canvas) -> None:
    for name, label_x, label_y, anchor in (
        ("Shen Men", 1220, 330, "start"),
        ("Kidney", 1220, 560, "start"),
        ("Liver", 1220, 790, "start"),
        ("Lung", 1220, 1120, "start"),
        ("Sympathetic", 420, 560, "end"),
    ):
        x, y = POINTS[name]
        side = 1 if anchor == "start" else -1
        canvas.label(label_x, label_y, name, anchor=anchor, color=JADE)
        canvas.leader((label_x - 16 * side, label_y - 16), (x + 38 * side, y), color=JADE)
    canvas.label(420, 300, "Helix", anchor="end")
    canvas.leader((436, 284), (566, 330))
    canvas.label(420, 890, "Tragus", anchor="end")
    canvas.leader((436, 874), (650, 886))
    canvas.label(420, 1190, "Lobe", anchor="end")
    canvas.leader((436, 1174), (700, 1180))
    canvas.label(1220, 960, "Antihelix")
    canvas.leader((1204, 944), (922, 866))
    canvas.label(1220, 1280, "Concha")
    canvas.leader((1204, 1264), (780, 1012))
