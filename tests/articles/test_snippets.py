"""How a page of search results shows an article."""

import pytest

from articles.snippets import cut, snippet


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("one two", 7, ("one two", "")),
        ("one two three", 8, ("one two", " three")),
        ("one two three", 7, ("one two", " three")),
        ("onetwothree", 3, ("one", "twothree")),
        ("", 3, ("", "")),
    ],
)
def test_a_text_is_cut_after_a_whole_word(text, limit, expected):
    assert cut(text, limit) == expected


def test_the_length_counts_every_character_of_the_summary():
    found = snippet(headline="A  headline", summary=" word" * 40 + "\n")
    assert (found.title, found.summary_length) == ("A headline", 199)
    assert found.summary + found.summary_rest == " ".join(["word"] * 40)
    assert (len(found.summary), len(found.summary_rest)) == (154, 45)
