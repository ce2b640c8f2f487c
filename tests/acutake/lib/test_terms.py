"""Words as searches compare them."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from acutake.lib.terms import pieces, query_of, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Needles, needling & NEEDLED", ["needl", "needl", "needl"]),
        ("follow-up", ["follow", "up"]),
        ("Zoë O’Hare", ["zoe", "ohar", "hare"]),
        ("Que\u0301bec Québec", ["quebec", "quebec"]),
        ("L.Ac.", ["l", "ac"]),
        ("針灸治療", ["針灸", "灸治", "治療", "療"]),
        ("針灸clinic", ["針灸", "灸", "clinic"]),
        ("नमस्ते", ["नमसत"]),
        ("snake_case", ["snak", "case"]),
        ("ﬁbro ½ İstanbul", ["fibro", "12", "istanbul"]),
        ("😀 -- \0 \ud800", []),
        ("x" * 99, ["x" * 40]),
    ],
)
def test_terms_of_a_text(text, expected):
    assert terms(text) == expected


def test_pieces_stand_where_they_are_in_the_text():
    text = "A “Runner’s” 針灸治 heel"

    assert [text[piece.start : piece.end] for piece in pieces(text)] == [
        *("A", "Runner’s", "針灸", "灸治", "治", "heel")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pain in the heel of a heel", ("pain", "heel")),
        ("before and after", ("befor", "and", "after")),
        ("針灸治", ("針灸", "灸治")),
        ("針", ("針*",)),
        ("AND OR NOT NEAR(heel*:^) \" ' ; --", ("heel",)),
        ("?!", ()),
    ],
)
def test_query_has_each_telling_word_once(text, expected):
    assert query_of(text).terms == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("heel tendin", ("heel", "tendin*")), ("needles", ("needles*",)), ("he", ("he",)), ("", ())],
)
def test_last_word_may_be_a_beginning(text, expected):
    assert query_of(text).begun().terms == expected


@given(st.text())
def test_any_text_has_terms_of_letters_and_figures_alone(text):
    found = list(pieces(text))

    assert all(piece.term.isalnum() and piece.word.isalnum() for piece in found)
    assert all(0 <= piece.start < piece.end <= len(text) for piece in found)


@given(st.text(max_size=100))
def test_every_text_is_found_by_itself(text):
    """But for what is cut off: no word of it is longer than a term."""
    query = query_of(text)

    assert all(any(query.has(piece) == term for piece in pieces(text)) for term in query.terms)
