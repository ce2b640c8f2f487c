"""The list of contents: which articles have one, and what stands in it."""

import pytest

from articles.contents import LEAST_SECTIONS, LONG_WORDS, Heading, Section, contents


def headings(*written):
    """Each is its level and its words, as in "2Two muscles"."""
    return [Heading(f"section-{text[1:]}", int(text[0]), text[1:]) for text in written]


def shape(sections):
    return [(section.text, [part.text for part in section.parts]) for section in sections]


def test_sections_hold_their_parts_and_nothing_deeper():
    found = contents(
        headings("2a", "3b", "3c", "4d", "2e", "4f", "2g", "3h"), word_count=LONG_WORDS
    )
    assert shape(found) == [("a", ["b", "c"]), ("e", []), ("g", ["h"])]
    assert found[0].parts[0] == Section("section-b", "b")


def test_a_part_before_any_section_is_a_section():
    found = contents(headings("3a", "3b", "2c", "3d"), word_count=LONG_WORDS)
    assert shape(found) == [("a", []), ("b", []), ("c", ["d"])]


def test_a_heading_without_words_is_no_line():
    found = contents(headings("2a", "2", "2b", "3", "2c"), word_count=LONG_WORDS)
    assert shape(found) == [("a", []), ("b", []), ("c", [])]


@pytest.mark.parametrize(
    ("sections", "words", "expected"),
    [
        (LEAST_SECTIONS, LONG_WORDS, LEAST_SECTIONS),
        (LEAST_SECTIONS, LONG_WORDS - 1, 0),
        (LEAST_SECTIONS - 1, LONG_WORDS, 0),
        (0, LONG_WORDS, 0),
        (500, LONG_WORDS * 100, 500),
    ],
)
def test_what_is_short_or_has_few_sections_has_none(sections, words, expected):
    found = headings(*(f"2section {number}" for number in range(sections)))
    assert len(contents(found, word_count=words)) == expected
