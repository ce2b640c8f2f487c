"""Letters that imitate others, and words that are none. Pure.

Only tricks are looked for that no language needs: a text in any script, or in several, is as good
as one in English. What is told of gibberish is told of Latin letters alone.
"""

import re
import unicodedata

from acutake.lib.text import fold
from comments.screening.verdicts import Reason, Submission
from comments.screening.web_links import LINK, MAIL

SHOWN_WORDS = 3
LONGEST_SHOWN = 40

LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
GREEK_OR_CYRILLIC = "\u0370-\u03ff\u1f00-\u1fff\u0400-\u052f"
# Mathematicians write single letters of these; in a row they are ordinary words in costume.
STYLED = "\U0001d400-\U0001d7cb\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9"
# The look-alikes of Latin letters (Unicode Technical Standard 39, those that no font tells apart).
LOOKALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u051b\u051d"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0423\u0406\u0408\u0405"
    "\u03bf\u03bd\u03b9\u03c5\u03ba\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f"
    "\u03a1\u03a4\u03a5\u03a7",
    "aeopcyxijsdhqwABEKMHOPCTXYIJSoviukABEZHIKMNOPTYX",
)
WORD = re.compile(rf"[{LATIN}{GREEK_OR_CYRILLIC}]+")
LATIN_LETTER = re.compile(f"[{LATIN}]")
OTHER_LETTER = re.compile(f"[{GREEK_OR_CYRILLIC}]")
# "SMS" with a Russian ending, and alpha or chi before a word of chemistry.
BORROWED = re.compile(rf"[A-Z]{{2,}}[{GREEK_OR_CYRILLIC}]+|[\u0370-\u03ff][{LATIN}]+")
COSTUME = re.compile(f"[{STYLED}]{{4,}}")
# A joiner shapes letters that join; between two Latin ones it hides the word from a program.
HIDDEN = re.compile(f"[{LATIN}][\u200b\u200d\u2060\ufeff]+[{LATIN}]")
FORMAT = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
MOST_MARKS = 8

LONG_WORD = 6
KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop", "yxcvbnm")
KEYS_IN_A_ROW = 5
VOWELS = re.compile("[aeiouyw]")  # w is one in Welsh
CONSONANTS = re.compile("[^aeiouyw]{6}")
SWITCH = re.compile("[a-z][A-Z]")
SWITCHES = 3
FEWEST_STRANGE_LETTERS = 8


def imitates_letters(submission: Submission) -> list[Reason]:
    """Words in letters that only look like theirs, with hidden letters, or below heaps of marks."""
    text = f"{submission.name}\n{submission.body}"
    if text.isascii():
        return []
    reasons: list[Reason] = []
    if words := disguised_words(text):
        reasons.append({"code": "lookalikes", "words": words})
    if HIDDEN.search(text) or _has_heaps_of_marks(text):
        reasons.append({"code": "hidden"})
    return reasons


def is_gibberish(submission: Submission) -> list[Reason]:
    """Half of its letters stand in words nobody could say, or a hand on a keyboard made."""
    body = MAIL.sub(" ", LINK.sub(" ", submission.body))
    found = _strange_words(body) or _strange_words(submission.name)
    shown = [word[:LONGEST_SHOWN] for word in found[:SHOWN_WORDS]]
    return [{"code": "gibberish", "words": shown}] if shown else []


def disguised_words(text: str) -> list[str]:
    """Some of the words whose letters imitate those of others, as they were typed."""
    found = [word for word in WORD.findall(text) if _is_disguised(word)]
    found += COSTUME.findall(text)
    return [word[:LONGEST_SHOWN] for word in dict.fromkeys(found)][:SHOWN_WORDS]


def undisguised(text: str) -> str:
    """Without what hides words, and with the letters that others imitate: as a reader sees it."""
    return text if text.isascii() else WORD.sub(_undisguise, FORMAT.sub("", text))


def _undisguise(match: re.Match) -> str:
    word = match[0]
    return word.translate(LOOKALIKES) if _is_disguised(word) else word


def _is_disguised(word: str) -> bool:
    """Latin, but for letters that look like Latin ones.

    The other way round it is no trick: who has no key for a letter of the own script types the
    Latin one.
    """
    others = OTHER_LETTER.findall(word)
    if not others or len(others) * 2 > len(word) or BORROWED.fullmatch(word):
        return False
    return all(ord(letter) in LOOKALIKES for letter in others)


def _has_heaps_of_marks(text: str) -> bool:
    in_a_row = 0
    for character in text:
        is_mark = character >= "\u0300" and unicodedata.category(character) in ("Mn", "Me")
        in_a_row = in_a_row + 1 if is_mark else 0
        if in_a_row > MOST_MARKS:
            return True
    return False


def _strange_words(text: str) -> list[str]:
    """Those of a text that holds hardly any other words; none of any other text."""
    words = WORD.findall(text)
    strange = [word for word in words if _is_strange(word)]
    letters = sum(map(len, strange))
    all_letters = sum(character.isalpha() for character in text)
    return strange if letters >= FEWEST_STRANGE_LETTERS and letters * 2 >= all_letters else []


def _is_strange(word: str) -> bool:
    plain = fold(word)
    if len(plain) < LONG_WORD or not plain.isascii() or not LATIN_LETTER.match(word):
        return False
    if len(SWITCH.findall(word)) >= SWITCHES or _is_off_the_keyboard(plain):
        return True
    vowels = len(VOWELS.findall(plain))
    if not vowels:
        # Letters such as those of an institution are capitals.
        return not word.isupper()
    return vowels * 5 < len(plain) and bool(CONSONANTS.search(plain))


def _is_off_the_keyboard(word: str) -> bool:
    """Whether some keys in a row stand in it, from left to right or back."""
    return any(run in word for run in RUNS)


def _runs() -> frozenset[str]:
    rows = [*KEYBOARD, *(row[::-1] for row in KEYBOARD)]
    return frozenset(
        row[start : start + KEYS_IN_A_ROW]
        for row in rows
        for start in range(len(row) - KEYS_IN_A_ROW + 1)
    )


RUNS = _runs()
