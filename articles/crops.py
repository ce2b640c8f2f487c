"""Which smaller files an image gets, and which part of it each of them shows: pure."""

from dataclasses import dataclass

# 720 is the column of a phone, some 360 CSS pixels, at two dots each.
WIDTHS_PX = (480, 720, 960, 1600)
TEASER_WIDTHS_PX = (480, 960)
# The frame of a picture in a list (css/article_list.css).
TEASER_RATIO = 3 / 2
# What social networks show beside a shared address: ogp.me leaves it open, 1200 by 630 is common.
CARD_WIDTH_PX, CARD_HEIGHT_PX = 1200, 630
CARD_RATIO = CARD_WIDTH_PX / CARD_HEIGHT_PX
# Narrower than this, a card would be blown up out of too little.
CARD_MIN_WIDTH_PX = 600

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Plan:
    """One file to be made: of the part `box` of the original (left, top, right, bottom), in pixels.

    A box that is not of the file's proportions stands in the middle of the file, on paper.
    """

    shape: str
    format: str
    width_px: int
    height_px: int
    box: Box


def plans(width_px: int, height_px: int, *, focal: tuple[int, int] | None) -> list[Plan]:
    """The files for an original of these measures, the smallest first.

    `focal` is the point that must stay, in percent from the left and the top. Without one nothing
    is cut: a drawing that nobody looked at for this could lose its labels.
    """
    whole = (0.0, 0.0, float(width_px), float(height_px))
    widths = [width for width in WIDTHS_PX if width < width_px]
    if width_px <= WIDTHS_PX[-1]:
        widths.append(width_px)
    made = [
        Plan("whole", format_, width, max(1, round(height_px * width / width_px)), whole)
        for width in widths
        for format_ in ("webp", "avif")
    ]
    if focal is not None:
        box = crop(width_px, height_px, ratio=TEASER_RATIO, focal=focal)
        made += [
            Plan("teaser", format_, width, round(width / TEASER_RATIO), box)
            for width in TEASER_WIDTHS_PX
            if width <= box[2] - box[0]
            for format_ in ("webp", "avif")
        ]
    if width_px >= CARD_MIN_WIDTH_PX:
        box = crop(width_px, height_px, ratio=CARD_RATIO, focal=focal) if focal else whole
        made.append(Plan("card", "jpeg", CARD_WIDTH_PX, CARD_HEIGHT_PX, box))
    return made


def crop(width_px: int, height_px: int, *, ratio: float, focal: tuple[int, int]) -> Box:
    """The largest part of these proportions, with the focal point as near its middle as can be."""
    width = min(float(width_px), height_px * ratio)
    height = width / ratio
    left = _within(width_px * focal[0] / 100 - width / 2, width_px - width)
    top = _within(height_px * focal[1] / 100 - height / 2, height_px - height)
    return left, top, left + width, top + height


def _within(start: float, last: float) -> float:
    return min(max(start, 0.0), max(last, 0.0))
