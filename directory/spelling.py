"""Names near to what was typed: slips of the keyboard put right, beginnings completed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Case, Q, When, Window
from django.db.models.functions import RowNumber

from directory.models import Place, PlaceName
from directory.place_names import ABBREVIATIONS, key, slips
from directory.place_qualifiers import fit, is_begun, is_region, joined, readings

# Keys shorter than this are one slip from too many names.
SHORTEST = 4
# By how much a slip lowers a name: fifty times the people make up for one slip more.
SLIP_FACTOR = 0.02
# A slip is clear when the next best guess ranks at most this much beside it.
CLEAR_SHARE = 0.5
# Only one slip is clear in a name shorter than this.
LONG = 8
# Of a smaller town it is likelier that another one was meant, which the gazetteer lacks.
CLEAR_POPULATION = 5_000
# The largest names that share the first, or the last, third of the key are compared.
COMPARED = 400
NEAR_NAMES = 60
COMPLETED = 200
# What a name counts that is begun but is not the one that the reader would see in the list.
UNSEEN_FACTOR = 0.01
# Nothing sorts behind it in keys, which are lower-case ASCII letters and digits.
HIGHEST = "z" * 12


@dataclass(frozen=True)
class Guess:
    """A place whose name, with key `folded`, is `slips` from what was typed."""

    place: Place
    folded: str
    score: float
    slips: int


def near_names(words: Sequence[str], *, near_country: str, boost: float) -> list[Guess]:
    """The guesses for raw words with slips in them, best first. Three queries at most."""
    head, tail = _cut(words)
    typed = joined([ABBREVIATIONS.get(word, word) for word in head])
    if len(typed) < SHORTEST:
        return []
    most = _most_slips(typed)
    near: dict[int, tuple[float, int, str]] = {}
    for place_id, folded, weight in _candidates(typed):
        distance = slips(typed, folded, most)
        score = weight * SLIP_FACTOR**distance
        if distance <= most and score > near.get(place_id, (0.0, 0, ""))[0]:
            near[place_id] = score, distance, folded
    best = sorted(near, key=lambda pk: (-near[pk][0], pk))[:NEAR_NAMES]
    guesses = []
    for place in Place.objects.in_bulk(best).values():
        score, distance, folded = near[place.pk]
        score *= fit(place, tail) * (boost if place.country_code == near_country else 1.0)
        if score:
            guesses.append(Guess(place, folded, score, distance))
    return sorted(guesses, key=lambda guess: (-guess.score, guess.place.pk))


def is_clear(guesses: Sequence[Guess]) -> bool:
    """Whether the first guess may be taken without asking, though not without saying so."""
    first = guesses[0]
    if first.slips > (1 if len(first.folded) < LONG else 2):
        return False
    if first.place.population < CLEAR_POPULATION:
        return False
    return all(
        guess.score <= first.score * CLEAR_SHARE
        for guess in guesses[1:]
        if guess.folded != first.folded
    )


def completions(words: Sequence[str], *, near_country: str, boost: float) -> dict[int, float]:
    """Scores by id of the places that raw words begin to name. Three queries at most."""
    scores: dict[int, float] = {}
    for place_id, weight, country in [*_begun_names(words), *_begun_qualifiers(words)]:
        score = weight * (boost if country == near_country else 1.0)
        scores[place_id] = max(score, scores.get(place_id, 0.0))
    return scores


def _cut(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The words of the name and those of a state or country after it; queries for the states."""
    if len(words) == 1:
        return words, []
    regions = list(Place.objects.filter(kind=Place.Kind.STATE))
    for start in range(1, len(words)):
        if any(is_region(region, words[start:]) for region in regions):
            return words[:start], words[start:]
    return words, []


def _candidates(typed: str) -> set[tuple[int, str, int]]:
    """(place id, key, weight) of the largest names that begin or end like `typed`.

    One slip leaves a half intact, so no name is missed unless there are more than `COMPARED` larger
    ones; two slips leave a third intact.
    """
    alike = [
        _begins(field, text[: max(2, len(text) // part)])
        for part in (2, 3)
        for field, text in (("folded", typed), ("backwards", typed[::-1]))
    ]
    kind = Case(*(When(condition, then=number) for number, condition in enumerate(alike)))
    rank = Window(RowNumber(), partition_by=kind, order_by=("-weight", "pk"))
    # Whatever shares a half shares a third.
    names = PlaceName.objects.filter(alike[2] | alike[3]).annotate(rank=rank)
    return set(names.filter(rank__lte=COMPARED).values_list("place_id", "folded", "weight"))


def _begins(field: str, prefix: str) -> Q:
    return Q(**{f"{field}__gte": prefix, f"{field}__lte": prefix + HIGHEST})


def _most_slips(typed: str) -> int:
    if len(typed) <= 5:
        return 1
    return 2 if len(typed) <= 8 else 3


def _begun_names(words: Sequence[str]) -> Iterator[tuple[int, float, str]]:
    """Other names hardly count before they are complete: nobody who types "st" wants Istanbul.

    The places are looked up after the sorting: a letter begins ten thousand names, which one index
    answers alone.
    """
    prefixes = _prefixes(words)
    begun = [
        (prefix, row)
        for prefix in prefixes
        for row in PlaceName.objects.filter(folded__gte=prefix, folded__lte=prefix + HIGHEST)
        .order_by("-weight", "place_id", "folded")
        .values_list("place_id", "folded", "weight")[:COMPLETED]
    ]
    wanted = Place.objects.filter(pk__in={place_id for _, (place_id, _, _) in begun})
    places = {pk: rest for pk, *rest in wanted.values_list("pk", "name", "country_code")}
    for prefix, (place_id, folded, weight) in begun:
        name, country = places[place_id]
        is_seen = folded == prefix or key(name).startswith(prefix)
        yield place_id, weight if is_seen else weight * UNSEEN_FACTOR, country


def _prefixes(words: Sequence[str]) -> list[str]:
    """The key typed so far; "st" may become Stamford as well as Saint Louis."""
    full = [ABBREVIATIONS.get(word, word) for word in words]
    return list(dict.fromkeys([joined(full), joined([*full[:-1], words[-1]])]))


def _begun_qualifiers(words: Sequence[str]) -> Iterator[tuple[int, float, str]]:
    """Names typed in full with the beginning of their state or country: "portland m"."""
    cuts = [(name, tail) for name, tail in readings(words) if tail]
    if not cuts:
        return
    rows = PlaceName.objects.filter(folded__in={name for name, _ in cuts})
    for row in rows.select_related("place").order_by("-weight", "pk")[:COMPLETED]:
        if any(is_begun(row.place, tail) for name, tail in cuts if name == row.folded):
            yield row.place_id, row.weight, row.place.country_code
