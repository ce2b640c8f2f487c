"""Single cells to values and back. Pure.

Every reader takes the cell without white space around it, returns the value, or raises CellError
whose words say what is wrong. An e-mail address never gets into those words.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, slug_re, validate_email
from django.utils.translation import gettext as _

from acutake.lib.text import DIRECTION_CONTROLS
from directory.hours_text import Span, read_hours, write_hours
from directory.npi import validate_npi, without_separators
from directory.time_zones import validate_zone

YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})
# Beyond it somebody has left out a decimal point.
MOST_DOLLARS = 100_000
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
# What American spreadsheets make of a date.
US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
DOLLARS = re.compile(r"\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.0+)?", re.ASCII)
DEGREES = re.compile(r"[+-]?\d{1,3}(?:\.\d+)?(?:e-\d+)?", re.ASCII)
LONGEST_SHOWN = 40
REPLACEMENT = "\ufffd"


class CellError(ValueError):
    """Why a cell cannot be taken, in words."""


def text(limit: int) -> Callable[[str], str]:
    """One line of at most so many characters."""

    def read(cell: str) -> str:
        check_characters(cell, allowed="")
        return within(cell, limit)

    return read


def paragraphs(cell: str) -> str:
    """Any number of lines, with their ends as they are."""
    check_characters(cell, allowed="\n\r\t")
    return cell


def slug(cell: str) -> str:
    lowered = within(cell.lower(), 140)
    if not slug_re.match(lowered):
        raise CellError(_("An address has letters, digits and hyphens only."))
    return lowered


def npi(cell: str) -> str:
    digits = without_separators(cell)
    return _validated(digits, validate_npi)


def yes_or_no(cell: str) -> bool:
    lowered = cell.lower()
    if lowered in YES or lowered in NO:
        return lowered in YES
    raise CellError(_("%s is neither yes nor no.") % shown(cell))


def dollars(cell: str) -> int:
    match = DOLLARS.fullmatch(cell)
    if match is None:
        raise CellError(_("%s is no amount in whole dollars.") % shown(cell))
    amount = int(match[1].replace(",", ""))
    if amount > MOST_DOLLARS:
        raise CellError(_("%s dollars cannot be meant.") % shown(cell))
    return amount


def degrees(limit: int) -> Callable[[str], float]:
    """Decimal degrees from minus the limit to the limit."""

    def read(cell: str) -> float:
        if not DEGREES.fullmatch(cell) or abs(float(cell)) > limit:
            raise CellError(
                _("%(cell)s is no number of degrees from -%(limit)d to %(limit)d.")
                % {"cell": shown(cell), "limit": limit}
            )
        return float(cell)

    return read


def day(cell: str) -> date:
    """2027-03-31, or 3/31/2027 as American spreadsheets write it."""
    if match := ISO_DATE.fullmatch(cell):
        year, month, number = map(int, match.groups())
    elif match := US_DATE.fullmatch(cell):
        month, number, year = map(int, match.groups())
    else:
        raise CellError(_("%s is no date. Write 2027-03-31.") % shown(cell))
    try:
        return date(year, month, number)
    except ValueError:
        raise CellError(_("%s is no day of any calendar.") % shown(cell)) from None


def email(cell: str) -> str:
    """The words of the validator do not repeat the address, and ours do not either."""
    try:
        validate_email(within(cell, 254))
    except ValidationError:
        raise CellError(_("This is no e-mail address.")) from None
    return cell


def url(cell: str) -> str:
    """An address without a scheme is taken as https, as in the admin's forms."""
    full = within(cell if "://" in cell else f"https://{cell}", 200)
    try:
        URLValidator(schemes=["http", "https"])(full)
    except ValidationError:
        raise CellError(_("%s is no web address.") % shown(cell)) from None
    return full


def choice(labels: Mapping[str, str]) -> Callable[[str], str]:
    """One of the values, which are lower case."""

    def read(cell: str) -> str:
        if cell.lower() not in labels:
            raise CellError(
                _("%(cell)s is none of these: %(choices)s.")
                % {"cell": shown(cell), "choices": ", ".join(labels)}
            )
        return cell.lower()

    return read


def timezone(cell: str) -> str:
    try:
        validate_zone(cell)
    except ValidationError:
        raise CellError(_("%s is no time zone such as America/New_York.") % shown(cell)) from None
    return cell


def hours(cell: str) -> tuple[Span, ...]:
    return _validated(cell, read_hours)


def number(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) < 19):
        raise CellError(_("%s is no number of an office.") % shown(cell))
    return int(cell)


def country(cell: str) -> str:
    if not (len(cell) == 2 and cell.isascii() and cell.isalpha()):
        raise CellError(_("A country is two letters, such as US."))
    return cell.upper()


def write_yes_or_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def write_plain(value: object) -> str:
    return "" if value is None else str(value)


def write_hours_in_line(spans: Iterable[Span]) -> str:
    return write_hours(spans).replace("\n", "; ")


def shown(cell: str) -> str:
    """A cell in quotation marks for a report, cut short; nothing that may be an e-mail address."""
    if "@" in cell:
        return _("This")
    return f"“{cell}”" if len(cell) <= LONGEST_SHOWN else f"“{cell[:LONGEST_SHOWN]}…”"


def within(cell: str, limit: int) -> str:
    if len(cell) > limit:
        raise CellError(
            _("%(count)d characters are too many; at most %(limit)d fit.")
            % {"count": len(cell), "limit": limit}
        )
    return cell


def check_characters(cell: str, *, allowed: str) -> None:
    """No database takes NUL, and no page should show what turns the direction of a text."""
    if REPLACEMENT in cell:
        raise CellError(_("It holds characters that are not in the encoding of the file."))
    if cell.isprintable():
        return
    for character in cell:
        if character in allowed:
            continue
        if unicodedata.category(character) in ("Cc", "Cs") or character in DIRECTION_CONTROLS:
            code = f"U+{ord(character):04X}"
            raise CellError(_("It holds a character that no page can show (%s).") % code)


def _validated(cell: str, validate: Callable[[str], object]):
    """What `validate` returns, or the cell when that is nothing."""
    try:
        value = validate(cell)
    except ValidationError as error:
        raise CellError(" ".join(error.messages)) from None
    return cell if value is None else value
