"""Text made safe and comparable."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acutake.lib.text import clean_lines, clean_text, fold, normalize, without_heaps


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


@pytest.mark.parametrize(
    "marks",
    ["\u0301", "\u0301\u0316", "\u0f73", "\uff9e\u0316", "\U0001d165\U0001d17b", "\u05b0\u05c1"],
)
def test_thirty_marks_are_left_of_a_heap(marks):
    heap = marks * 5_000
    assert without_heaps(f"a{heap}b{heap}") == f"a{heap[:30]}b{heap[:30]}"
    assert normalize("NFKC", f"a{heap}") == unicodedata.normalize("NFKC", f"a{heap[:30]}")
    assert without_heaps(f"a{heap[:30]}b") == f"a{heap[:30]}b"


def test_everything_that_unicode_sorts_makes_a_heap():
    characters = map(chr, [*range(0xD800), *range(0xE000, 0x110000)])
    is_sorted = {
        one: all(map(unicodedata.combining, unicodedata.normalize("NFKD", one)))
        for one in characters
    }
    assert [
        one for one in is_sorted if (len(without_heaps(one * 31)) == 30) != is_sorted[one]
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        "👩🏽‍⚕️🏳️‍🌈👨‍👩‍👧‍👦❤️‍🔥" * 40,
        "!" * 40 + "—" * 40 + "…" * 40 + "🙏🏽" * 40,
        "\u200b" * 40 + "\ufe0f" * 40,
        "บ้านน้ำแข็งที่นี่" * 40,
        "क्षत्रियों की हड्डियाँ" * 40,
        "שָׁלוֹם עֲלֵיכֶם" * 40,
        "ﾊﾞﾋﾟﾌﾞ" * 40,
    ],
)
def test_what_people_write_is_no_heap(text):
    for form in ("NFC", "NFD"):
        whole = unicodedata.normalize(form, text)
        assert without_heaps(whole) == whole


@given(st.text(st.characters(min_codepoint=0x300, max_codepoint=0x330), max_size=200))
def test_fold_takes_away_a_heap_as_it_does_single_accents(marks):
    assert fold(f"Queb{marks}ec") == fold("Queb") + fold("ec")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_line_ends_of_every_kind_become_one(end):
    assert clean_lines(f"one{end}two") == "one\ntwo"


def test_what_is_no_character_is_dropped():
    typed = "a\0b\x07c\ud800d\udfffe\ufffef\U0001ffffg\ufdd0h\x9fi"
    assert clean_lines(typed) == "abcdefghi"


@pytest.mark.parametrize(
    "text",
    [
        "👩🏽‍⚕️ and 🏳️‍🌈",
        "שלום עולם",
        "مرحبا بالعالم",
        "e\u0301 stays as it was typed",
        "\u2067isolated\u2069 and \u202emarked\u202c",
        "नमस्ते",
        "一歩目",
        "𐍈 𝔘",
        "tab\tstays",
        "x" * 10_000,
    ],
)
def test_every_script_survives(text):
    assert clean_lines(text) == text


@pytest.mark.parametrize("text", ["\u200b", "\ufeff \u200d\n\u2060", "\u202e\u202c"])
def test_a_text_that_shows_nothing_is_empty(text):
    assert clean_lines(text) == ""


def test_more_than_one_empty_line_becomes_one():
    assert (
        clean_lines("\n\n one\n\n \t\n\n\ntwo\n\nthree\nfour \n\n") == "one\n\ntwo\n\nthree\nfour"
    )
