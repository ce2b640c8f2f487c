"""A CSV file as rows of cells: its encoding, its separator, its header. Pure.

Nothing is held but one row, and a row that cannot be read costs no other row.
"""

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

# Spreadsheets take a file without it for one of their own encoding.
BYTE_ORDER_MARK = "\ufeff"
DELIMITERS = (",", ";", "\t")
BLOCK_BYTES = 1 << 16
LONGEST_LINE = 1 << 20
# What begins a formula in a spreadsheet (OWASP, "CSV Injection"), behind guards of our own.
GUARDED = re.compile(r"'*[=+\-@\t\r]")
GUARD = "'"
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
}


class SheetError(ValueError):
    """The file as a whole cannot be taken; the message says why to the person who chose it."""


@dataclass(frozen=True)
class Sheet:
    """How a file is to be read: its header as written, and the columns that we know, or ""."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The headings of columns that nothing is read from."""
        named = zip(self.header, self.columns, strict=True)
        return tuple(heading for heading, column in named if heading.strip() and not column)


@dataclass(frozen=True)
class Record:
    """One row below the header, with its number as a spreadsheet counts, the header being 1.

    `raw` are the cells as they stand; `problem` says why they cannot be told apart, or is "".
    """

    row: int
    raw: tuple[str, ...]
    problem: str = ""

    def is_empty(self) -> bool:
        return not self.problem and not any(cell.strip() for cell in self.raw)


class _Lines:
    """Lines that are remembered, so that those after a broken one can be read once more."""

    def __init__(self, text: io.TextIOBase):
        self._text = text
        self._again: deque[str] = deque()
        self._taken: list[str] = []

    def __iter__(self):
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self._taken.append(line)
        return line

    def begin(self) -> None:
        self._taken = []

    def give_up_first(self) -> str:
        """The first line since `begin`; the others come again."""
        first, *others = self._taken
        self._again.extendleft(reversed(others))
        return first


def examine(
    file: BinaryIO,
    *,
    known: Collection[str],
    required: Sequence[Collection[str]],
    ignored: Collection[str] = (),
) -> Sheet:
    """How the file is to be read. Of each of `required` it must have one column at least.

    Reads the file once from its beginning, in blocks. Raises SheetError.
    """
    encoding = _encoding(file)
    with _text(file, encoding) as text:
        line = text.readline(LONGEST_LINE)
        if not line.strip():
            raise SheetError(_("The file is empty: its first row must name the columns."))
    best = max(DELIMITERS, key=lambda one: sum(map(bool, _columns(_header(line, one), known))))
    header = _header(line, best)
    sheet = Sheet(encoding, best, header, _columns(header, {*known, *ignored}))
    _check(sheet, required)
    return sheet


def records(file: BinaryIO, sheet: Sheet) -> Iterator[Record]:
    """The rows below the header, one after the other, empty ones too."""
    with _text(file, sheet.encoding) as text:
        lines = _Lines(text)
        # Strict, so that a lost quotation mark is seen and does not swallow the next rows.
        reader = csv.reader(lines, delimiter=sheet.delimiter, strict=True)
        row = 0
        while True:
            row += 1
            lines.begin()
            try:
                cells = tuple(next(reader))
            except StopIteration:
                return
            except csv.Error:
                yield Record(row, (lines.give_up_first().rstrip("\r\n"),), _unreadable())
                continue
            if row > 1:
                yield _record(row, cells, len(sheet.columns))


def guard(cell: str) -> str:
    """The cell as it is written, so that no spreadsheet takes it for a formula."""
    return GUARD + cell if GUARDED.match(cell) else cell


def unguard(cell: str) -> str:
    """The same cell without the guard."""
    return cell[1:] if cell.startswith(GUARD) and GUARDED.match(cell) else cell


def line_of(cells: Sequence[str], *, as_is: Collection[str] = ()) -> str:
    """The cells as a line of the files that we write, guarded but for those in `as_is`."""
    out = io.StringIO()
    guarded = (cell if cell in as_is else guard(cell) for cell in cells)
    csv.writer(out, lineterminator="\r\n").writerow(guarded)
    return out.getvalue()


def _record(row: int, cells: tuple[str, ...], width: int) -> Record:
    """Spreadsheets add empty cells at the end; anything else of another length is broken."""
    kept = cells[:width]
    if any(cell.strip() for cell in cells) and (len(kept) < width or any(cells[width:])):
        problem = _("The header has %(columns)d columns, this row %(cells)d.")
        return Record(row, cells, problem % {"cells": len(cells), "columns": width})
    return Record(row, kept)


def _unreadable() -> str:
    return _(
        "The quotation marks of this line do not match, or a cell is longer than 131,072 "
        "characters: its cells cannot be told apart."
    )


@contextmanager
def _text(file: BinaryIO, encoding: str) -> Iterator[io.TextIOWrapper]:
    """The file from its beginning, with the ends of lines as they are."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    try:
        yield text
    finally:
        # A run that broke off leaves its file closed before what still reads from it.
        if not file.closed:
            text.detach()


def _encoding(file: BinaryIO) -> str:
    """By its mark, by its zero bytes, or UTF-8 as far as it is that; else Windows-1252."""
    file.seek(0)
    block = file.read(BLOCK_BYTES)
    for mark, encoding in BOMS:
        if block.startswith(mark):
            return encoding
    if zeros := block.count(0):
        if zeros * 4 < len(block):
            raise SheetError(_("This is not a CSV file: it holds bytes that no text has."))
        return "utf-16-be" if block[::2].count(0) > block[1::2].count(0) else "utf-16-le"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block:
            decoder.decode(block)
            block = file.read(BLOCK_BYTES)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _header(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader([line], delimiter=delimiter), ()))
    except csv.Error:
        return ()


def _columns(header: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    names = ["_".join(re.findall(r"\w+", heading.lower())) for heading in header]
    return tuple(name if name in known else "" for name in names)


def _check(sheet: Sheet, required: Sequence[Collection[str]]) -> None:
    twice = {column for column in sheet.columns if column and sheet.columns.count(column) > 1}
    if twice:
        raise SheetError(_("These columns are there twice: %s.") % ", ".join(sorted(twice)))
    for choice in required:
        if not set(choice) & set(sheet.columns):
            names = _(" or ").join(choice)
            raise SheetError(_("The file has no column %s; its first row must name it.") % names)
