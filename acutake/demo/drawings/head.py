"""Head and neck from the side, with three muscles that are tender in many headaches."""

from acutake.demo.drawings.canvas import INK, JADE, LEAF, MOSS, MUTED, PAPER, SKIN, Canvas
from acutake.demo.drawings.curves import Xy, part, smooth, xy

OUTLINE = xy("""
    170,1440 196,1300 250,1190 330,1096 408,1004 456,912 472,820 466,730 446,650 416,580 388,490
    378,390 404,280 474,178 590,108 736,82 860,100 960,160 1030,252 1060,346 1064,416 1050,470
    1074,530 1110,596 1132,640 1116,668 1066,682 1066,708 1082,734 1060,752 1078,774 1054,802
    1050,830 1060,866 1036,908 976,920 900,906 838,922 806,972 812,1030 800,1100 800,1180 826,1256
    900,1330 962,1440
""")
TRAPEZIUS_BACK = xy("462,600 470,660 488,740 492,830 474,920 426,1016 350,1112 282,1200 250,1290")
TRAPEZIUS_FRONT = xy("508,596 534,680 560,780 576,880 590,980 616,1070 660,1150 704,1214 716,1250")
SUBOCCIPITAL_TOP = xy("508,606 560,616 620,632")
SUBOCCIPITAL_BASE = xy("556,748 580,712 640,672")
TEMPORAL_LINE = xy("612,486 590,396 618,306 694,240 790,224 874,258 924,330 940,420")


def headache_map() -> Canvas:
    canvas = Canvas(1600, 1400, left=-60, top=50)
    canvas.area(smooth(OUTLINE), SKIN, sharp=True)
    _shoulder(canvas)
    _neck(canvas)
    _temple(canvas)
    _face(canvas)
    canvas.ink(OUTLINE, 8.5, taper=(0.03, 0.03))
    canvas.dots(xy("958,306 1008,312 1034,366 1016,412 962,416 934,366"), gap=25, radius=7.5)
    canvas.dots(xy("420,380 470,350 520,400 530,480 500,550 446,560 418,480"), gap=25, radius=7.5)
    canvas.cross(566, 1050)
    _labels(canvas)
    return canvas


def _neck(canvas: Canvas) -> None:
    deep = [*smooth(SUBOCCIPITAL_TOP), *smooth(SUBOCCIPITAL_BASE)[::-1]]
    canvas.area(deep, MOSS, sharp=True)
    for share in (0.1, 0.3, 0.5, 0.7, 0.9):
        top, base = (
            part(smooth(SUBOCCIPITAL_TOP), share, 1)[0],
            part(SUBOCCIPITAL_BASE, share, 1)[0],
        )
        canvas.ink([top, base], 3.4, color=JADE)
    canvas.ink(deep, 4.5, closed=True, sharp=True)
    strap = [
        *smooth(xy("660,640 680,760 706,900 740,1060 776,1214")),
        *smooth(xy("700,640 732,760 762,900 780,1040 796,1206"))[::-1],
    ]
    canvas.area(strap, PAPER, sharp=True)
    canvas.ink(strap, 3.4, color=MUTED, closed=True, sharp=True)
    canvas.area([*smooth(TRAPEZIUS_BACK), *smooth(TRAPEZIUS_FRONT)[::-1]], LEAF, sharp=True)
    canvas.fibers(TRAPEZIUS_BACK, TRAPEZIUS_FRONT, 19, width=3, light=0.5, reach=0.4)
    canvas.ink(TRAPEZIUS_BACK, 4, taper=(0.05, 0.3))
    canvas.ink(TRAPEZIUS_FRONT, 6, taper=(0.03, 0.03))


def _shoulder(canvas: Canvas) -> None:
    canvas.ink(xy("826,1256 770,1236 716,1246 690,1262"), 5, taper=(0.1, 0.4))
    canvas.ink(
        xy("250,1290 340,1300 440,1290 560,1270 690,1262 750,1310 786,1440"), 6.5, taper=(0.1, 0.05)
    )


def _temple(canvas: Canvas) -> None:
    """The fan of the temporalis; its strands converge behind the cheekbone's arch."""
    rim = smooth(TEMPORAL_LINE)
    canvas.area([*rim, (900, 520), (872, 620), (826, 620), (740, 540)], LEAF, sharp=True)
    for index, top in enumerate(part(rim, 0, 1, 34)):
        foot: Xy = (824 + index * 1.5, 622)
        pull = 0.55 if index < 17 else 0.5
        bend = (foot[0] + (top[0] - foot[0]) * pull, 500 + (top[1] - 330) * 0.25)
        strand = part(smooth([top, bend, foot]), 0, 1)
        canvas.ink(strand[:15], 2.8, color=JADE, taper=(0.1, 0.7), sharp=True)
        canvas.ink(strand[22:], 2.4, color=JADE, taper=(0.7, 0.1), sharp=True)
    canvas.ink(TEMPORAL_LINE, 5.5)
    arch = xy("748,566 800,574 860,586 930,592 960,574 978,600 940,628 866,622 800,606 750,592")
    canvas.shape(arch, PAPER, 4.5)


def _face(canvas: Canvas) -> None:
    ear = xy(
        "716,640 690,620 676,560 664,510 680,474 716,468 744,492 746,540 732,570 738,606 728,640"
    )
    canvas.shape(ear, SKIN, 6)
    canvas.ink(xy("690,520 704,494 724,502 724,536 708,552 716,584 710,610"), 4, taper=(0.4, 0.4))
    canvas.ink(xy("722,650 740,730 774,800 850,856 940,892 976,900"), 5, taper=(0.25, 0.4))
    canvas.ink(xy("960,478 990,462 1024,474"), 5, taper=(0.4, 0.3))
    canvas.ink(xy("968,494 996,500 1022,492"), 3.4, taper=(0.4, 0.3))
    canvas.disc(1006, 483, 9, INK)
    canvas.ink(xy("948,434 990,410 1040,420"), 6, taper=(0.5, 0.3))
    canvas.ink(xy("1058,752 1020,756 1000,748"), 4.5, taper=(0.1, 0.5))
    canvas.ink(xy("1070,640 1084,628 1100,640"), 4, taper=(0.4, 0.4))


def _labels(canvas: Canvas) -> None:
    canvas.label(1170, 230, "Temporalis", "chewing muscle")
    canvas.leader((1154, 214), (800, 300))
    canvas.label(1170, 400, "Temple, brow", "where it may", "be felt", color=JADE)
    canvas.leader((1154, 384), (1012, 364), color=JADE)
    canvas.label(-20, 430, "Back of", "the head", color=JADE, heads=2)
    canvas.leader((190, 436), (440, 450), color=JADE)
    canvas.label(-20, 660, "Suboccipital", "muscles, deep")
    canvas.leader((276, 644), (580, 668))
    canvas.label(-20, 900, "Upper", "trapezius", heads=2)
    canvas.leader((210, 906), (510, 906))
    canvas.label(940, 1120, "Trigger point")
    canvas.leader((924, 1104), (606, 1056))
