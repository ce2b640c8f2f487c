"""Cells that hold a list, to values and back: `;` separates, and a backslash keeps one. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from acutake.lib.text import fold
from directory.importing.cells import (
    CellError,
    check_characters,
    day,
    shown,
    within,
    write_plain,
)

YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
LICENSE = re.compile(r"(?P<state>[A-Za-z]{2,3})\s+(?P<number>.+?)(?:\s+until\s+(?P<until>\S+))?")
SEPARATORS = re.compile(r"[;\n]")

License = tuple[str, str, date | None]
Credential = tuple[str, str, str, int | None]


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
        state, licensed = match["state"].upper(), within(match["number"], 40)
        check_characters(licensed, allowed="")
        if (state, licensed) in found:
            raise CellError(_("%s is there twice.") % shown(f"{state} {licensed}"))
        until = day(match["until"]) if match["until"] else None
        found[state, licensed] = (state, licensed, until)
    return tuple(found[key] for key in sorted(found))


def credentials(cell: str) -> tuple[Credential, ...]:
    """ "L.Ac.; Dipl.O.M. | Diplomate of Oriental Medicine | NCCAOM | 2012", in their order."""
    return tuple(_credential(item) for item in _items(cell))


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


def _credential(item: str) -> Credential:
    parts = [_unescaped(part).strip() for part in re.split(r"(?<!\\)\|", item)]
    letters, name, issuer, year, *more = [*parts, *[""] * (4 - len(parts))]
    if more or not letters:
        raise CellError(_("%s is not “letters | name | issuer | year”.") % shown(item))
    if year and not YEAR.fullmatch(year):
        raise CellError(_("%s is no year.") % shown(year))
    for part in (letters, name, issuer):
        check_characters(part, allowed="")
    limits = zip((letters, name, issuer), (30, 120, 120), strict=True)
    return (*(within(part, limit) for part, limit in limits), int(year) if year else None)


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
