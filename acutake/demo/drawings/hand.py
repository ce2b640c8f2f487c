"""The hand from both sides, with the points LI4 and PC6."""

from acutake.demo.drawings.canvas import JADE, LEAF, MUTED, PAPER, SKIN, Canvas
from acutake.demo.drawings.curves import bone, mirrored, smooth, xy

MIRROR_X = 805
OUTLINE = xy("""
    262,1400 275,1250 290,1100 302,950 308,860 304,800 286,750 252,700 212,650 170,600 134,548
    108,500 100,464 112,444 136,446 158,474 186,514 216,548 246,566 268,560 280,530 276,480 270,420
    262,340 254,270 252,220 266,194 290,196 306,226 314,290 324,360 336,420 348,446 358,420 358,340
    358,260 358,190 370,156 390,148 410,160 418,196 416,260 414,340 412,420 420,450 434,426 446,350
    456,280 466,220 482,196 502,202 512,226 510,280 502,350 490,430 488,478 504,470 524,420 544,370
    562,324 580,304 600,312 606,338 596,380 580,440 562,510 552,580 544,660 526,740 506,800 502,860
    512,950 528,1100 545,1250 556,1400
""")
NAILS = (
    xy("264,226 266,206 278,200 292,208 298,228 282,234"),
    xy("370,188 374,166 390,160 406,168 410,188 390,194"),
    xy("474,234 480,212 492,208 504,216 506,238 490,240"),
    xy("570,338 578,320 588,316 598,326 596,346 582,346"),
    xy("110,480 108,460 120,452 134,460 142,480 126,488"),
)
KNUCKLES = (
    "272,500 294,490 316,498",
    "366,470 388,460 410,468",
    "446,482 466,474 486,486",
    "516,528 532,520 548,530",
    "262,340 286,332 312,342",
    "360,300 388,292 416,300",
    "452,330 478,324 504,334",
    "544,404 564,400 582,412",
    "142,532 164,520 178,500",
)
TENDONS = (
    "300,520 318,620 346,720 372,790",
    "388,490 392,600 396,700 400,790",
    "464,500 452,600 436,700 424,790",
    "530,545 504,630 470,720 444,790",
)
WEB_MUSCLE_OUT = xy("248,574 236,606 246,644 274,690 308,730")
WEB_MUSCLE_IN = xy("284,534 292,580 302,630 314,690 326,744")
PALM_CREASES = (
    "268,566 320,580 366,630 376,700 356,770",
    "276,548 350,566 430,610 500,650",
    "340,470 380,520 450,530 540,516",
    "286,340 300,336 316,340",
    "262,400 296,394 326,402",
    "360,250 388,246 416,250",
    "360,340 388,334 414,340",
    "462,270 486,268 508,274",
    "448,350 476,346 500,354",
    "556,370 576,372 590,380",
    "536,428 560,428 580,438",
    "160,540 180,528 190,514",
)


def hand_li4_pc6() -> Canvas:
    canvas = Canvas(1600, 1430, top=90)
    _back_of_the_hand(canvas)
    _palm(canvas)
    canvas.label(60, 770, "LI4", color=JADE)
    canvas.leader((148, 740), (246, 662), color=JADE)
    canvas.label(640, 590, "Hand bone of", "the index finger", weight=400, color=MUTED)
    canvas.leader((626, 574), (318, 600))
    canvas.label(770, 829, "Wrist crease", weight=400, color=MUTED)
    canvas.leader((1044, 812), (1120, 812))
    canvas.label(900, 1000, "PC6", color=JADE)
    canvas.leader((1000, 984), (1178, 968), color=JADE)
    canvas.stroke([(1330, 812), (1356, 812), (1356, 964), (1330, 964)], 4, JADE)
    canvas.label(1384, 880, "2 cun", color=JADE)
    canvas.label(1384, 936, "3 fingers", weight=400, color=MUTED)
    canvas.label(770, 1250, "Tendons", weight=400, color=MUTED)
    canvas.leader((960, 1234), (1176, 1234))
    canvas.label(410, 1484, "Back of the hand", anchor="middle")
    canvas.label(1200, 1484, "Palm side", anchor="middle")
    return canvas


def _back_of_the_hand(canvas: Canvas) -> None:
    canvas.area(smooth(OUTLINE), SKIN, sharp=True)
    for start, stop in (((330, 768), (300, 508)), ((316, 738), (208, 594))):
        canvas.area(bone(start, stop, 22, 13, 22), PAPER)
        canvas.ink(bone(start, stop, 22, 13, 22), 2.6, color=MUTED, closed=True)
    canvas.area([*smooth(WEB_MUSCLE_OUT), *smooth(WEB_MUSCLE_IN)[::-1]], LEAF, sharp=True)
    canvas.fibers(WEB_MUSCLE_OUT, WEB_MUSCLE_IN, 9, width=2.6, reach=0.4)
    canvas.ink(WEB_MUSCLE_OUT, 4, color=JADE)
    for crease in KNUCKLES:
        canvas.ink(xy(crease), 3.4, taper=(0.5, 0.5))
    for tendon in TENDONS[1:]:
        canvas.ink(xy(tendon), 3.4, taper=(0.5, 0.4))
    canvas.ink(xy("478,790 492,806 486,830 466,836"), 3.4, taper=(0.5, 0.5))
    for nail in NAILS:
        canvas.shape(nail, PAPER, 3.4)
    canvas.ink(OUTLINE, 7.5, taper=(0.02, 0.02))
    canvas.point(280, 634)


def _palm(canvas: Canvas) -> None:
    outline = mirrored(OUTLINE, MIRROR_X)
    canvas.area(smooth(outline), SKIN, sharp=True)
    canvas.ink(outline, 7.5, taper=(0.02, 0.02))
    for crease in PALM_CREASES:
        canvas.ink(mirrored(xy(crease), MIRROR_X), 3.6, taper=(0.4, 0.5))
    for y, bow in ((812, 10), (790, 8)):
        canvas.ink([(1112, y), (1160, y + bow), (1230, y + bow), (1296, y)], 4, taper=(0.3, 0.3))
    for near, far in (
        ("1182,836 1180,960 1174,1120 1160,1390", "1196,836 1196,960 1194,1120 1192,1390"),
        ("1232,836 1236,960 1242,1120 1246,1390", "1248,836 1254,960 1266,1120 1282,1390"),
    ):
        edge_a, edge_b = xy(near), xy(far)
        canvas.area([*smooth(edge_a), *smooth(edge_b)[::-1]], PAPER, sharp=True)
        canvas.fibers(edge_a, edge_b, 4, width=2.2, reach=0.2)
        canvas.ink(edge_a, 3.4, color=JADE, taper=(0.3, 0.2))
        canvas.ink(edge_b, 3.4, color=JADE, taper=(0.3, 0.2))
    canvas.point(1216, 964)
