"""The heel drop: a foot on the edge of a step, up and slowly down."""

from acutake.demo.drawings.canvas import JADE, LEAF, MUTED, PAPER, SKIN, Canvas
from acutake.demo.drawings.curves import Xy, smooth, xy

STEP_Y = 826
RAISED = xy("""
    250,30 226,120 222,210 238,310 262,390 264,446 240,496 232,545 250,588 292,604 342,630 400,670
    444,714 482,764 508,802 542,826 590,828 640,826 676,818 686,796 666,776 620,762 572,734 522,676
    484,610 454,545 432,480 424,410 428,320 438,200 446,110 448,30
""")
RAISED_BACK = xy("266,30 246,120 244,210 262,300 284,384 288,450 272,500 262,540")
RAISED_FRONT = xy("366,30 376,120 368,210 338,300 306,384 306,450 292,504 278,548")
LOWERED = xy("""
    1026,30 996,140 984,250 988,370 996,480 996,590 984,690 962,770 940,830 936,890 956,934
    1002,948 1054,938 1112,908 1172,872 1222,844 1262,828 1320,828 1380,826 1418,818 1428,796
    1404,774 1350,760 1290,734 1232,702 1192,668 1164,628 1156,570 1166,480 1186,360 1206,220
    1218,120 1222,30
""")
LOWERED_BACK = xy("1042,30 1014,140 1004,250 1010,370 1018,480 1016,590 1004,690 984,770 968,830")
LOWERED_FRONT = xy("1130,30 1118,140 1102,250 1072,370 1048,480 1040,590 1030,690 1010,776 990,836")


def heel_drop() -> Canvas:
    canvas = Canvas(1600, 1200, left=20)
    for edge_x, right_x in ((506, 766), (1246, 1540)):
        _step(canvas, edge_x, right_x)
    _leg(canvas, RAISED, RAISED_BACK, RAISED_FRONT, belly=0.62)
    _leg(canvas, LOWERED, LOWERED_BACK, LOWERED_FRONT, belly=0.56)
    canvas.stroke([(900, STEP_Y), (1236, STEP_Y)], 3, MUTED, dash="4 14")
    canvas.arrow([(896, 560), (888, 700), (890, 900)])
    canvas.label(200, 1130, "1 · Up on both feet")
    canvas.label(890, 1130, "2 · Slowly down on one")
    canvas.label(560, 250, "Calf: short")
    canvas.leader((546, 234), (312, 234))
    canvas.label(1310, 250, "Calf: long")
    canvas.leader((1296, 234), (1062, 234))
    return canvas


def _step(canvas: Canvas, edge_x: float, right_x: float) -> None:
    block: list[Xy] = [(edge_x, STEP_Y), (right_x, STEP_Y), (right_x, 1030), (edge_x, 1030)]
    canvas.area(block, PAPER, sharp=True)
    canvas.hatch(block, 45, 22, 2, color=MUTED, sharp=True)
    canvas.stroke([(edge_x, 1030), (edge_x, STEP_Y), (right_x, STEP_Y)], 8)


def _leg(canvas: Canvas, outline: list[Xy], back: list[Xy], front: list[Xy], belly: float) -> None:
    """The limb with calf and tendon; belly is the share of their edges that is muscle."""
    canvas.area(smooth(outline), SKIN, sharp=True)
    edge_a, edge_b = smooth(back), smooth(front)
    whole = [*edge_a, *edge_b[::-1]]
    cut_a, cut_b = int(len(edge_a) * belly), int(len(edge_b) * belly)
    muscle = [*edge_a[:cut_a], *edge_b[:cut_b][::-1]]
    canvas.area(whole, PAPER, sharp=True)
    with canvas.clip(whole):
        canvas.area(muscle, LEAF, sharp=True)
        canvas.fibers(edge_a[:cut_a], edge_b[:cut_b], 13, width=2.8, reach=0.4)
        canvas.fibers(edge_a[cut_a:], edge_b[cut_b:], 4, width=2.6, reach=0.1)
    canvas.ink(whole, 5, color=JADE, closed=True, sharp=True)
    canvas.ink(outline, 8, taper=(0.03, 0.03))
