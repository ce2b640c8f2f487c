"""What a person typed to the place they mean.

Names are compared by their keys (`directory.place_names`), ranked by population, with a place's
own name above other names of it and the searcher's country above others.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from acutake.lib.text import clean_text
from directory import spelling
from directory.geo import distance_miles
from directory.models import Place, PlaceName
from directory.place_names import key, raw_words
from directory.place_qualifiers import fit, readings

# A town in the searcher's country ranks as if it had so many times its people: Alexandria is in
# Virginia and St. Petersburg in Florida, but London is not in Ohio.
NEAR_COUNTRY = 35
# Another place is offered when it ranks at least this much beside the one that was taken.
OFFERED_SHARE = 0.04
OFFERED = 5
# Of "Uptown Chicago" so large a city is taken; "Pudong, China" does not mean China in Maine.
CITY_POPULATION = 100_000
# A part of a city is that close to the city's own point.
SAME_CITY_MILES = 25
SAME_TOWN_MILES = 10
LONGEST_TEXT = 200
MOST_WORDS = 8
MOST_ROWS = 300

POSTCODE = re.compile(r"(?<![0-9])([0-9]{5})(?:[- ]?[0-9]{4})?(?![0-9])")
FILLERS_BEFORE = frozenset(
    {"near", "in", "around", "at", "by", "the", "downtown", "greater", "city", "of", "from"}
)


@dataclass(frozen=True)
class Resolution:
    """The place that was taken, with what to say about it.

    `alternatives` are the others that share the name, when it was not sure; `suggestions` are what
    may have been meant, when no place was taken. `is_corrected` says that the place is not quite
    what was typed: a slip was put right or words were left out.
    """

    place: Place | None = None
    alternatives: tuple[Place, ...] = ()
    suggestions: tuple[Place, ...] = ()
    is_corrected: bool = False


@dataclass(frozen=True)
class Match:
    place: Place
    folded: str
    score: float

    @property
    def is_state(self) -> bool:
        return self.place.kind == Place.Kind.STATE

    @property
    def is_plain(self) -> bool:
        """Whether a reader sees why it matched: Mashhad was an Alexandria too, but who knows."""
        return key(self.place.name).startswith(self.folded)


def resolve(text: str, *, near_country: str = "US") -> Resolution:
    """The place that `text` names. At most 12 queries; any text is safe."""
    typed = clean_text(text, limit=LONGEST_TEXT)
    found = POSTCODE.findall(typed)
    if found:
        postcode = Place.objects.filter(kind=Place.Kind.POSTCODE, slug=found[-1]).first()
        if postcode:
            return Resolution(postcode)
    words = raw_words(POSTCODE.sub(" ", typed))[:MOST_WORDS]
    if not words:
        return Resolution(suggestions=_near_postcodes(found))
    named = _named(words)
    matches = _ranked(words, named, near_country)
    if not matches:
        matches = _ranked(_without_fillers(words), named, near_country)
    if matches:
        return _taken(matches, is_corrected=bool(found))
    return _guessed(words, named, near_country)


def named(text: str, *, limit: int = OFFERED, near_country: str = "US") -> list[Place]:
    """The places that have exactly the name `text`, likeliest first, without slips. One query."""
    typed = clean_text(text, limit=LONGEST_TEXT)
    if POSTCODE.fullmatch(typed):
        return list(Place.objects.filter(kind=Place.Kind.POSTCODE, slug=typed[:5]))
    words = raw_words(typed)[:MOST_WORDS]
    matches = _ranked(words, _named(words), near_country) if words else []
    if not matches:
        return []
    taken = _taken(matches)
    return [taken.place, *taken.alternatives][:limit]


def suggest(prefix: str, *, limit: int = 8, near_country: str = "US") -> list[Place]:
    """The places that `prefix` may become when typed on, likeliest first. At most 5 queries."""
    typed = clean_text(prefix, limit=LONGEST_TEXT)
    words = raw_words(typed)[:MOST_WORDS]
    if not words:
        return []
    if typed.isascii() and typed.replace("-", "").replace(" ", "").isdigit():
        return list(_postcodes(typed[:5])[:limit])
    scores = spelling.completions(words, near_country=near_country, boost=NEAR_COUNTRY)
    best = sorted(scores, key=lambda pk: (-scores[pk], pk))[: limit * 2]
    places = Place.objects.in_bulk(best)
    return _distinct(places[pk] for pk in best)[:limit]


def _named(words: Sequence[str]) -> list[PlaceName]:
    """The names that some of the words are, from the first word or the first that is no filler."""
    keys = {name for name, _ in [*readings(words), *readings(_without_fillers(words))]}
    return _names_of(keys)


def _names_of(keys: Iterable[str]) -> list[PlaceName]:
    names = PlaceName.objects.filter(folded__in=set(keys)).select_related("place")
    return list(names.order_by("-weight", "pk")[:MOST_ROWS])


def _ranked(words: Sequence[str], named: Iterable[PlaceName], near_country: str) -> list[Match]:
    """The places that all the words describe, best first, each once."""
    tails: dict[str, list[Sequence[str]]] = {}
    for name, tail in readings(words):
        tails.setdefault(name, []).append(tail)
    best: dict[int, Match] = {}
    for name in named:
        fits = max((fit(name.place, tail) for tail in tails.get(name.folded, ())), default=0.0)
        score = fits * name.weight * _nearness(name.place.country_code, near_country)
        if score and score > (best[name.place_id].score if name.place_id in best else 0):
            best[name.place_id] = Match(name.place, name.folded, score)
    return sorted(best.values(), key=lambda match: (-match.score, match.place.pk))


def _taken(matches: Sequence[Match], *, is_corrected: bool = False) -> Resolution:
    first, *others = matches
    share = first.score * OFFERED_SHARE
    offered = [
        other.place
        for other in others
        if other.score >= share and (other.is_state or other.is_plain)
    ]
    places = _distinct([first.place, *offered])
    return Resolution(
        first.place, alternatives=tuple(places[1 : OFFERED + 1]), is_corrected=is_corrected
    )


def _guessed(words: Sequence[str], named: Sequence[PlaceName], near_country: str) -> Resolution:
    """No place has exactly this name: a clear slip is put right, else what is near is suggested."""
    guesses = spelling.near_names(words, near_country=near_country, boost=NEAR_COUNTRY)
    if guesses and spelling.is_clear(guesses):
        same = [guess for guess in guesses if guess.folded == guesses[0].folded]
        return _taken(
            [Match(guess.place, guess.folded, guess.score) for guess in same], is_corrected=True
        )
    within = _within(words, near_country)
    if within.place:
        return within
    suggested = [
        *_named_elsewhere(words, named, near_country)[: OFFERED - 1],
        *within.suggestions,
        *(guess.place for guess in guesses[:OFFERED]),
        *suggest(" ".join(words), near_country=near_country),
    ]
    return Resolution(suggestions=tuple(_distinct(suggested)[:OFFERED]))


def _within(words: Sequence[str], near_country: str) -> Resolution:
    """The city that an address ends with, or the part of it that is named: "Astoria, Queens".

    What ends with a state, or with what may be a country, is only suggested: the words before it
    were meant to be more. One query.
    """
    keys = {name for start in range(len(words)) for name, _ in readings(words[start:])}
    named = _names_of(keys)
    for start in range(1, len(words)):
        larger = _ranked(words[start:], named, near_country)
        for part in _ranked(words[:start], named, near_country) if larger else ():
            if distance_miles(part.place.point, larger[0].place.point) <= SAME_CITY_MILES:
                return Resolution(part.place)
        if larger:
            return _city_or_hint(words[:start], larger)
    return Resolution()


def _city_or_hint(before: Sequence[str], larger: Sequence[Match]) -> Resolution:
    """What to make of unknown words before a name that is known: is it a city's or a state's?"""
    city = larger[0]
    states = [match for match in larger if match.is_state and match.is_plain]
    is_address = any(word.isdigit() for word in before)
    is_large = city.place.population >= CITY_POPULATION and not states
    if not city.is_state and (is_address or is_large):
        return _taken(larger, is_corrected=True)
    return Resolution(suggestions=((states or larger)[0].place,))


def _named_elsewhere(
    words: Sequence[str], named: Sequence[PlaceName], near_country: str
) -> list[Place]:
    """The places whose name begins the text, though not where the rest of it says."""
    for name, _ in readings(words):
        matches = [row for row in named if row.folded == name]
        if matches:
            matches.sort(
                key=lambda row: -row.weight * _nearness(row.place.country_code, near_country)
            )
            return [row.place for row in matches]
    return []


def _near_postcodes(codes: Sequence[str]) -> tuple[Place, ...]:
    """Postcodes of the same area as one that does not exist."""
    return tuple(_postcodes(codes[-1][:3])[:OFFERED]) if codes else ()


def _postcodes(prefix: str) -> QuerySet[Place]:
    within = Place.objects.filter(slug__gte=prefix, slug__lte=prefix.ljust(5, "9"))
    return within.filter(kind=Place.Kind.POSTCODE).order_by("slug")


def _without_fillers(words: Sequence[str]) -> Sequence[str]:
    for start, word in enumerate(words):
        if word not in FILLERS_BEFORE:
            return words[start:]
    return []


def _nearness(country: str, near_country: str) -> float:
    return NEAR_COUNTRY if country == near_country else 1.0


def _distinct(places: Iterable[Place]) -> list[Place]:
    """Each once, and one of those that a reader could not tell apart; the first is kept."""
    kept: list[Place] = []
    for place in places:
        if not any(_is_same(place, other) for other in kept):
            kept.append(place)
    return kept


def _is_same(a: Place, b: Place) -> bool:
    """Whether two rows are one town for a searcher: Lexington and Lexington-Fayette."""
    if a.pk == b.pk or a.label == b.label:
        return True
    is_one_state = (a.kind, a.country_code, a.state_code) == (b.kind, b.country_code, b.state_code)
    is_named_alike = a.name.split("-")[0] == b.name.split("-")[0]
    return is_one_state and is_named_alike and distance_miles(a.point, b.point) < SAME_TOWN_MILES
