"""The reading level: syllables, sentences, and the formula of 1975 worked out by hand."""

import pytest

from articles.reading_level import hardest_paragraph, level_of, sentences_of, syllables

# As Merriam-Webster divides them.
SYLLABLES = {
    1: "the ache heel walked caused breathe blue eye toes does guess tongue don't",
    2: "needle muscles running wanted people isn't settled technique places pushes table safely",
    3: "exercise medicine idea serious insurance museum video radio period soleus Achilles",
    4: "acupuncture practitioner usually variation",
    5: "tendinopathy gastrocnemius individual examination",
    6: "reliability",
}


@pytest.mark.parametrize(
    ("word", "count"),
    [(word, count) for count, words in SYLLABLES.items() for word in words.split()],
)
def test_syllables_of_words_that_patients_read(word, count):
    assert syllables(word) == count


@pytest.mark.parametrize("word", ["It's", "doctor’s", "mm", "é"])
def test_a_word_has_at_least_one_syllable_and_an_ending_adds_none(word):
    assert syllables(word) == (2 if word.startswith("doctor") else 1)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Dr. Smith came at 3.5 p.m. today. He said “Go.” Really?", 3),
        ("J. R. Example, L.Ac., wrote it. She did.", 2),
        ("A needle… And then? Nothing!", 3),
        ("No end", 1),
        ("12. 13.", 0),
        ("", 0),
    ],
)
def test_sentences_end_at_stops_and_not_at_initials_numbers_and_abbreviations(line, expected):
    assert len(sentences_of(line)) == expected


def test_the_grade_is_that_of_the_formula():
    # 20 sentences of 5 words with 6 syllables: 0.39 * 5 + 11.8 * 1.2 - 15.59 = 0.52.
    level = level_of("The needle is a thread. " * 20)
    assert (level.words, level.sentences) == (100, 20)
    assert level.grade == pytest.approx(0.52)


def test_a_line_without_a_stop_is_a_sentence_of_its_own():
    text = "\n".join(["The needle is a thread"] * 20)
    assert level_of(text).sentences == 20


def test_too_few_words_have_no_level():
    assert level_of("The needle is a thread. " * 19) is None


def test_the_hardest_paragraph_is_the_first_of_the_hardest_and_has_two_sentences():
    easy = "It is so. It is not."
    hard = "Individual reliability examinations. Gastrocnemius tendinopathy."
    assert hardest_paragraph([easy, hard, hard]) == 1
    assert hardest_paragraph(["Individual reliability examinations.", easy]) == 1
    assert hardest_paragraph(["One sentence alone."]) is None
