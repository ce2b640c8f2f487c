import pytest

from directory.phrases import correct, phrase, phrases, stem, words

KNOWN = frozenset({"sciatica", "migrain", "low", "back", "fasciitis", "finger", "sleep", "knee"})


def test_words_are_folded_and_without_punctuation():
    assert words("Can’t  SLEEP—at 3am, Zoë!") == ["cant", "sleep", "at", "3am", "zoe"]


@pytest.mark.parametrize(
    "same",
    [
        ["cramp", "cramps", "cramping", "cramped"],
        ["headache", "headaches"],
        ["allergy", "allergies"],
        ["numb", "numbness"],
        ["dizzy", "dizziness"],
        ["sinus", "sinuses"],
        ["flash", "flashes"],
        ["run", "runs", "running"],
        ["swell", "swelling"],
        ["smoke", "smoking"],
        ["bleed", "bleeding"],
        ["pain", "hurts", "hurting", "ache", "aching", "sore", "soreness", "painful"],
        ["stomach", "belly", "tummy", "abdominal"],
        ["cant", "cannot"],
    ],
)
def test_forms_of_a_word_have_one_stem(same):
    assert {stem(word) for word in same} == {stem(same[0])}


@pytest.mark.parametrize(
    ("one", "other"),
    [("hives", "hiv"), ("stress", "stres"), ("pelvis", "pelvi"), ("ring", "r"), ("aging", "ag")],
)
def test_what_only_looks_like_an_ending_stays(one, other):
    assert stem(one) != other


def test_phrase_has_neither_order_nor_fillers():
    assert phrase("Pain in my lower back") == phrase("low back pains") == {"pain", "low", "back"}


def test_phrases_are_those_of_the_lines_that_have_one():
    assert phrases("knee pain\n\nacupuncture\nknees") == {
        frozenset({"knee", "pain"}),
        phrase("knee"),
    }


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("sciatica", ["sciatica"]),
        ("siatica", ["sciatica"]),
        ("migran", ["migrain"]),
        ("fascitus", ["fasciitis"]),
        ("slepp", ["sleep"]),
        ("lowback", ["low", "back"]),
        ("nee", ["nee"]),
        ("ginger", ["ginger"]),
        ("xyzzy", ["xyzzy"]),
    ],
)
def test_slips_are_put_right_as_far_as_a_word_bears_them(typed, expected):
    assert correct([typed], KNOWN) == [expected]
