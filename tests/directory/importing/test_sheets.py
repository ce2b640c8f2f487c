import codecs
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.importing.sheets import (
    Record,
    SheetError,
    examine,
    guard,
    line_of,
    records,
    unguard,
)

KNOWN = {"slug", "name", "city"}
REQUIRED = [("reference", "slug")]


def read(content: bytes):
    """The sheet and its records."""
    file = io.BytesIO(content)
    sheet = examine(file, known=KNOWN, required=REQUIRED)
    return sheet, list(records(file, sheet))


def rows_of(content: bytes):
    return [(record.row, record.raw) for record in read(content)[1]]


@pytest.mark.parametrize(
    ("encoding", "mark", "is_read_as"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", codecs.BOM_UTF8, "utf-8-sig"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("cp1252", b"", "cp1252"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_separators_and_line_ends_are_found(encoding, mark, is_read_as, end, delimiter):
    lines = [["name", "slug"], ["Zoë Née", "zoe"], ['"Al, ""A""; B"', "al"]]
    text = end.join(delimiter.join(line) for line in lines) + end
    sheet, found = read(mark + text.encode(encoding))
    assert (sheet.encoding, sheet.delimiter) == (is_read_as, delimiter)
    assert found == [Record(2, ("Zoë Née", "zoe")), Record(3, ('Al, "A"; B', "al"))]


def test_header_is_read_in_any_case_and_order_and_unknown_columns_are_named():
    sheet, _ = read(b"City , SLUG,Shoe Size,,name\r\n")
    assert (sheet.columns, sheet.unknown) == (("city", "slug", "", "", "name"), ("Shoe Size",))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty: its first row must name the columns."),
        (b"\n\n", "The file is empty: its first row must name the columns."),
        (b"name,city\n", "The file has no column reference or slug; its first row must name it."),
        (b"slug,Name,name\n", "These columns are there twice: name."),
        (b"\x00\x01\x02PK" + b"x" * 50, "This is not a CSV file: it holds bytes that no text has."),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_words(content, words):
    with pytest.raises(SheetError) as refusal:
        read(content)
    assert str(refusal.value) == words


def test_a_cell_may_have_lines_and_keeps_their_ends():
    assert rows_of(b'slug,name\na,"One\r\nTwo\nThree"\nb,B\n') == [
        (2, ("a", "One\r\nTwo\nThree")),
        (3, ("b", "B")),
    ]


def test_a_lost_quotation_mark_costs_its_own_line_only():
    _, found = read(b'slug,name\na,"A\nb,"B"\nc,C\n"d,D\n')
    assert [(record.row, record.raw, bool(record.problem)) for record in found] == [
        (2, ('a,"A',), True),
        (3, ("b", "B"), False),
        (4, ("c", "C"), False),
        (5, ('"d,D',), True),
    ]


def test_a_row_of_another_length_is_a_problem_unless_the_rest_is_empty():
    _, found = read(b"slug,name\na\nb,B,\nc,C,more\n,\n\n")
    assert [(record.row, record.problem, record.is_empty()) for record in found] == [
        (2, "The header has 2 columns, this row 1.", False),
        (3, "", False),
        (4, "The header has 2 columns, this row 3.", False),
        (5, "", True),
        (6, "", True),
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+1 718", "-", "@x", "\tx", "\rx", "'=x", "''-"])
def test_what_begins_like_a_formula_is_guarded(cell):
    assert guard(cell) == f"'{cell}"


@given(st.text())
def test_the_guard_comes_off_again_exactly(cell):
    assert unguard(guard(cell)) == cell


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2)))
def test_what_is_written_is_read_again(rows):
    text = "slug,name\r\n" + "".join(line_of(row) for row in rows)
    _, found = read(text.replace("\x00", "").encode())
    written = [tuple(guard(cell.replace("\x00", "")) for cell in row) for row in rows]
    assert [record.raw for record in found] == written


@given(st.binary(), st.sampled_from([b"", b"slug,name\n", codecs.BOM_UTF16_LE, b"slug;\x00"]))
def test_any_bytes_are_read_or_refused_in_words(content, begin):
    found = []
    with suppress(SheetError):
        _, found = read(begin + content)
    assert all(record.problem or len(record.raw) <= 2 for record in found)
