"""The words of patients, brought to a form in which they can be compared. Pure."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from acutake.lib import terms
from acutake.lib.terms import SHORTEST_STEM
from acutake.lib.text import fold
from directory.place_names import slips

APOSTROPHES = re.compile(r"['’‘ʼ`´]")
WORD = re.compile(r"[^\W_]+")
# They say nothing about which care or who is meant.
FILLERS = frozenset(
    WORD.findall(
        "a acupuncture acupuncturist acupuncturists am an and any are at be been being but "
        "by do does dr during for from had has have having her his i id ill im in is its "
        "ive keep keeps me my myself of on or our practitioner so some someone specialist "
        "style that the their this to treatment very was when while who with"
    )
)
# They may be part of a phrase; left over, they are not worth a word.
WEAK_WORDS = (
    "acute after again all anything also always awful bad badly because before best better "
    "between can cant chronic clinic condition constant constantly disease disorder doctor due "
    "even every everyday expert extreme extremely feel feeling find first gentle get gets "
    "getting give good go goes going got healing help helping hi hello if intense issue it just "
    "kill kind left like little long look lot lots maybe mild more morning much near nearby "
    "need needing new night no not now often old only other out over pain persistent please "
    "possible problem really recommended recurring relief right serious severe should side "
    "since something sometimes specializing specialty still stop stuff such suffer suffering "
    "sudden sure symptom syndrome terrible than therapist therapy there these thing those "
    "through time tonight too treat treating trouble try trying under until up use using want "
    "wanting well what where which will wish work worse worst would year years month months "
    "week weeks day days you your"
)
# Stems that mean the same in a complaint.
SAME = {
    "ach": "pain",
    "ache": "pain",
    "achy": "pain",
    "hurt": "pain",
    "painful": "pain",
    "sore": "pain",
    "abdomen": "stomach",
    "abdominal": "stomach",
    "belly": "stomach",
    "tummy": "stomach",
    "asleep": "sleep",
    "cannot": "cant",
    "couldnt": "cant",
    "dont": "cant",
    "unable": "cant",
    "wont": "cant",
    "expect": "pregnant",
    "pregnancy": "pregnant",
    "feet": "foot",
    "itchy": "itch",
    "lower": "low",
    "puk": "vomit",
    "puke": "vomit",
    "teeth": "tooth",
}
# A shorter word is never put right, and of a longer one as many letters as its length bears.
SHORTEST_CORRECTED = 4
LENGTH_OF_SLIPS = (5, 8)


def words(text: str) -> list[str]:
    """Folded words without punctuation, as they are compared and stored in `search_text`."""
    return WORD.findall(APOSTROPHES.sub("", fold(text)))


def stem(word: str) -> str:
    """What a folded word shares with others of the same meaning in a complaint; no word always."""
    bare = terms.stem(word)
    return SAME.get(bare, bare)


WEAK = frozenset(stem(word) for word in WEAK_WORDS.split())


def phrase(text: str) -> frozenset[str]:
    """The stems of its words but the fillers; their order does not matter."""
    return frozenset(stem(word) for word in words(text) if word not in FILLERS)


@lru_cache(maxsize=2048)
def phrases(lines: str) -> frozenset[frozenset[str]]:
    """Those of all lines that have one."""
    return frozenset(found for line in lines.splitlines() if (found := phrase(line)))


def correct(stems: Iterable[str], known: Collection[str]) -> list[list[str]]:
    """For each stem those it stands for: itself, or a known one with a slip in it, or two run
    together; itself again when it is nothing of that."""
    return [[typed] if typed in known else _correct(typed, known) for typed in stems]


def _correct(typed: str, known: Collection[str]) -> list[str]:
    if len(typed) < SHORTEST_CORRECTED:
        return [typed]
    near = [
        (distance, word[0] != typed[0], word)
        for word in known
        if (most := sum(len(word) >= length for length in LENGTH_OF_SLIPS))
        and (word[0] == typed[0] or (most > 1 and word[-2:] == typed[-2:]))
        and (distance := slips(typed, word, most)) <= most
    ]
    if near:
        return [min(near)[2]]
    for cut in range(SHORTEST_STEM, len(typed) - SHORTEST_STEM + 1):
        pair = [stem(typed[:cut]), stem(typed[cut:])]
        if all(part in known for part in pair):
            return pair
    return [typed]
