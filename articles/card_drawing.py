"""Draws the picture beside a shared address, of type alone: pure, in a tenth of a second."""

import io
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from articles.crops import CARD_HEIGHT_PX, CARD_WIDTH_PX

# Raise it when the drawing changes: cards are kept by what stands on them.
DESIGN = 2
# The light colors of css/tokens.css.
PAPER, INK, MUTED, JADE = "#fbfaf6", "#1d2522", "#4f5b56", "#0f5f4c"
FONT = Path(__file__).parent / "data" / "SourceSerif4-Semibold.ttf"
# What no font has a letter for: it is drawn as the font's sign for a missing one.
NO_LETTER = "\uffff"

MARGIN_PX = 80
LINE_WIDTH_PX = CARD_WIDTH_PX - 2 * MARGIN_PX
# The headline stands between the name of the site and the byline.
HEADLINE_TOP_PX, HEADLINE_HEIGHT_PX = 152, 324
# At the last, 160 of the widest signs have room, dashes as wide as three letters.
HEADLINE_SIZES_PX = (92, 84, 76, 68, 60, 54, 48, 42, 36, 28, 22)
# In parts of the size of the type: from line to line, and from a line's top to its foot.
LEADING, ASCENT = 1.16, 0.86
NAME_SIZE_PX = 44
BYLINE_SIZE_PX = 32
# The feet of its two lines; one line stands on the lower.
BYLINE_BASES_PX = (524, 564)
BAND_HEIGHT_PX = 14
MARK_PX = 56
# Drawn so much larger and then shrunk, since Pillow's lines have hard edges.
MARK_OVERSAMPLING = 4
# Paper, three colors of type and what lies between them at the edges of letters.
COLORS = 32


def draw(headline: str, byline: str) -> bytes:
    """A PNG of 1200 by 630 pixels. Both are one line of text that `can_draw`; a byline that is
    too long for two lines ends in an ellipsis, an empty one leaves its place empty."""
    card = Pillow.new("RGB", (CARD_WIDTH_PX, CARD_HEIGHT_PX), PAPER)
    pen = ImageDraw.Draw(card)
    band = (0, CARD_HEIGHT_PX - BAND_HEIGHT_PX, CARD_WIDTH_PX, CARD_HEIGHT_PX)
    pen.rectangle(band, fill=JADE)
    card.paste(JADE, (MARGIN_PX, 66), _mark())
    pen.text((MARGIN_PX + MARK_PX + 18, 110), "AcuTake", INK, _font(NAME_SIZE_PX), anchor="ls")
    font, lines = _fitted(headline)
    top = HEADLINE_TOP_PX + (HEADLINE_HEIGHT_PX - _height(lines, font)) / 2
    for number, line in enumerate(lines):
        base = top + font.size * (LEADING * number + ASCENT)
        pen.text((MARGIN_PX, base), line, INK, font, anchor="ls")
    font = _font(BYLINE_SIZE_PX)
    lines = _at_most_two(_lines(_all_pieces(byline, font), font, LINE_WIDTH_PX), font)
    for base, line in zip(reversed(BYLINE_BASES_PX), reversed(lines), strict=False):
        pen.text((MARGIN_PX, base), line, MUTED, font, anchor="ls")
    target = io.BytesIO()
    card.quantize(COLORS, dither=Pillow.Dither.NONE).save(target, "PNG", optimize=True)
    return target.getvalue()


def can_draw(text: str) -> bool:
    """Whether the font has a letter for all that is in it: Latin with the accents of Pinyin and
    Vietnamese, Greek and Cyrillic. Anything else would be boxes."""
    return all(_has_letter(character) for character in set(_composed(text)))


@cache
def _font(size_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size_px)


@cache
def _missing() -> tuple[tuple[int, int], bytes]:
    return _shape(NO_LETTER)


# Asked of every headline on every page of an article: 50 µs for a letter not yet known.
@lru_cache(maxsize=4096)
def _has_letter(character: str) -> bool:
    return _shape(character) != _missing()


def _shape(character: str) -> tuple[tuple[int, int], bytes]:
    mask = _font(HEADLINE_SIZES_PX[-1]).getmask(character)
    return mask.size, bytes(mask)


def _composed(text: str) -> str:
    """A letter and its accent as the one letter that fonts have."""
    return unicodedata.normalize("NFC", text)


def _fitted(headline: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest type in which the headline has room, and its lines in it. A word is only broken
    when even the smallest type is too large for it."""
    words = _composed(headline).split()
    for may_break, size_px in product((False, True), HEADLINE_SIZES_PX):
        font = _font(size_px)
        pieces = _all_pieces(headline, font)
        lines = _lines(pieces, font, LINE_WIDTH_PX)
        has_room = _height(lines, font) <= HEADLINE_HEIGHT_PX
        if has_room and (may_break or pieces == words):
            break
    return font, _balanced(pieces, font, lines)


def _height(lines: list[str], font: ImageFont.FreeTypeFont) -> float:
    return len(lines) * font.size * LEADING


def _balanced(pieces: list[str], font: ImageFont.FreeTypeFont, lines: list[str]) -> list[str]:
    """As many lines as before, of as nearly the same width as can be."""
    narrow, wide = 1, LINE_WIDTH_PX
    while wide - narrow > 1:
        width_px = (narrow + wide) // 2
        tried = _lines(pieces, font, width_px)
        if len(tried) > len(lines):
            narrow = width_px
        else:
            wide, lines = width_px, tried
    return lines


def _lines(pieces: list[str], font: ImageFont.FreeTypeFont, width_px: int) -> list[str]:
    lines: list[str] = []
    for piece in pieces:
        longer = f"{lines[-1]} {piece}" if lines else piece
        if lines and font.getlength(longer) <= width_px:
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines


def _all_pieces(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    return [piece for word in _composed(text).split() for piece in _pieces(word, font)]


def _pieces(word: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    """The word, or the parts of one that is wider than a whole line."""
    while (width_px := font.getlength(word)) > LINE_WIDTH_PX:
        length = int(len(word) * LINE_WIDTH_PX / width_px)
        while font.getlength(word[:length]) > LINE_WIDTH_PX:
            length -= 1
        yield word[:length]
        word = word[length:]
    yield word


def _at_most_two(lines: list[str], font: ImageFont.FreeTypeFont) -> list[str]:
    if len(lines) <= len(BYLINE_BASES_PX):
        return lines
    words = lines[1].split()
    while words and font.getlength(" ".join(words) + "…") > LINE_WIDTH_PX:
        words.pop()
    return [lines[0], " ".join(words).rstrip(",;") + "…"]


@cache
def _mark() -> Pillow.Image:
    """The needle that ends in a ring, as in static/img/icon.svg, as a mask."""
    scale = MARK_PX * MARK_OVERSAMPLING / 32
    side = MARK_PX * MARK_OVERSAMPLING
    mask = Pillow.new("L", (side, side))
    pen = ImageDraw.Draw(mask)
    ends = [(15.75, 8.76), (23.24, 16.25), (29.5, 2.5), (13.5, 18.5)]
    # The ring is 4 wide around a radius of 10, and Pillow's stroke lies inside of its box.
    box = [(x * scale) for x in (1.5, 6.5, 25.5, 30.5)]
    pen.arc(box, start=-13, end=283, fill=255, width=round(4 * scale))
    pen.line([(x * scale, y * scale) for x, y in ends[2:]], fill=255, width=round(4 * scale))
    for x, y in ends:
        pen.circle((x * scale, y * scale), 2 * scale, fill=255)
    return mask.resize((MARK_PX, MARK_PX), Pillow.Resampling.LANCZOS)
