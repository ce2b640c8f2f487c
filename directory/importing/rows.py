"""Rows of cells to rows of values, with everything that is wrong in each. Asks no database."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from acutake.lib.text import fold
from directory.importing.cells import CellError, shown
from directory.importing.columns import (
    CLEAR,
    IDENTITY,
    NEEDED_BY_OFFICE,
    REQUIRED,
    Part,
    Value,
    Words,
)
from directory.importing.sheets import Record, Sheet, unguard
from directory.listing import RESERVED_SLUGS
from directory.npi import without_separators

US_POSTCODE = re.compile(r"\d{5}(?:-\d{4})?", re.ASCII)
DEFAULT_COUNTRY = "US"
# They are no states of the gazetteer, but in American addresses they stand where one does
# (USPS Publication 28, appendix B).
TERRITORIES = frozenset(("US", code) for code in ("AS", "GU", "MP", "PR", "VI"))

Problem = tuple[str, str]
Identity = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """What a row says, by column: what is not in `values` is left as it is.

    `identity` is the column and the value that name the person. A problem is a column, or "", with
    words; a row that has one is refused.
    """

    number: int
    raw: tuple[str, ...]
    identity: Identity | None
    values: dict[str, Value] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def part(self, words: Words, part: Part) -> dict[str, Value]:
        """Only what is about the person, the office or the affiliation."""
        return {
            name: value for name, value in self.values.items() if words.columns[name].part is part
        }


def identity_of(record: Record, sheet: Sheet) -> Identity | None:
    """The first of the columns in IDENTITY that has something in it, without further reading."""
    if record.problem:
        return None
    for column in IDENTITY:
        if column in sheet.columns:
            cell = unguard(record.raw[sheet.columns.index(column)].strip()).strip()
            if cell and cell not in CLEAR:
                return column, _normal(column, cell)
    return None


def read_row(record: Record, sheet: Sheet, words: Words) -> Row:
    """All its cells, whatever is wrong with some of them."""
    if record.problem:
        return Row(record.row, record.raw, None, problems=(("", record.problem),))
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for name, raw in zip(sheet.columns, record.raw, strict=True):
        column = words.columns.get(name)
        cell = raw.strip()
        if column is None or not cell:
            continue
        try:
            values[name] = column.read(unguard(cell)) if cell not in CLEAR else column.cleared
        except CellError as error:
            problems.append((name, str(error)))
            continue
        if values[name] is REQUIRED:
            problems.append((name, _("This cannot be emptied.")))
    identity = identity_of(record, sheet)
    if identity is None:
        names = _(" or ").join(IDENTITY)
        problems.append(("", _("Nobody is named: fill in %s.") % names))
    broken = {column for column, _words in problems}
    problems += [found for found in _mismatches(values, words) if found[0] not in broken]
    return Row(record.row, record.raw, identity, values, tuple(problems))


def _normal(column: str, cell: str) -> str:
    if column == "slug":
        return cell.lower()
    return without_separators(cell) if column == "npi" else cell


def _mismatches(values: dict[str, Value], words: Words) -> list[Problem]:
    """What is wrong between cells that are right by themselves; puts the state's code in place."""
    problems = []
    if values.get("slug") in RESERVED_SLUGS:
        problems.append(("slug", _("Another page has this address.")))
    for one, other in (("latitude", "longitude"), ("longitude", "latitude")):
        if one in values and (values[one] is None) != (values.get(other) is None):
            problems.append((one, _("It takes both latitude and longitude to make a point.")))
            break
    if words.today and (values.get("confirmed_on") or words.today) > words.today:
        problems.append(("confirmed_on", _("This day is still to come.")))
    if "office_name" in values and "office_id" not in values:
        missing = [column for column in NEEDED_BY_OFFICE if column not in values]
        problems += [(column, _("An office needs it.")) for column in missing]
    return problems + _address_problems(values, words)


def _address_problems(values: dict[str, Value], words: Words) -> list[Problem]:
    country = values.get("country", DEFAULT_COUNTRY)
    problems = []
    if isinstance(state := values.get("state"), str):
        states = words.states.get(country)
        code = states.get(fold(state), "") if states else state.upper()
        values["state"] = state.upper() if (country, state.upper()) in TERRITORIES else code
        if not 0 < len(values["state"]) <= 3:
            problems.append(("state", _("%s is no state there.") % shown(state)))
    if isinstance(postcode := values.get("postcode"), str) and postcode:
        values["postcode"] = postcode.upper()
        if country == "US" and not US_POSTCODE.fullmatch(postcode):
            problems.append(("postcode", _zip_problem(postcode)))
    return problems


def _zip_problem(postcode: str) -> str:
    if postcode.isdigit() and len(postcode) in (3, 4):
        return _("%s has lost its leading zero: format the column as text.") % shown(postcode)
    return _("%s is no ZIP code.") % shown(postcode)
