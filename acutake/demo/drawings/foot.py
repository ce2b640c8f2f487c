"""The foot from the inner side: what pulls at the heel."""

from acutake.demo.drawings.canvas import INK, JADE, LEAF, MOSS, PAPER, SKIN, Canvas
from acutake.demo.drawings.curves import bone, smooth, xy

BONE = "#fdfcf8"
OUTLINE = xy("""
    404,30 388,120 382,220 392,330 416,450 446,570 470,680 482,780 480,860 464,930 446,985
    436,1040 444,1092 478,1130 530,1144 600,1140 680,1120 780,1096 870,1096 950,1116 1020,1140
    1080,1146 1140,1136 1190,1144 1236,1134 1256,1106 1244,1076 1190,1050 1120,1016 1040,962
    960,902 880,846 806,796 752,746 728,690 720,600 726,480 742,340 756,200 762,30
""")
GASTROCNEMIUS_BACK = xy("416,30 402,120 398,220 408,330 430,440 458,540")
GASTROCNEMIUS_FRONT = xy("540,30 544,120 540,220 522,330 494,440 458,540")
SOLEUS_BACK = xy("540,30 544,120 540,220 522,330 494,440 480,530 492,620 508,726")
SOLEUS_FRONT = xy("648,30 648,160 636,300 612,440 578,560 538,660 506,730")
TENDON_BACK = xy("432,440 458,540 482,660 494,770 492,860 476,930 460,985 454,1024")
TENDON_FRONT = xy("470,500 498,590 520,690 532,780 528,860 512,920 496,962 486,990")
HEEL_BONE = xy("""
    468,968 510,950 566,930 622,902 668,904 712,924 738,956 734,990 694,1018 630,1046 580,1082
    534,1108 488,1102 462,1066 456,1014
""")
ANKLE_BONE = xy("""
    612,868 634,826 684,806 744,812 786,838 838,872 850,908 822,932 776,934 730,922 690,898 640,894
""")
FASCIA_TOP = xy("552,1096 640,1082 720,1062 790,1054 880,1062 970,1092 1076,1118")
FASCIA_BASE = xy("556,1122 640,1112 720,1092 790,1080 880,1084 970,1108 1076,1130")


def achilles_side_view() -> Canvas:
    canvas = Canvas(1600, 1320, left=-110)
    canvas.area([*smooth(OUTLINE)], SKIN, sharp=True)
    _bones(canvas)
    _muscles(canvas)
    _tendons(canvas)
    canvas.ink(OUTLINE, 8, taper=(0.03, 0.03))
    _surface(canvas)
    _labels(canvas)
    return canvas


def _bones(canvas: Canvas) -> None:
    shin = xy("""
        668,30 664,200 656,400 646,560 628,690 616,760 622,800 660,794 704,788 744,792 752,764
        736,700 714,600 716,400 728,200 736,30
    """)
    canvas.area(smooth(shin), BONE, sharp=True)
    canvas.ink(shin, 4.5, taper=(0.05, 0.05))
    for outline in (
        HEEL_BONE,
        ANKLE_BONE,
        xy("856,868 886,876 902,912 892,946 862,950 844,930 846,896"),
        xy("906,908 944,926 956,968 938,988 904,970 894,946"),
        bone((944, 972), (1094, 1082), 34, 17, 30),
        bone((1102, 1088), (1172, 1106), 24, 14, 19),
        bone((1182, 1108), (1226, 1114), 18, 11, 12),
    ):
        canvas.shape(outline, BONE, 4.5)
    canvas.hatch(xy("456,1014 462,1066 488,1102 534,1108 560,1092 500,1070 474,1010"), 40, 13, 2)
    canvas.hatch(xy("640,894 690,898 730,922 776,934 822,932 776,912 700,880 646,880"), 40, 12, 2)


def _muscles(canvas: Canvas) -> None:
    canvas.area([*smooth(SOLEUS_BACK), *smooth(SOLEUS_FRONT)[::-1]], MOSS, sharp=True)
    canvas.fibers(SOLEUS_BACK, SOLEUS_FRONT, 16, width=3, light=0.6, reach=0.3)
    canvas.ink(SOLEUS_FRONT, 5, taper=(0.02, 0.15))
    belly = [*smooth(GASTROCNEMIUS_BACK), *smooth(GASTROCNEMIUS_FRONT)[::-1]]
    canvas.area(belly, LEAF, sharp=True)
    canvas.fibers(GASTROCNEMIUS_BACK, GASTROCNEMIUS_FRONT, 16, width=3, light=0.5, reach=0.6)
    canvas.ink(GASTROCNEMIUS_BACK, 4, taper=(0.02, 0.1))
    canvas.ink(GASTROCNEMIUS_FRONT, 5.5, taper=(0.02, 0.02))


def _tendons(canvas: Canvas) -> None:
    tendon = [*smooth(TENDON_BACK), *smooth(TENDON_FRONT)[::-1]]
    canvas.area(tendon, PAPER, sharp=True)
    canvas.fibers(TENDON_BACK, TENDON_FRONT, 8, width=2.2, color=INK, reach=0.3)
    canvas.ink(TENDON_BACK, 5, taper=(0.1, 0.03))
    canvas.ink(TENDON_FRONT, 5.5, taper=(0.1, 0.03))
    fascia = [*smooth(FASCIA_TOP), *smooth(FASCIA_BASE)[::-1]]
    canvas.area(fascia, MOSS, sharp=True)
    canvas.fibers(FASCIA_TOP, FASCIA_BASE, 6, width=2.4, reach=0.2)
    canvas.ink(fascia, 4, color=JADE, closed=True, sharp=True)


def _surface(canvas: Canvas) -> None:
    canvas.ink(xy("1208,1066 1236,1074 1250,1098"), 4, taper=(0.4, 0.3))
    canvas.ink(xy("1186,1140 1174,1120 1150,1116"), 3.4, taper=(0.1, 0.6))


def _labels(canvas: Canvas) -> None:
    canvas.label(-20, 250, "Gastrocnemius", "calf muscle")
    canvas.leader((316, 234), (470, 234))
    canvas.label(830, 250, "Soleus", "deeper calf muscle")
    canvas.leader((814, 234), (600, 234))
    canvas.label(830, 510, "Shin bone")
    canvas.leader((814, 494), (690, 494))
    canvas.label(-20, 640, "Achilles tendon")
    canvas.leader((330, 624), (490, 654))
    canvas.stroke([(424, 796), (400, 796), (400, 918), (424, 918)], 4, JADE)
    canvas.label(-20, 850, "Mid-portion", "2–6 cm above", color=JADE)
    canvas.label(-20, 1016, "Insertion", color=JADE)
    canvas.leader((196, 1000), (464, 992), color=JADE)
    canvas.label(300, 1270, "Heel bone")
    canvas.leader((420, 1222), (540, 1030))
    canvas.label(760, 1270, "Plantar fascia")
    canvas.leader((900, 1222), (880, 1076))
