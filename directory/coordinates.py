"""A point as people type or paste it: "40.6501, -73.9496", or with degrees, minutes and letters."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from directory.geo import Point

MARKS = {**dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"), **dict.fromkeys(map(ord, "°º'’′\"”″"), " ")}
# One side: a number, or degrees with minutes and seconds, and the letter of a direction.
SIDE = re.compile(
    r"\s*(?P<sign>[+-]?)\s*(?P<degrees>\d{1,3}(?:\.\d{1,20})?)"
    r"(?:\s+(?P<minutes>\d{1,2}(?:\.\d{1,20})?)(?:\s+(?P<seconds>\d{1,2}(?:\.\d{1,20})?))?)?"
    r"\s*(?P<letter>[nsew]?)\s*"
)
DECIMAL_COMMA = re.compile(r"[+-]?\d+,[+-]?\d+")
# A point is written to about a yard.
DIGITS = 5


def read_point(latitude: str, longitude: str) -> Point | None:
    """The point of two fields, of which the first may hold both sides; None when both are empty.

    Raises ValidationError in words.
    """
    sides = [side for side in (_clean(latitude), _clean(longitude)) if side]
    if not sides:
        return None
    if DECIMAL_COMMA.fullmatch(sides[0]):
        raise _error(_("Write decimals with a point, as in 40.6501, -73.9496."))
    pair = _pair(sides[0])
    if pair is None and len(sides) == 2:
        pair = sides
    if pair is None:
        raise _error(_("A point has two sides, as in 40.6501, -73.9496."))
    north, east = _degrees(pair[0], "ns"), _degrees(pair[1], "ew")
    if abs(north) > 90 or abs(east) > 180:
        raise _error(_("Latitude first, from -90 to 90, then longitude, from -180 to 180."))
    return Point(north, east)


def _pair(text: str) -> list[str] | None:
    """Both sides of one text, cut at the comma, after the first letter, or at the only space."""
    for cut in (r"[,;]\s*", r"(?<=[ns])\s*(?=[\d+-])", r"\s+"):
        parts = [part for part in re.split(cut, text) if part]
        if len(parts) == 2 and all(SIDE.fullmatch(part) for part in parts):
            return parts
    return None


def _degrees(text: str, letters: str) -> float:
    match = SIDE.fullmatch(text)
    if match is None or (match["letter"] and match["letter"] not in letters):
        raise _error(_("“%(text)s” is no latitude or longitude in degrees.") % {"text": text})
    minutes, seconds = float(match["minutes"] or 0), float(match["seconds"] or 0)
    value = float(match["degrees"]) + minutes / 60 + seconds / 3600
    is_negative = (match["sign"] == "-") != (match["letter"] in ("s", "w"))
    return round(-value if is_negative else value, DIGITS)


def _clean(text: str) -> str:
    typed = unicodedata.normalize("NFKC", text).translate(MARKS).lower()
    return " ".join(typed.strip("()[] ").split())


def _error(message: str) -> ValidationError:
    return ValidationError(message, code="point")
