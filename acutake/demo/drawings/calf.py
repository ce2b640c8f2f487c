"""The right lower leg from behind, with the trigger points of the calf."""

from acutake.demo.drawings.canvas import INK, JADE, LEAF, MOSS, PAPER, SKIN, Canvas
from acutake.demo.drawings.curves import part, smooth, xy

INNER_EDGE = xy("""
    508,30 528,120 548,210 560,290 556,360 536,450 512,560 500,670 504,780 526,900 560,1020
    598,1150 630,1290 650,1430 656,1540 642,1612 622,1668 628,1722 652,1770 664,1822
""")
OUTER_EDGE = xy("""
    1016,30 998,120 978,210 966,290 972,360 992,450 1010,560 1014,670 1004,790 982,910 956,1040
    930,1170 908,1310 897,1450 896,1560 908,1640 932,1700 934,1752 912,1800 900,1830
""")
HEEL = xy("""
    664,1800 652,1850 656,1900 690,1938 760,1950 838,1940 880,1906 890,1856 884,1800
""")
OUTER_FOOT = xy("""
    884,1800 928,1816 966,1838 1002,1866 1022,1896 1014,1922 976,1934 930,1938 850,1938
""")
INNER_FOOT = xy("""
    668,1800 640,1836 630,1880 640,1916 672,1934 720,1938
""")
SOLE = xy("""
    1300,1944 1252,1920 1236,1866 1240,1790 1238,1700 1222,1610 1214,1520 1232,1450 1290,1416
    1368,1402 1434,1420 1462,1478 1450,1550 1414,1620 1390,1690 1382,1770 1386,1850 1376,1912
    1344,1942
""")
TOES = (
    (1426, 1356, 36, 44),
    (1356, 1344, 24, 33),
    (1304, 1362, 21, 29),
    (1258, 1392, 19, 25),
    (1220, 1432, 17, 22),
)

INNER_HEAD_OUT = xy("""
    668,236 628,300 584,380 546,480 522,590 516,700 530,810 566,900 616,956 664,970
""")
INNER_HEAD_IN = xy("""
    690,232 716,300 744,380 760,480 766,600 766,720 762,820 746,900 712,950 664,970
""")
OUTER_HEAD_OUT = xy("""
    868,236 904,300 944,380 978,470 998,570 1000,670 986,760 954,836 910,884 864,898
""")
OUTER_HEAD_IN = xy("""
    846,232 820,300 792,380 777,480 772,600 773,700 780,780 796,846 826,886 864,898
""")
TENDON_IN = xy("""
    716,740 690,820 664,940 672,1040 696,1160 718,1290 732,1420 739,1540 736,1640 724,1730 708,1806
""")
TENDON_OUT = xy("""
    830,740 856,800 890,880 880,1000 858,1130 838,1270 824,1410 817,1540 822,1640 834,1730 850,1806
""")
SOLEUS_IN = xy("""
    528,800 540,880 570,1000 608,1120 648,1230 690,1330 730,1420
""")
SOLEUS_OUT = xy("""
    992,760 982,860 958,980 928,1100 894,1220 858,1330 826,1430
""")
TRIGGER_POINTS = ((590, 660), (934, 660), (664, 356), (876, 356), (712, 1140))


def calf_trigger_points() -> Canvas:
    canvas = calf()
    _zones(canvas)
    _sole(canvas)
    _labels(canvas)
    return canvas


def calf() -> Canvas:
    """The leg with its muscles and the crosses, without a word."""
    canvas = Canvas(1600, 2000)
    _limb(canvas)
    _back_of_the_knee(canvas)
    _soleus(canvas)
    _tendon(canvas)
    _gastrocnemius(canvas)
    _ankle(canvas)
    for x, y in TRIGGER_POINTS:
        canvas.cross(x, y)
    return canvas


def _limb(canvas: Canvas) -> None:
    for foot in (OUTER_FOOT, INNER_FOOT):
        canvas.area(foot, SKIN)
        canvas.ink(foot, 6, taper=(0.25, 0.05))
    canvas.area([*smooth(INNER_EDGE), *smooth(OUTER_EDGE)[::-1]], SKIN, sharp=True)
    canvas.area(HEEL, SKIN)
    canvas.ink(INNER_EDGE, 7, taper=(0.1, 0.03))
    canvas.ink(OUTER_EDGE, 8, taper=(0.1, 0.03))
    canvas.ink(HEEL, 8, taper=(0.12, 0.12))
    for toe in ([(978, 1850), (970, 1872), (976, 1892)], [(1002, 1870), (998, 1888), (1006, 1902)]):
        canvas.ink(toe, 4)


def _back_of_the_knee(canvas: Canvas) -> None:
    inner = [(560, 40), (586, 130), (606, 220), (600, 300), (576, 380)]
    inner_2 = [(640, 40), (648, 120), (640, 200), (616, 290), (584, 370)]
    outer = [(960, 40), (936, 130), (922, 220), (934, 300), (962, 380)]
    outer_2 = [(880, 40), (876, 120), (890, 200), (914, 290), (952, 370)]
    for one, two in ((inner, inner_2), (outer, outer_2)):
        canvas.fibers(one, two, 7, width=2.4, color=INK, reach=0.15)
        canvas.ink(one, 4, taper=(0.3, 0.4))
        canvas.ink(two, 5, taper=(0.3, 0.4))
    canvas.ink([(690, 150), (720, 190), (765, 204), (812, 190), (842, 150)], 3, taper=(0.5, 0.5))
    canvas.ink([(706, 262), (740, 282), (768, 287), (798, 282), (832, 262)], 3.4, taper=(0.5, 0.5))


def _soleus(canvas: Canvas) -> None:
    outline = [*smooth(SOLEUS_IN), *smooth(SOLEUS_OUT)[::-1]]
    canvas.area(outline, MOSS, sharp=True)
    canvas.fibers(SOLEUS_IN, part(smooth(TENDON_IN), 0.02, 0.62), 12, width=3, reach=0.12)
    canvas.fibers(part(smooth(TENDON_OUT), 0.02, 0.62), SOLEUS_OUT, 12, width=3, reach=0.12)
    canvas.ink(SOLEUS_IN, 5, taper=(0.02, 0.2))
    canvas.ink(SOLEUS_OUT, 5.5, taper=(0.02, 0.2))


def _tendon(canvas: Canvas) -> None:
    canvas.area([*smooth(TENDON_IN), *smooth(TENDON_OUT)[::-1]], PAPER, sharp=True)
    canvas.fibers(TENDON_IN, TENDON_OUT, 15, width=2.2, color=INK, light=0.42, reach=0.42)
    canvas.ink(TENDON_IN, 5, taper=(0.02, 0.06))
    canvas.ink(TENDON_OUT, 6, taper=(0.02, 0.06))
    canvas.ink([(708, 1806), (734, 1826), (780, 1832), (826, 1826), (850, 1806)], 4)


def _gastrocnemius(canvas: Canvas) -> None:
    for out, inn, light in (
        (INNER_HEAD_OUT, INNER_HEAD_IN, 0.45),
        (OUTER_HEAD_OUT, OUTER_HEAD_IN, 0.6),
    ):
        outline = [*smooth(out), *smooth(inn)[::-1]]
        canvas.area(outline, LEAF, sharp=True)
        canvas.fibers(out, inn, 22, width=3, light=light, reach=0.62)
        canvas.ink(outline, 6.5, closed=True, sharp=True)


def _ankle(canvas: Canvas) -> None:
    canvas.ink([(640, 1625), (664, 1650), (668, 1690), (650, 1722)], 4, taper=(0.4, 0.4))
    canvas.ink([(914, 1660), (892, 1690), (890, 1726), (908, 1758)], 4, taper=(0.4, 0.4))
    canvas.ink([(690, 1480), (700, 1580), (694, 1680), (676, 1770)], 3, taper=(0.5, 0.5))
    canvas.ink([(866, 1480), (858, 1590), (866, 1690), (884, 1780)], 3, taper=(0.5, 0.5))
    canvas.ink(
        [(676, 1896), (720, 1918), (772, 1924), (830, 1916), (866, 1892)], 3, taper=(0.5, 0.5)
    )


def _sole(canvas: Canvas) -> None:
    """The same foot from below: the zones that cannot be seen from behind."""
    for x, y, across, along in TOES:
        canvas.oval(x, y, across, along, SKIN)
    canvas.shape(SOLE, SKIN, 7)
    canvas.ink([(1246, 1490), (1310, 1462), (1380, 1468), (1428, 1502)], 3, taper=(0.5, 0.5))
    canvas.ink([(1262, 1850), (1310, 1826), (1362, 1846)], 3, taper=(0.5, 0.5))
    canvas.dots(
        [
            (1376, 1590),
            (1406, 1602),
            (1390, 1660),
            (1372, 1720),
            (1354, 1760),
            (1324, 1700),
            (1336, 1640),
        ],
        gap=24,
        radius=7,
    )
    canvas.dots(
        [
            (1312, 1836),
            (1356, 1850),
            (1366, 1892),
            (1336, 1928),
            (1294, 1924),
            (1262, 1890),
            (1270, 1850),
        ],
        gap=24,
        radius=7,
    )


def _zones(canvas: Canvas) -> None:
    canvas.dots(
        [
            (700, 1760),
            (684, 1840),
            (690, 1890),
            (772, 1916),
            (856, 1890),
            (864, 1840),
            (850, 1760),
            (778, 1720),
        ]
    )


def _labels(canvas: Canvas) -> None:
    canvas.label(634, 678, "TrP1", halo=True)
    canvas.label(890, 678, "TrP2", anchor="end", halo=True)
    canvas.label(430, 330, "TrP3", anchor="end")
    canvas.leader((446, 314), (612, 346))
    canvas.label(1110, 330, "TrP4")
    canvas.leader((1094, 314), (928, 346))
    canvas.label(60, 560, "Gastrocnemius", "inner head")
    canvas.leader((400, 544), (580, 544))
    canvas.label(1100, 560, "Gastrocnemius", "outer head")
    canvas.leader((1086, 544), (960, 544))
    canvas.label(60, 1000, "Soleus", "under the", "gastrocnemius")
    canvas.leader((222, 984), (574, 984))
    canvas.label(60, 1240, "Point in", "the soleus", heads=2)
    canvas.leader((250, 1224), (560, 1224), (676, 1152))
    canvas.label(60, 1530, "Achilles", "tendon", heads=2)
    canvas.leader((256, 1514), (770, 1514))
    canvas.label(60, 1790, "Heel", "where it may", "be felt", color=JADE)
    canvas.leader((176, 1774), (700, 1810), color=JADE)
    canvas.label(1110, 1150, "The sole", "instep: TrP1", "heel: soleus", color=JADE)
