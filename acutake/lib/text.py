"""What a person typed, made safe to keep and easy to compare."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import filterfalse, groupby
from typing import Literal

# They turn the direction of whatever follows, beyond the text itself (Unicode Annex 9).
DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# Unicode 16, 5.8 "Newline Guidelines": all that may end a line, where a form sends CR LF.
LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
# Controls but tab and line feed, lone surrogates, noncharacters (Unicode 16, 23.7).
NO_CHARACTER = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufdd0-\\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n){2,}")

# No language sets more than a handful; the Stream-Safe Text Format (Unicode Annex 15) has 30, too.
MOST_MARKS = 30
# Of halfwidth kana: letters, which become marks when they are made plain.
VOICING = "\uff9e\uff9f"
# What is sorted among its like: marks with a class, and Tibetan vowels that are made of such.
SORTED = [
    character
    for character in map(chr, range(0x300, 0x1F000))
    if unicodedata.combining(character) or character in f"\u0f73\u0f75\u0f81{VOICING}"
]


def _ranges(characters: Iterable[str]) -> Iterator[str]:
    """As a class of a regular expression has them: asking for one by one takes three times as
    long."""
    numbered = enumerate(map(ord, characters))
    for _start, run in groupby(numbered, key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _position, number in run]
        yield f"{chr(numbers[0])}-{chr(numbers[-1])}"


MARKS = "".join(_ranges(SORTED))
# Letters and emoji are passed over first.
HEAP = re.compile(rf"(?=[\u0300-\U0001efff])(?=[\W{VOICING}])([{MARKS}]{{{MOST_MARKS}}})[{MARKS}]+")

# Letters that Unicode does not take apart into a base letter and an accent, and the apostrophes
# that a phone or an editor sets where a keyboard has one.
UNDECOMPOSED = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"}
    | dict.fromkeys("’‘ʼ", "'")
)


def clean_text(text: str, *, limit: int = 200) -> str:
    """One line of at most `limit` characters that any database accepts.

    NUL and other control characters, lone surrogates and direction controls are dropped, white
    space is collapsed. It looks at no more than twenty times `limit` characters. Emoji survive.
    """
    kept = "".join(character for character in text[: limit * 20] if _is_kept(character))
    return " ".join(kept.split())[:limit].rstrip()


def clean_lines(text: str) -> str:
    """Text with lines that end in one way and without what is no character.

    NUL and other controls, lone surrogates and noncharacters are dropped. More than one empty line
    becomes one. Everything else, joiners and marks of direction included, stays, unless there is
    nothing else: a text that shows nothing is empty.
    """
    lines = LINE_ENDS.sub("\n", text)
    clean = EMPTY_LINES.sub("\n\n", NO_CHARACTER.sub("", lines)).strip()
    return "" if all(map(_is_invisible, clean)) else clean


def fold(text: str) -> str:
    """Text without case, accents and compatibility forms, for comparing: "Québec" as "quebec".

    Apostrophes are all the keyboard's.
    """
    if text.isascii():
        return text.lower()
    decomposed = normalize("NFKD", text.casefold())
    bare = "".join(filterfalse(unicodedata.combining, decomposed))
    return bare.casefold().translate(UNDECOMPOSED)


def normalize(form: Literal["NFC", "NFKC", "NFKD"], text: str) -> str:
    """As Unicode does, without heaps of marks: to sort those takes the square of their number."""
    return unicodedata.normalize(form, without_heaps(text))


def without_heaps(text: str) -> str:
    """Text with no more than `MOST_MARKS` marks in a row."""
    if len(text) <= MOST_MARKS or text.isascii():
        return text
    return HEAP.sub(r"\1", text)


def _is_kept(character: str) -> bool:
    if character.isspace():
        return True
    return (
        unicodedata.category(character) not in ("Cc", "Cs") and character not in DIRECTION_CONTROLS
    )


def _is_invisible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Cf"
