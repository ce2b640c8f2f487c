from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.importing.columns import CLEAR, REQUIRED, Words
from directory.importing.rows import Row, identity_of, read_row
from directory.importing.sheets import Record, Sheet, guard

WORDS = Words(
    specialties={"trigger point": 1, "a; b": 2},
    specialty_labels={1: "trigger-point", 2: "a; b"},
    states={"US": {"ny": "NY", "new york": "NY"}},
    today=date(2026, 11, 23),
)


def row_of(**cells) -> Row:
    sheet = Sheet("utf-8", ",", tuple(cells), tuple(cells))
    return read_row(Record(2, tuple(cells.values())), sheet, WORDS)


def value_of(column, cell):
    return row_of(**{"reference": "x", column: cell}).values[column]


def problems_of(column, cell):
    return [
        words
        for name, words in row_of(**{"reference": "x", column: cell}).problems
        if name == column
    ]


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("npi", "123-456-7893", "1234567893"),
        ("listing", "Listed", "listed"),
        ("offers_telehealth", "Y", True),
        ("offers_telehealth", "0", False),
        ("first_visit_fee_usd", "$1,085.00", 1085),
        ("confirmed_on", "2026-3-9", date(2026, 3, 9)),
        ("confirmed_on", "3/9/2026", date(2026, 3, 9)),
        ("website", "example.org/a", "https://example.org/a"),
        ("state", "new york", "NY"),
        ("state", "pr", "PR"),
        ("specialties", "Trigger Point; a\\; b;", frozenset({1, 2})),
        (
            "licenses",
            "NY 12 until 3/31/2027; NJ 9",
            (("NJ", "9", None), ("NY", "12", date(2027, 3, 31))),
        ),
        ("credentials", "L.Ac. | | State | 2012", (("L.Ac.", "", "State", 2012),)),
        ("timezone", "America/New_York", "America/New_York"),
        ("name", "'=Ada", "=Ada"),
        ("letters", "'-", "-"),
        ("letters", "-", ""),
        ("letters", "(none)", ""),
        ("first_visit_fee_usd", "-", None),
        ("hours", "-", ()),
    ],
)
def test_cells_become_values(column, cell, value):
    assert value_of(column, cell) == value


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        (
            "npi",
            "1234567890",
            "The last digit does not fit the others: one of the ten is probably mistyped.",
        ),
        ("slug", "Ada Alder", "An address has letters, digits and hyphens only."),
        ("slug", "in", "Another page has this address."),
        ("listing", "public", "“public” is none of these: draft, listed, withdrawn."),
        ("offers_telehealth", "maybe", "“maybe” is neither yes nor no."),
        ("first_visit_fee_usd", "85.50", "“85.50” is no amount in whole dollars."),
        ("first_visit_fee_usd", "850000", "“850000” dollars cannot be meant."),
        ("confirmed_on", "2026-02-30", "“2026-02-30” is no day of any calendar."),
        ("confirmed_on", "2026-11-24", "This day is still to come."),
        ("website", "javascript://x", "“javascript://x” is no web address."),
        ("postcode", "2134", "“2134” has lost its leading zero: format the column as text."),
        ("postcode", "１２３４５", "“１２３４５” is no ZIP code."),
        ("state", "Narnia", "“Narnia” is no state there."),
        ("timezone", "Mars", "“Mars” is no time zone such as America/New_York."),
        ("name", "A\x00da", "It holds a character that no page can show (U+0000)."),
        ("name", "A\u202eda", "It holds a character that no page can show (U+202E)."),
        ("name", "A\ufffdda", "It holds characters that are not in the encoding of the file."),
        ("name", "x" * 121, "121 characters are too many; at most 120 fit."),
        ("name", "-", "This cannot be emptied."),
        ("specialties", "Trigger point; tea", "Not in the list: “tea”."),
        ("licenses", "NY 1; NY 1", "“NY 1” is there twice."),
        ("credentials", "| Diploma", "“| Diploma” is not “letters | name | issuer | year”."),
        ("latitude", "40", "It takes both latitude and longitude to make a point."),
    ],
)
def test_what_cannot_be_taken_is_said_in_words(column, cell, words):
    assert problems_of(column, cell) == [words]


@pytest.mark.parametrize("column", [name for name in Words().columns if name != "statement"])
def test_no_e_mail_address_gets_into_the_words(column):
    address = "ada.alder@example.org is not " + "x" * 300
    said = " ".join(
        words for _column, words in row_of(**{"reference": "x", column: address}).problems
    )
    assert "ada.alder" not in said


@given(st.sampled_from(list(Words().columns)), st.text())
def test_any_cell_is_a_value_or_a_problem(column, cell):
    row = row_of(reference="x", **({} if column == "reference" else {column: cell}))
    is_silent = not cell.strip() or column == "reference"
    assert is_silent or column in row.values or column in dict(row.problems)


@given(st.sampled_from(["name", "letters", "statement"]), st.text(max_size=60))
def test_a_text_that_is_written_is_read_again(column, text):
    read = row_of(slug="x", **{column: guard(text)})
    if dict(read.problems).get(column) is None and text.strip() == text and text:
        assert read.values[column] == text


def test_what_cannot_be_emptied_says_so_and_everything_else_has_an_empty_value():
    for name, column in WORDS.columns.items():
        for token in CLEAR:
            row = row_of(**{"reference": "x", name: token})
            is_refused = "This cannot be emptied." in dict(row.problems).get(name, "")
            assert (name, is_refused) == (name, column.cleared is REQUIRED)


def test_a_row_is_named_by_the_first_of_its_names():
    sheet = Sheet("utf-8", ",", ("npi", "slug", "reference"), ("npi", "slug", "reference"))
    cells = [("1-2", "Ada", "R"), ("1-2", "Ada", ""), ("1-2", "-", ""), ("", "", "(none)")]
    assert [identity_of(Record(2, row), sheet) for row in cells] == [
        ("reference", "R"),
        ("slug", "ada"),
        ("npi", "12"),
        None,
    ]
