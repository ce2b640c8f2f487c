"""Text made safe and comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acutake.lib.text import clean_text, fold


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  Brooklyn \t\n  NY ", "Brooklyn NY"),
        ("Brook\x00lyn", "Brooklyn"),
        ("a\x07b\ud800c\udfff", "abc"),
        ("no\u202egnp.exe", "nognp.exe"),
        ("São Paulo 東京", "São Paulo 東京"),
        ("\N{WOMAN}\N{ZERO WIDTH JOINER}\N{STAFF OF AESCULAPIUS}", "\U0001f469\u200d\u2695"),
        ("", ""),
        ("\x00\ud800", ""),
    ],
)
def test_clean_text_keeps_what_a_database_takes(typed, expected):
    assert clean_text(typed) == expected


def test_clean_text_cuts_at_its_limit():
    assert clean_text("x" * 10_000) == "x" * 200
    assert clean_text("abc def", limit=4) == "abc"


@given(st.text(st.characters(), max_size=300))
def test_clean_text_can_be_encoded_and_cleaned_again(text):
    cleaned = clean_text(text)

    assert cleaned.encode().decode() == cleaned
    assert "\x00" not in cleaned
    assert clean_text(cleaned) == cleaned


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Québec", "quebec"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Tórshavn Ærø", "torshavn aero"),
        ("İzmir", "izmir"),
        ("ﬁne № 5", "fine no 5"),
        ("e\u0301", "e"),
        ("Runner’s ‘Oʼahu", "runner's 'o'ahu"),
    ],
)
def test_fold_takes_away_case_and_accents(text, expected):
    assert fold(text) == expected


@given(st.text(max_size=100))
def test_fold_of_folded_text_is_the_same(text):
    assert fold(fold(text)) == fold(text)
