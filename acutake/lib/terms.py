"""Words as searches compare them: without case, accents and endings, in every script. Pure.

Both databases are given these terms, and neither takes a text apart by rules of its own.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from acutake.lib.text import fold

# Apostrophes join ("runner's"), all other punctuation separates. Vowel signs belong to their word.
APOSTROPHES = "'’‘ʻʼ`´"
MARKS = "".join(
    character
    for character in map(chr, range(0x300, 0x10000))
    if unicodedata.category(character)[0] == "M"
)
WORD = re.compile(rf"[^\W_](?:[^\W_]+|[{MARKS}]|[{APOSTROPHES}](?=[^\W_]))*")
# Thai, Lao, Burmese, Khmer, kana and Han: written without spaces, compared two letters at a time.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
RUN = re.compile(f"[{UNSPACED}]+|[^{UNSPACED}]+")
IS_UNSPACED = re.compile(f"[{UNSPACED}]")
LONGEST_TERM = 40
# In nearly every text; typed beside other words they say nothing.
STOP_WORDS = frozenset(
    WORD.findall(
        "a about after all also am an and any are as at be because been before but by can could "
        "did do does for from had has have how i if in into is it its me my near no not of off on "
        "only or our out over should so some such than that the their them then there these they "
        "this those to too under up us was we were what when where which while who whom why will "
        "with would you your"
    )
)

ENDINGS = (
    ("iness", "y"),
    ("ness", ""),
    ("ies", "y"),
    ("sses", "ss"),
    ("shes", "sh"),
    ("ches", "ch"),
    ("xes", "x"),
    ("uses", "us"),
    ("ing", ""),
    ("ed", ""),
    ("s", ""),
)
NO_ENDINGS = ("ss", "us", "is", "eed")
SHORTEST_STEM = 3
SHORTEST_BEGINNING = 3


class Piece(NamedTuple):
    """What one stretch of a text is compared by. `word` is folded; `parts` are of "O'Hare"."""

    start: int
    end: int
    word: str
    term: str
    parts: tuple[str, ...] = ()


def pieces(text: str) -> Iterator[Piece]:
    """The words of a text in its order; where no spaces are written, overlapping pairs of letters
    and the last letter."""
    for match in WORD.finditer(text):
        word, start = match[0], match.start()
        if word.isascii() or not IS_UNSPACED.search(word):
            folded, term, parts = _compared(word)
            if term:
                yield Piece(start, match.end(), folded, term, parts)
            continue
        for run in RUN.finditer(word):
            read = _unspaced if IS_UNSPACED.match(run[0]) else pieces
            at = start + run.start()
            for piece in read(run[0]):
                yield piece._replace(start=at + piece.start, end=at + piece.end)


class Query(NamedTuple):
    """What every row that is found has all of; a term with "*" at its end is a beginning."""

    words: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    def at(self, level: str) -> list[str]:
        """The terms as `acutake.lib.fulltext` keeps them at a level."""
        return [level + term for term in self.terms]

    def begun(self) -> "Query":
        """The same with the last word as the beginning of one; itself when that is too short."""
        if not self.words or len(self.words[-1]) < SHORTEST_BEGINNING:
            return self
        return Query(self.words, (*self.terms[:-1], f"{self.words[-1][:LONGEST_TERM]}*"))

    def has(self, piece: "Piece") -> str | None:
        """The term of the query that a piece of a text fulfills."""
        for term in (piece.term, *piece.parts):
            if term in self.terms:
                return term
        for term in self.terms:
            if term[-1] == "*" and piece.word.startswith(term[:-1]):
                return term
        return None


def query_of(text: str) -> Query:
    """The distinct words that were typed but for stop words, unless these are all there is."""
    found: dict[str, str] = {}
    last = None
    for piece in pieces(text):
        is_letter = len(piece.word) == 1 and IS_UNSPACED.match(piece.word)
        # The last letter of a run is part of the pair before it.
        if is_letter and last and last.end == piece.end:
            continue
        found.setdefault(f"{piece.term}*" if is_letter else piece.term, piece.word)
        last = piece
    telling = {term: word for term, word in found.items() if word not in STOP_WORDS} or found
    return Query(tuple(telling.values()), tuple(telling))


def terms(text: str) -> list[str]:
    """All that a text is found by, as often as it stands there."""
    return [term for piece in pieces(text) for term in (piece.term, *piece.parts)]


def stem(word: str) -> str:
    """What a folded word shares with its plural and its -ing, -ed and -ness; not always a word."""
    for ending, instead in ENDINGS:
        if word.endswith(NO_ENDINGS) and ending in ("s", "ed"):
            continue
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            word = word.removesuffix(ending) + instead
            break
    if len(word) > SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeioulsz":
        word = word[:-1]
    if len(word) > SHORTEST_STEM + 1 and word.endswith("e"):
        word = word[:-1]
    return word


def _unspaced(run: str) -> Iterator[Piece]:
    letters = [(at, folded) for at, letter in enumerate(run) if (folded := _plain(letter))]
    for (at, letter), (after, following) in pairwise(letters):
        yield Piece(at, after + 1, letter + following, letter + following)
    for at, letter in letters[-1:]:
        yield Piece(at, at + 1, letter, letter)


@lru_cache(maxsize=2**16)
def _compared(word: str) -> tuple[str, str, tuple[str, ...]]:
    """Folded, as a term, and the terms of what an apostrophe joins in it."""
    folded = _plain(word)
    parts = re.split(f"[{APOSTROPHES}]", word)
    others = (stem(part) for part in map(_plain, parts) if len(part) > 1) if parts[1:] else ()
    return folded, stem(folded)[:LONGEST_TERM], tuple(other[:LONGEST_TERM] for other in others)


def _plain(word: str) -> str:
    kept = fold(word).replace("ʻ", "")
    return kept if kept.isalnum() else "".join(filter(str.isalnum, kept))
