"""How names of places are written: one form to compare them in, and slips of the keyboard."""

import re
from functools import lru_cache

from acutake.lib.text import fold

APOSTROPHES = re.compile(r"['’‘ʻʼ`´]")
WORD = re.compile(r"[a-z0-9]+")

# Written short as often as in full. Both the gazetteer and what is typed are brought to the right.
ABBREVIATIONS = {
    "st": "saint",
    "ste": "sainte",
    "ft": "fort",
    "mt": "mount",
    "mtn": "mountain",
    "pt": "point",
    "hts": "heights",
    "spgs": "springs",
    "spg": "spring",
    "bch": "beach",
    "vlg": "village",
    "twp": "township",
    "jct": "junction",
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
}


def raw_words(text: str) -> list[str]:
    """The words of a name in lower-case ASCII; letters of other scripts are left out.

    Apostrophes join ("Coeur d'Alene" has two words), all other punctuation separates, and letters
    that stand alone one after another make one word: "N.Y.C." is "nyc", "D. C." is "dc".
    """
    found = WORD.findall(APOSTROPHES.sub("", fold(text)))
    joined: list[str] = []
    is_initials = False
    for word in found:
        is_letter = len(word) == 1 and word.isalpha()
        if is_letter and is_initials:
            joined[-1] += word
        else:
            joined.append(word)
        is_initials = is_letter
    return joined


def words(text: str) -> list[str]:
    """The words of a name with its abbreviations written out: "Ft. Worth" is fort, worth."""
    return [ABBREVIATIONS.get(word, word) for word in raw_words(text)]


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """The form in which names are compared: "St. Louis" and "saint-louis" are "saintlouis"."""
    return "".join(words(text))


def slug(kind: str, name: str, state_name: str, country_code: str, country_name: str) -> str:
    """The slug of a place that shares its name with no larger one: "brooklyn-new-york", "11201"."""
    parts = [name]
    if kind == "populated":
        parts.append(state_name)
    if kind != "postcode" and country_code != "US":
        parts.append(country_name)
    return "-".join(raw_words(" ".join(parts)))


def slips(a: str, b: str, limit: int) -> int:
    """How many slips of the keyboard apart two keys are, or `limit` + 1 when more than `limit`.

    A slip is a letter left out, added, replaced, or two neighbors swapped: the optimal string
    alignment distance, computed in a band around the diagonal.
    """
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    previous = list(range(len(b) + 1))
    for i, letter in enumerate(a, start=1):
        current = [i] + [limit + 1] * len(b)
        for j in range(max(1, i - limit), min(len(b), i + limit) + 1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (letter != b[j - 1]))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == b[j - 1]:
                cost = min(cost, before[j - 2] + 1)
            current[j] = cost
        if min(current) > limit:
            return limit + 1
        before, previous = previous, current
    return min(previous[-1], limit + 1)
