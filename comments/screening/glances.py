"""What a name looks like at a glance, whatever it is made of. Pure.

For names alone: nobody has to write the own one in letters of another script, and to read whole
texts like this would find words that nobody wrote.
"""

import re
import unicodedata
from itertools import groupby
from string import ascii_uppercase, digits

from acutake.lib.text import normalize
from comments.screening.writing import FORMAT, LOOKALIKES

# Beside those that no font tells apart: letters of Cyrillic, Greek, Armenian and phonetics that
# pass for a Latin one within a word (most of them in Unicode Technical Standard 39).
SIMILAR = {
    "\u0432\u0433\u0491\u0438\u043a\u043c\u043d\u043f\u0442\u044f": "brrnkmhntr",
    "\u0413\u0418\u041f\u042f": "RNNR",
    "\u03b1\u03b2\u03b3\u03b5\u03b7\u03bc\u03c1\u03c3\u03c4\u03c7\u03c9": "abyenupotxw",
    "\u0561\u0563\u0565\u0570\u0578\u057d\u0581\u0585": "wqehnugo",
    "\u1d00\u0299\u1d04\u1d05\u1d07\ua730\u0262\u029c\u026a\u1d0a\u1d0b\u029f": "abcdefghijkl",
    "\u1d0d\u0274\u1d0f\u1d18\u0280\ua731\u1d1b\u1d1c\u1d20\u1d21\u028f\u1d22": "mnoprstuvwyz",
    "\u0251\u0261\u0131\u0142\u00f8\u0111\u00f0\u0127": "agilodoh",
    "\u0141\u00d8\u0110\u00d0": "LODD",
    # White in round and square boxes, and those of flags.
    **{
        "".join(map(chr, range(first, first + 26))): ascii_uppercase
        for first in (0x1F150, 0x1F170, 0x1F1E6)
    },
}
LATIN = LOOKALIKES | {
    ord(letter): latin
    for letters, latins in SIMILAR.items()
    for letter, latin in zip(letters, latins, strict=True)
}
BETWEEN = re.compile(r"[\s_\-\u2010-\u2015\u2022\u2027\u00b7\u30fb|/~*\[\]{}<>]+")
# As an l looks in many fonts.
CAPITAL_WITHIN = re.compile("(?<=[a-z])I")
DIGITS = str.maketrans("0134578@$!", "oleastbasl")
ONE_AS_I = DIGITS | str.maketrans("1!", "ii")
WORD = re.compile(r"[^\W_]+")


def as_read(text: str) -> str:
    """In Latin letters where it looks so, without accents, and with spaces between its parts."""
    plain = normalize("NFKD", FORMAT.sub("", text))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return BETWEEN.sub(" ", CAPITAL_WITHIN.sub("l", bare.translate(LATIN))).strip()


def readings_of(text: str) -> list[str]:
    """As it is read, and with its digits as letters."""
    seen = as_read(text)
    return list(dict.fromkeys((seen, seen.translate(DIGITS), seen.translate(ONE_AS_I))))


def outline(text: str) -> str:
    """What is the same for two texts that look alike: letters without case, digits among them, i
    and l as one, and nothing between."""
    letters = as_read(text).casefold().translate(DIGITS)
    alike = letters.replace("i", "l").replace("m", "rn").replace("w", "vv")
    return "".join(WORD.findall(alike))


def outlines_of_words(text: str) -> set[str]:
    """Of each word, also without a number at its end, and of letters that stand one by one."""
    words = WORD.findall(as_read(text))
    spelled = [
        "".join(letters)
        for is_letter, letters in groupby(words, key=lambda word: len(word) == 1)
        if is_letter
    ]
    return set(map(outline, (*words, *spelled, *(word.strip(digits) for word in words)))) - {""}
