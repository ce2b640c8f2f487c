import io

import pytest
from PIL import Image, ImageColor

from articles.card_drawing import (
    INK,
    JADE,
    LINE_WIDTH_PX,
    MARGIN_PX,
    MUTED,
    PAPER,
    can_draw,
    draw,
)

WIDEST = "W" * 160
HEADLINES = {
    "short": "Sleep",
    "usual": "Heel pain that starts in the calf",
    "160 wide letters": WIDEST,
    "the widest signs": "\N{THREE-EM DASH}" * 160,
    "one long word": "Pneumonoultramicroscopicsilicovolcanoconiosis",
    "160 letters in words": "Migraine attacks " * 9 + "seldom.",
    "pinyin": "Zúsānlǐ (ST 36), Hégǔ (LI 4) and nǚ",
    "decomposed": "Zu\u0301sa\u0304nli\u030c",
}


def picture(headline, byline=""):
    return Image.open(io.BytesIO(draw(headline, byline)))


def ink_box(card, *, top, bottom):
    """Around all that is not paper between two rows."""
    part = card.convert("RGB").crop((0, top, card.width, bottom))
    is_drawn = part.convert("L").point(lambda value: 255 if value < 200 else 0)
    left, upper, right, lower = is_drawn.getbbox()
    return left, upper + top, right, lower + top


def luminance(color):
    """WCAG 2.2, "relative luminance"."""
    channels = [value / 255 for value in ImageColor.getrgb(color)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("headline", HEADLINES.values(), ids=HEADLINES)
def test_every_headline_fits_between_name_and_byline(headline):
    card = picture(headline, "By Ada Example")
    assert (card.format, card.size) == ("PNG", (1200, 630))
    left, upper, right, lower = ink_box(card, top=130, bottom=540)
    assert left >= MARGIN_PX - 4
    assert right <= MARGIN_PX + LINE_WIDTH_PX + 4
    assert upper > 145
    assert lower < 490


def test_a_file_is_small_enough_for_every_network():
    assert max(len(draw(headline, "By Ada")) for headline in HEADLINES.values()) < 60_000


@pytest.mark.parametrize(("color", "least"), [(INK, 7), (MUTED, 4.5), (JADE, 4.5)])
def test_type_stands_out_from_the_paper(color, least):
    """WCAG 2.2, 1.4.3 and 1.4.6; and the color is really on the card."""
    lighter, darker = luminance(PAPER), luminance(color)
    assert (lighter + 0.05) / (darker + 0.05) >= least
    colors = {value for _count, value in picture("Sleep", "By Ada").convert("RGB").getcolors()}
    assert {ImageColor.getrgb(PAPER), ImageColor.getrgb(color)} <= colors


def test_what_is_written_is_what_is_drawn():
    drawn = {
        draw(headline, byline)
        for headline in ("Heel pain", "Heel pains")
        for byline in ("By Ada", "By Bea", "")
    }
    assert len(drawn) == 6
    assert draw("Heel pain", "By Ada") == draw("Heel pain", "By Ada")


def test_an_accent_apart_from_its_letter_is_drawn_as_that_letter():
    assert draw("Zu\u0301", "") == draw("Zú", "")


@pytest.mark.parametrize("name", ["Odalys Quillfeather, MPH", "Q" * 120, "l" * 60 + "W" * 60])
def test_a_long_byline_ends_within_the_margin(name):
    card = picture(WIDEST, "By " + "; ".join([name] * 9))
    for top, bottom in ((485, 535), (540, 600)):
        _left, _upper, right, _lower = ink_box(card, top=top, bottom=bottom)
        assert MARGIN_PX < right <= MARGIN_PX + LINE_WIDTH_PX + 2


def test_two_lines_of_names_are_told_whole_and_a_third_is_not():
    two, three = (" ".join(["Odalys Quillfeather"] * count) for count in (6, 9))
    assert draw("Sleep", two) != draw("Sleep", f"{two} x")
    assert draw("Sleep", three) == draw("Sleep", f"{three} x")


@pytest.mark.parametrize("text", [*HEADLINES.values(), "", "“Łódź” – Điện châm…", "Ελλάδα", "Игла"])
def test_the_type_has_letters_for(text):
    assert can_draw(text)


@pytest.mark.parametrize("text", ["针灸", "Qi (氣)", "鍼", "שלום", "وخز", "침", "Sleep 😴"])
def test_the_type_has_only_boxes_for(text):
    assert not can_draw(text)
