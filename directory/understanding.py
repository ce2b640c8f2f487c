"""What a patient typed into "What for?": a kind of care in their own words, or a name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from acutake.lib.text import fold
from directory.models import Practitioner, Specialty

APOSTROPHES = re.compile(r"['’‘ʼ`´]")
WORD = re.compile(r"[^\W_]+")
WORDS_READ = 24
WORDS_IN_PHRASE = 6
# They say nothing about which care or who is meant.
FILLERS = frozenset(
    WORD.findall(
        "a acupuncture acupuncturist acupuncturists an and at by dr during for from i in is my of "
        "on or practitioner specialist style the to treatment when while with"
    )
)


@dataclass(frozen=True)
class Wish:
    """What `text` was understood as: any of `specialties`, or people with all of `name_words`."""

    text: str = ""
    specialties: tuple[Specialty, ...] = ()
    name_words: tuple[str, ...] = ()

    @property
    def is_unknown(self) -> bool:
        """Something was typed that is neither a kind of care nor anybody's name."""
        return bool(self.text) and not self.specialties and not self.name_words


NO_WISH = Wish()


def words(text: str) -> list[str]:
    """Folded words without punctuation, as they are compared and stored in `search_text`."""
    return WORD.findall(APOSTROPHES.sub("", fold(text)))


def understand(text: str, specialties: Iterable[Specialty]) -> Wish:
    """At most one query. Care wins when it explains every word, then a name, then part of them."""
    typed = [word for word in words(text)[:WORDS_READ] if word not in FILLERS]
    if not typed:
        return NO_WISH if words(text) else Wish(text=text)
    found, rest = _read_care(typed, _phrases(specialties))
    if rest and (named := _listed_as(typed)):
        return Wish(text=text, name_words=named)
    return Wish(text=text, specialties=found)


def _listed_as(typed: list[str]) -> tuple[str, ...]:
    people = Practitioner.objects.listed().named(typed)
    return tuple(typed) if people.exists() else ()


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def _phrases(specialties: Iterable[Specialty]) -> dict[tuple[str, ...], list[Specialty]]:
    phrases: dict[tuple[str, ...], list[Specialty]] = {}
    for specialty in specialties:
        for text in {specialty.name, specialty.slug, *specialty.synonyms.splitlines()}:
            phrase = tuple(_stem(word) for word in words(text) if word not in FILLERS)
            if phrase and specialty not in phrases.setdefault(phrase, []):
                phrases[phrase].append(specialty)
    return phrases


def _read_care(
    typed: list[str], phrases: dict[tuple[str, ...], list[Specialty]]
) -> tuple[tuple[Specialty, ...], list[str]]:
    """The specialties of the longest phrases from left to right, and the words not explained."""
    stems = [_stem(word) for word in typed]
    found: dict[int, Specialty] = {}
    rest = []
    position = 0
    while position < len(stems):
        length, meant = _longest_phrase(stems[position:], phrases)
        found.update((specialty.pk, specialty) for specialty in meant)
        if not length:
            rest.append(typed[position])
        position += length or 1
    return tuple(found.values()), rest


def _longest_phrase(
    stems: list[str], phrases: dict[tuple[str, ...], list[Specialty]]
) -> tuple[int, list[Specialty]]:
    for length in range(min(len(stems), WORDS_IN_PHRASE), 0, -1):
        if meant := phrases.get(tuple(stems[:length])):
            return length, meant
    return 0, []
