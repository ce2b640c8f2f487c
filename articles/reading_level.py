"""How many years of school a text asks of its readers: a formula, not a judgment.

Flesch-Kincaid grade level: Kincaid, Fishburne, Rogers and Chissom, "Derivation of new readability
formulas", Research Branch Report 8-75, Naval Technical Training, Millington 1975. It knows the
length of sentences and words, not whether a word is common or a thought is clear, and it is meant
for English prose of at least a hundred words.
"""

import re
from dataclasses import dataclass

# MedlinePlus, "How to Write Easy-to-Read Health Materials" (2012), asks for grades 6 to 7 of texts
# for readers of all kinds. An article explains more than a leaflet: one grade more.
TARGET_GRADE = 8
FEWEST_WORDS = 100

WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’][A-Za-z]+)*")
# A full stop ends no sentence after an initial, a number or one of these.
ABBREVIATIONS = (
    *("dr", "mr", "mrs", "ms", "prof", "st", "vs", "e.g", "i.e", "etc", "approx", "fig", "no"),
    *("l.ac", "d.c", "m.d", "u.s", "a.m", "p.m"),
)
SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)")
VOWELS = re.compile(r"[aeiouyáàâäãåéèêëíìîïóòôöõúùûü]+")
# A group of vowels that is not heard.
SILENT = re.compile(
    r"[^aeiouy]e$(?<![^aeiouy]le)"
    r"|(?:[^aeiouysxzcghl]|[aeiouy]l)es$"
    r"|(?:[^aeiouytd])ed$(?<![bcdgpt]red)(?<![^aeiouyl]led)"
    r"|[^aeiouyl]e(?=(?:ly|ful|less|ment|ness)(?:s|ly)?$)"
    r"|^(?:some|there|where|home|life|time)(?=[bcdfghkmnpstw][a-z]{2})"
    r"|^eve(?=ry)|[gq]ues?$"
)
# Vowels in one group that are spoken apart.
APART = re.compile(
    r"(?<![ctgs])i(?=a(?!ge))|(?<![ctsgxlnh])i(?=o)|(?<![cgt])i(?=u)"
    r"|(?:^d|^sc|^qu|^cl|soc|var|anx)i(?=e[tn])"
    r"|(?:id|ar)e(?=a)|cre(?=at(?!u))|re(?=act)|the(?=at)"
    r"|(?<![gp])e(?=o)|^ge(?=o)|e(?=u[ms]$)"
    r"|(?<![gq])u(?=a(?!r))|(?<!q)u(?=o)"
    r"|[aeiouy](?=ing$)|[aou]y(?=[aeiou])|ey(?=[ao])"
    r"|[st]hm(?=s?$)|sm(?=s?$)"
)
# Frequent words that these rules get wrong.
KNOWN = {"ache": 1, "aches": 1, "achilles": 3, "hundred": 2, "naked": 2}


@dataclass(frozen=True)
class Level:
    """`grade` is a year of school in the United States, for the whole of a text."""

    grade: float
    words: int
    sentences: int


def level_of(text: str) -> Level | None:
    """The level of a text whose lines are paragraphs; None where it has too few words to tell."""
    sentences = [sentence for line in text.splitlines() for sentence in sentences_of(line)]
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    if len(words) < FEWEST_WORDS:
        return None
    return Level(_grade(words, len(sentences)), len(words), len(sentences))


def hardest_paragraph(paragraphs: list[str]) -> int | None:
    """The index of the paragraph with the highest grade among those of two sentences or more."""
    graded = []
    for index, paragraph in enumerate(paragraphs):
        sentences = sentences_of(paragraph)
        words = WORD.findall(paragraph)
        if len(sentences) > 1 and words:
            graded.append((_grade(words, len(sentences)), -index))
    return -max(graded)[1] if graded else None


def sentences_of(line: str) -> list[str]:
    """The sentences of one paragraph that have a word in them."""
    ends = [found.end() for found in SENTENCE_END.finditer(line) if _ends(line[: found.start()])]
    starts = [0, *ends]
    pieces = [line[start:end] for start, end in zip(starts, [*ends, len(line)], strict=True)]
    return [piece for piece in pieces if WORD.search(piece)]


def syllables(word: str) -> int:
    """How many a word probably has, at least one.

    Groups of vowels, corrected for what is silent and for what is spoken apart: right on 99 of
    100 running words of the demonstration's articles, by the dictionary of Carnegie Mellon
    University (2026-11). Names and words from other languages may be off by one.
    """
    letters, _mark, rest = word.casefold().replace("’", "'").partition("'")
    if rest == "t" and letters.endswith(("dn", "sn")):
        letters = f"{letters[:-1]}en"
    count = len(VOWELS.findall(letters)) + len(APART.findall(letters))
    return KNOWN.get(letters) or max(1, count - len(SILENT.findall(letters)))


def _grade(words: list[str], sentence_count: int) -> float:
    syllable_count = sum(map(syllables, words))
    return 0.39 * len(words) / sentence_count + 11.8 * syllable_count / len(words) - 15.59


def _ends(before: str) -> bool:
    """Whether a stop after `before` ends a sentence."""
    last = before.rpartition(" ")[2].casefold().lstrip("(“\"'")
    is_initial = len(last) == 1 and last.isalpha() and last not in ("a", "i")
    return not is_initial and last not in ABBREVIATIONS
