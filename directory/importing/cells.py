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

from acutake.lib.text import DIRECTION_CONTROLS, fold
from directory.hours_text import Span, read_hours, write_hours
from directory.npi import validate_npi, without_separators
from directory.time_zones import validate_zone

YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})
# Beyond it somebody has left out a decimal point.
MOST_DOLLARS = 100_000
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
# What American spreadsheets make of a date.
US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
DOLLARS = re.compile(r"\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.0+)?")
DEGREES = re.compile(r"[+-]?\d{1,3}(?:\.\d+)?(?:e-\d+)?")
YEAR = re.compile(r"(?:19|20)\d\d")
LICENSE = re.compile(r"(?P<state>[A-Za-z]{2,3})\s+(?P<number>.+?)(?:\s+until\s+(?P<until>\S+))?")
SEPARATORS = re.compile(r"[;\n]")
LONGEST_SHOWN = 40
REPLACEMENT = "\ufffd"

License = tuple[str, str, date | None]
Credential = tuple[str, str, str, int | None]


class CellError(ValueError):
    """Why a cell cannot be taken, in words."""


def text(limit: int) -> Callable[[str], str]:
    """One line of at most so many characters."""

    def read(cell: str) -> str:
        _check_characters(cell, allowed="")
        return _within(cell, limit)

    return read


def paragraphs(cell: str) -> str:
    """Any number of lines, with their ends as they are."""
    _check_characters(cell, allowed="\n\r\t")
    return cell


def slug(cell: str) -> str:
    lowered = _within(cell.lower(), 140)
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
        validate_email(_within(cell, 254))
    except ValidationError:
        raise CellError(_("This is no e-mail address.")) from None
    return cell


def url(cell: str) -> str:
    """An address without a scheme is taken as https, as in the admin's forms."""
    full = _within(cell if "://" in cell else f"https://{cell}", 200)
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


def names(known: Mapping[str, int]) -> Callable[[str], frozenset[int]]:
    """The primary keys of what the cell names, by the folded names and slugs of `known`."""

    def read(cell: str) -> frozenset[int]:
        items = [_unescaped(item) for item in _items(cell)]
        missing = [item for item in items if fold(item) not in known]
        if missing:
            unknown = ", ".join(map(shown, missing))
            raise CellError(_("Not in the list: %s.") % unknown)
        return frozenset(known[fold(item)] for item in items)

    return read


def licenses(cell: str) -> tuple[License, ...]:
    """ "NY 012345 until 2027-03-31; NJ 25MZ00012", in the order of state and number."""
    found: dict[tuple[str, str], License] = {}
    for item in map(_unescaped, _items(cell)):
        match = LICENSE.fullmatch(item)
        if match is None:
            raise CellError(
                _("%s is no license. Write “NY 012345 until 2027-03-31”.") % shown(item)
            )
        state, licensed = match["state"].upper(), _within(match["number"], 40)
        _check_characters(licensed, allowed="")
        if (state, licensed) in found:
            raise CellError(_("%s is there twice.") % shown(f"{state} {licensed}"))
        until = day(match["until"]) if match["until"] else None
        found[state, licensed] = (state, licensed, until)
    return tuple(found[key] for key in sorted(found))


def credentials(cell: str) -> tuple[Credential, ...]:
    """ "L.Ac.; Dipl.O.M. | Diplomate of Oriental Medicine | NCCAOM | 2012", in their order."""
    return tuple(_credential(item) for item in _items(cell))


def write_yes_or_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def write_plain(value: object) -> str:
    return "" if value is None else str(value)


def write_hours_in_line(spans: Iterable[Span]) -> str:
    return write_hours(spans).replace("\n", "; ")


def write_licenses(values: Iterable[License]) -> str:
    lines = (
        f"{state} {licensed}{f' until {until.isoformat()}' if until else ''}"
        for state, licensed, until in values
    )
    return "; ".join(map(_escaped, lines))


def write_credentials(values: Iterable[Credential]) -> str:
    return "; ".join(_credential_line(value) for value in values)


def write_names(labels: Mapping[int, str]) -> Callable[[Iterable[int]], str]:
    """The other way round than `names`, in the order of the labels."""
    return lambda keys: "; ".join(sorted(_escaped(labels[key]) for key in keys))


def shown(cell: str) -> str:
    """A cell in quotation marks for a report, cut short; nothing that may be an e-mail address."""
    if "@" in cell:
        return _("This")
    return f"“{cell}”" if len(cell) <= LONGEST_SHOWN else f"“{cell[:LONGEST_SHOWN]}…”"


def _credential(item: str) -> Credential:
    parts = [_unescaped(part).strip() for part in re.split(r"(?<!\\)\|", item)]
    letters, name, issuer, year, *more = [*parts, *[""] * (4 - len(parts))]
    if more or not letters:
        raise CellError(_("%s is not “letters | name | issuer | year”.") % shown(item))
    if year and not YEAR.fullmatch(year):
        raise CellError(_("%s is no year.") % shown(year))
    for part in (letters, name, issuer):
        _check_characters(part, allowed="")
    limits = zip((letters, name, issuer), (30, 120, 120), strict=True)
    return (*(_within(part, limit) for part, limit in limits), int(year) if year else None)


def _credential_line(value: Credential) -> str:
    parts = [_escaped(write_plain(part)).replace("|", "\\|") for part in value]
    while not parts[-1]:
        parts.pop()
    return " | ".join(parts)


def _items(cell: str) -> list[str]:
    """The parts of a list, without the empty ones; a backslash keeps a separator in its part."""
    return [item.strip() for item in re.split(r"(?<!\\)[;\n]", cell) if item.strip()]


def _escaped(part: str) -> str:
    return SEPARATORS.sub(lambda found: f"\\{found[0]}", part)


def _unescaped(part: str) -> str:
    return re.sub(r"\\([;|\n])", r"\1", part)


def _within(cell: str, limit: int) -> str:
    if len(cell) > limit:
        raise CellError(
            _("%(count)d characters are too many; at most %(limit)d fit.")
            % {"count": len(cell), "limit": limit}
        )
    return cell


def _check_characters(cell: str, *, allowed: str) -> None:
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
