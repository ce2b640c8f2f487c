"""The words that were looked for, marked."""

import pytest

from acutake.lib.highlights import marked, snippet
from acutake.lib.terms import query_of


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("The heel & the Heels", "heel", "The <mark>heel</mark> &amp; the <mark>Heels</mark>"),
        ("<b>heel</b>", "heel", "&lt;b&gt;<mark>heel</mark>&lt;/b&gt;"),
        ("Café", "cafe", "<mark>Café</mark>"),
        ("日本の針灸治療", "針灸治療", "日本の<mark>針灸治療</mark>"),
        ("Runner’s", "runner", "<mark>Runner’s</mark>"),
        ("Nothing", "heel", "Nothing"),
    ],
)
def test_marks_the_words_and_escapes_the_text(text, typed, expected):
    assert marked(text, query_of(typed)) == expected


def test_beginning_marks_the_whole_word():
    assert marked("Tendinitis", query_of("tendin").begun()) == "<mark>Tendinitis</mark>"


def test_snippet_takes_the_stretch_with_the_most_words():
    text = f"A heel. {'word ' * 60}Then the heel and the calf together. {'more ' * 60}"

    found = snippet(text, query_of("heel calf"))

    assert "the <mark>heel</mark> and the <mark>calf</mark> together" in found
    assert (found[:2], found[-2:]) == ("… ", " …")
    assert found.count("<mark>") == 2


def test_snippet_of_a_short_text_is_all_of_it():
    assert snippet("The\nheel.", query_of("heel")) == "The <mark>heel</mark>."


def test_snippet_is_empty_without_a_hit():
    assert snippet("Nothing", query_of("heel")) == ""


def test_word_longer_than_a_snippet_is_shown_whole():
    assert snippet(f"a {'x' * 500} b", query_of("x" * 500)) == (f"a <mark>{'x' * 500}</mark> …")
