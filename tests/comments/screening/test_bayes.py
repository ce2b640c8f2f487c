"""The arithmetic, against numbers worked out by hand."""

import math

import pytest

from comments.screening.bayes import (
    MOST_OF_A_WORD,
    MOST_WORDS,
    Judgment,
    Learned,
    judge,
    most_telling,
    weight_of,
)


def learned(counts, *, spam=9, ham=9):
    return Learned(spam, ham, counts)


def test_a_word_weighs_the_ratio_of_its_shares():
    # (4.5 / 10) / (0.5 / 10) = 9.
    assert weight_of("gel", learned({"gel": (4, 0)})) == pytest.approx(math.log(9))
    assert weight_of("gel", learned({"gel": (0, 4)})) == pytest.approx(-math.log(9))
    assert weight_of("gel", learned({"gel": (4, 4)})) == 0


def test_how_much_spam_there_is_does_not_matter():
    # (90.5 / 901) / (1.5 / 10) is far below one, though 90 of the 91 were spam.
    assert weight_of("gel", learned({"gel": (90, 1)}, spam=900)) < 0


def test_no_word_says_more_than_the_cap():
    much = learned({"gel": (1_000, 0), "tea": (0, 1_000)}, spam=1_000, ham=1_000)
    assert weight_of("gel", much) == MOST_OF_A_WORD
    assert weight_of("tea", much) == -MOST_OF_A_WORD


def test_words_are_judged_together():
    known = learned({"gel": (4, 0), "cheap": (4, 0), "tea": (0, 4), "the": (4, 4)})
    # 9 * 9 / 9 = 9 to one.
    assert judge(["gel", "cheap", "tea", "the", "new"], known) == Judgment(
        pytest.approx(0.9), ["cheap", "gel"]
    )
    assert judge(["gel", "gel", "gel"], known).likelihood == pytest.approx(0.9)
    assert judge(["new"], known) == Judgment(0.5, [])
    assert judge([], known) == Judgment(0.5, [])


def test_only_the_most_telling_words_are_asked():
    known = learned(
        {f"spam{number}": (9, 0) for number in range(MOST_WORDS)}
        | {f"ham{number}": (0, 1) for number in range(1_000)}
    )
    assert judge(known.counts, known).likelihood > 0.99


def test_what_stood_in_one_comment_and_what_says_least_is_not_kept():
    known = learned({"gel": (5, 0), "the": (9, 9), "cheap": (3, 0), "once": (1, 0)})
    assert most_telling(known, limit=10).counts.keys() == {"gel", "the", "cheap"}
    assert most_telling(known, limit=2) == Learned(9, 9, {"gel": (5, 0), "cheap": (3, 0)})
