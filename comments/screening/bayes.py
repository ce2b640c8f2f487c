"""How likely a text is spam, by the words that stood in others. Pure.

Naive Bayes over which words stand in a comment, not how often. Both kinds are taken to be equally
likely beforehand: how much spam a site gets is no reason to mistrust the next comment.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

# Added to every count, as if each word had stood in half a comment of either kind.
SMOOTHING = 0.5
# What the most telling word may say: that of 30 comments with it 29 are spam, and the other way.
# Without a cap a single name that only spammers have had would settle everything.
MOST_OF_A_WORD = math.log(30)
# Words repeat each other, so only the most telling ones are asked, as Graham does (2002, fifteen).
# Of 15, 20, 30 and all, 30 were right most often in public mail (decision 30).
MOST_WORDS = 30
# What stood in one comment alone is chance.
FEWEST_COMMENTS = 2

Counts = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Learned:
    """In how many spam and ham comments each word stands, and how many of them there were."""

    spam_comments: int
    ham_comments: int
    counts: Counts


class Judgment(NamedTuple):
    """`likelihood` from 0 to 1 that it is spam, and the words that say so, most telling first."""

    likelihood: float
    words: list[str]


def judge(words: Iterable[str], learned: Learned) -> Judgment:
    """What words of a text say. Those that were never learned say nothing."""
    known = [(weight_of(word, learned), word) for word in set(words) if word in learned.counts]
    telling = sorted(known, key=lambda entry: (-abs(entry[0]), entry[1]))[:MOST_WORDS]
    total = sum(weight for weight, _word in telling)
    return Judgment(1 / (1 + math.exp(-total)), [word for weight, word in telling if weight > 0])


def weight_of(word: str, learned: Learned) -> float:
    """The logarithm of how much more often it stands in spam than in ham; negative for ham."""
    in_spam, in_ham = learned.counts[word]
    spam_share = (in_spam + SMOOTHING) / (learned.spam_comments + 2 * SMOOTHING)
    ham_share = (in_ham + SMOOTHING) / (learned.ham_comments + 2 * SMOOTHING)
    return max(-MOST_OF_A_WORD, min(MOST_OF_A_WORD, math.log(spam_share / ham_share)))


def most_telling(learned: Learned, *, limit: int) -> Learned:
    """The same with no more than `limit` words: those that say much and are often there."""
    seen = [word for word, counts in learned.counts.items() if sum(counts) >= FEWEST_COMMENTS]
    seen.sort(key=lambda word: (-_worth(word, learned), word))
    kept = {word: learned.counts[word] for word in seen[:limit]}
    return Learned(learned.spam_comments, learned.ham_comments, kept)


def _worth(word: str, learned: Learned) -> float:
    return abs(weight_of(word, learned)) * sum(learned.counts[word])
