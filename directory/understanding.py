"""What a patient typed into "What for?": a complaint or a kind of care in their words, or a name.

In this order:

1. care, when conditions and specialties explain every word as it was typed;
2. a name, when somebody listed, or their office, has words that begin with all of those typed;
3. care again, with slips of the keyboard put right, words that nobody knows left out;
4. nothing: then the search is as if nothing had been typed, and the page says so.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from django.db.models import F

from directory.models import Condition, Practitioner, Specialty
from directory.phrases import FILLERS, WEAK, correct, phrases, stem, words

WORDS_READ = 24


@dataclass(frozen=True)
class Meaning:
    """A condition or a kind of care that was read in the text, with who is looked for.

    `without` is what takes it back, as values of that parameter; empty when the text itself must
    go, since nothing else was read in it.
    """

    slug: str
    name: str
    specialties: tuple[Specialty, ...]
    condition: Condition | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wish:
    """What `text` was understood as: any of `specialties`, or people with all of `name_words`.

    `specialties` holds those of every condition as well. `meanings` are what was read, in the order
    of the text; `taken_back` what would have been, had it not been taken back; `left_out` the words
    that mean nothing to us.
    """

    text: str = ""
    specialties: tuple[Specialty, ...] = ()
    name_words: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    meanings: tuple[Meaning, ...] = ()
    taken_back: tuple[Meaning, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def is_unknown(self) -> bool:
        """Something was typed that is neither a kind of care nor anybody's name."""
        return bool(self.text) and not (self.specialties or self.name_words or self.taken_back)


NO_WISH = Wish()
Senses = dict[frozenset[str], dict[str, Meaning]]


@dataclass(frozen=True)
class _Reading:
    meanings: dict[str, Meaning] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        return bool(self.meanings) and not self.left_out


def understand(
    text: str, specialties: Iterable[Specialty], *, without: Collection[str] = ()
) -> Wish:
    """At most two queries, none without words. `without` has slugs of what was taken back."""
    typed = [word for word in words(text)[:WORDS_READ] if word not in FILLERS]
    if not typed:
        return NO_WISH if words(text) else Wish(text=text)
    senses = _senses(specialties)
    stems = [stem(word) for word in typed]
    reading = _read(typed, [[each] for each in stems], senses)
    if not reading.is_complete:
        if named := _listed_as(typed):
            return Wish(text=text, name_words=named)
        reading = _read(typed, correct(stems, frozenset().union(*senses)), senses)
    return _wish(text, reading, without)


def _wish(text: str, reading: _Reading, without: Collection[str]) -> Wish:
    gone = tuple(each for each in reading.meanings.values() if each.slug in without)
    kept = [each for each in reading.meanings.values() if each.slug not in without]
    if len(kept) > 1:
        slugs = tuple(each.slug for each in gone)
        kept = [replace(each, without=(*slugs, each.slug)) for each in kept]
    return Wish(
        text=text,
        specialties=tuple(dict.fromkeys(one for each in kept for one in each.specialties)),
        conditions=tuple(each.condition for each in kept if each.condition),
        meanings=tuple(kept),
        taken_back=gone,
        left_out=reading.left_out if reading.meanings else (),
    )


def _listed_as(typed: list[str]) -> tuple[str, ...]:
    people = Practitioner.objects.listed().named(typed)
    return tuple(typed) if people.exists() else ()


def _senses(specialties: Iterable[Specialty]) -> Senses:
    """What each phrase means. A specialty gives way to conditions in all but its own name.

    One query. A condition that nobody is said to see means nothing.
    """
    known = {specialty.pk: specialty for specialty in specialties}
    seen_by: dict[Condition, list[Specialty]] = {}
    rows = Condition.objects.filter(specialties__in=known).annotate(seer=F("specialties"))
    for condition in rows.order_by("name", "specialties__name"):
        seen_by.setdefault(condition, []).append(known[condition.seer])
    senses: Senses = {}
    for condition, seers in seen_by.items():
        meaning = Meaning(condition.slug, condition.name, tuple(seers), condition)
        _add(senses, meaning, phrases(condition.name) | phrases(condition.synonyms))
    taken = set(senses)
    for specialty in known.values():
        meaning = Meaning(specialty.slug, specialty.name, (specialty,))
        others = phrases(specialty.synonyms) - taken
        _add(senses, meaning, phrases(specialty.name) | phrases(specialty.slug) | others)
    return senses


def _add(senses: Senses, meaning: Meaning, phrases: Iterable[frozenset[str]]) -> None:
    for phrase in phrases:
        senses.setdefault(phrase, {})[meaning.slug] = meaning


def _read(typed: list[str], stems: list[list[str]], senses: Senses) -> _Reading:
    """Takes the phrases with the most words first, those that stand first among equals.

    Only weak words, such as "pain", may serve two phrases: "neck and shoulder pain" is two.
    """
    places = {one: place for place, parts in reversed(list(enumerate(stems))) for one in parts}
    explained: set[str] = set()
    taken: list[frozenset[str]] = []
    for candidate in _candidates(places, senses):
        is_new = candidate - explained - WEAK or not taken
        if is_new and not candidate & explained - WEAK:
            taken.append(candidate)
            explained |= candidate
    taken.sort(key=lambda found: min(places[one] for one in found - WEAK or found))
    meanings = {slug: meaning for found in taken for slug, meaning in senses[found].items()}
    left_out = dict.fromkeys(
        word
        for word, parts in zip(typed, stems, strict=True)
        if not explained.intersection(parts) and not WEAK.issuperset(parts) and not word.isdigit()
    )
    return _Reading(meanings, tuple(left_out))


def _candidates(places: dict[str, int], senses: Senses) -> list[frozenset[str]]:
    """The phrases whose words were all typed, those that are nothing but weak words last."""
    typed = frozenset(places)
    found = [phrase for phrase in senses if phrase <= typed]
    return sorted(
        found,
        key=lambda phrase: (phrase <= WEAK, -len(phrase), sorted(places[one] for one in phrase)),
    )
