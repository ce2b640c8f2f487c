"""What a site search found of each kind, as its page shows it, and how well it fits."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from django.utils.safestring import SafeString

from acutake.lib.highlights import hits_in, marked, snippet
from acutake.lib.terms import STOP_WORDS, Query
from articles.html import plain_text
from articles.models import Article
from articles.search import articles_in_order, find_articles
from articles.search_index import OFTEN
from directory.care_search import Vocabulary, find_care
from directory.gazetteer import named, suggest
from directory.models import Place, Practitioner
from directory.people_search import find_practitioners, practitioners_in_order

# So many are put in order; of more it is said that there are more.
MOST_FOUND = 1_000
SHOWN = 10
PLACES_SHOWN = 3
# Whoever types the name of a larger town means it; Achilles in Kansas has hardly anybody.
TOWN_POPULATION = 5_000
# What may stand before the name of a place, beside a complaint.
BEFORE_PLACES = frozenset(
    {"acupuncture", "acupuncturist", "acupuncturists", "at", "around", "close", "in", "near", "to"}
)
LONGEST_PLACE = 4


class Fit(IntEnum):
    """How well the best of a kind fits: the kind that fits best is shown first."""

    CERTAIN = 0
    TITLED = 1
    NAMED = 2
    MENTIONED = 3
    BEGUN = 4


@dataclass(frozen=True)
class Section:
    """What is shown of one kind: `page` of all that were found; `total` counts no further than one
    more than `MOST_FOUND`."""

    kind: str
    hits: Sequence
    fit: Fit
    total: int
    page: int = 1

    @property
    def has_more_than_counted(self) -> bool:
        return self.total > MOST_FOUND

    @property
    def counted(self) -> int:
        return min(self.total, MOST_FOUND)

    @property
    def previous_page(self) -> int:
        return self.page - 1

    @property
    def next_page(self) -> int:
        return self.page + 1

    @property
    def pages(self) -> int:
        return _pages(self.counted)


@dataclass(frozen=True)
class ArticleHit:
    article: Article
    headline: SafeString
    text: SafeString


@dataclass(frozen=True)
class PractitionerHit:
    """`offices` are the first two with their towns; empty when none is stated."""

    practitioner: Practitioner
    name: SafeString
    offices: SafeString
    text: SafeString


@dataclass(frozen=True)
class PlaceHit:
    """`care` is what is looked for there, in the words that were typed; empty for anything."""

    place: Place
    care: str = ""


def article_section(query: Query, *, at: datetime, page: int = 1) -> Section | None:
    """Seven queries, and five more where a next version has come into force."""
    keys = find_articles(query, at=at, limit=MOST_FOUND)
    page, shown = _page(keys, page)
    articles = articles_in_order(shown, at=at)
    if not articles:
        return None
    hits = [_article_hit(article, query) for article in articles]
    return Section("articles", hits, _fit_of_article(articles[0], query), len(keys), page)


def practitioner_section(query: Query, *, page: int = 1) -> Section | None:
    """Seven queries."""
    keys = find_practitioners(query, limit=MOST_FOUND)
    page, shown = _page(keys, page)
    people = practitioners_in_order(shown)
    if not people:
        return None
    hits = [_practitioner_hit(practitioner, query) for practitioner in people]
    fit = _fit_of_name(people[0], query)
    return Section("practitioners", hits, fit, len(keys), page)


def care_section(text: str, vocabulary: Vocabulary) -> Section | None:
    """No query."""
    care = find_care(text, vocabulary)
    hits = [*care.conditions, *care.specialties]
    fit = Fit.NAMED if care.is_exact else Fit.MENTIONED
    return Section("care", [care], fit, len(hits)) if hits else None


def place_section(text: str, vocabulary: Vocabulary) -> Section | None:
    """The places that the text names, or that its last words name after words for care. One query
    for each way to part it, four at most."""
    words = text.split()
    for start in range(max(len(words) - LONGEST_PLACE, 0), len(words)):
        before, after = " ".join(words[:start]), " ".join(words[start:])
        care = _care_before(before, vocabulary)
        # "Near me" is not Maine, and "the" is not Teresina, which it is in timetables.
        if care is None or STOP_WORDS.issuperset(map(str.casefold, words[start:])):
            continue
        if places := named(after, limit=PLACES_SHOWN):
            hits = [PlaceHit(place, care) for place in places]
            is_sure = bool(before) or places[0].population >= TOWN_POPULATION
            fit = (
                Fit.CERTAIN if is_sure or places[0].kind != Place.Kind.POPULATED else Fit.MENTIONED
            )
            return Section("places", hits, fit, len(hits))
    return None


def begun_place_section(text: str) -> Section | None:
    """The places whose names the text begins. Five queries at most."""
    hits = [PlaceHit(place) for place in suggest(text, limit=PLACES_SHOWN)]
    return Section("places", hits, Fit.BEGUN, len(hits)) if hits else None


def _care_before(before: str, vocabulary: Vocabulary) -> str | None:
    """The words for care before the name of a place; None where they are none."""
    words = before.split()
    while words and words[-1].casefold() in BEFORE_PLACES:
        words.pop()
    care = " ".join(words)
    is_care = not care or find_care(care, vocabulary).is_exact
    return care if is_care else None


def _page(keys: Sequence[int], page: int) -> tuple[int, Sequence[int]]:
    """Its number, which is that of the last page for one beyond it, and what is on it."""
    counted = keys[:MOST_FOUND]
    page = max(1, min(page, _pages(len(counted))))
    return page, counted[(page - 1) * SHOWN : page * SHOWN]


def _pages(count: int) -> int:
    return -(-count // SHOWN)


def _article_hit(article: Article, query: Query) -> ArticleHit:
    """With the dek, unless the text has more of the words."""
    dek = article.dek
    in_dek = {term for _, _, term in hits_in(dek, query)}
    in_text = "" if len(in_dek) == len(query.terms) else snippet(plain_text(article.body), query)
    return ArticleHit(article, marked(article.headline, query), in_text or marked(dek, query))


def _practitioner_hit(practitioner: Practitioner, query: Query) -> PractitionerHit:
    offices = [affiliation.office for affiliation in practitioner.affiliations.all()]
    places = "; ".join(f"{at.name}, {at.city}, {at.state_code}" for at in offices[:2])
    in_name = hits_in(str(practitioner), query)
    text = SafeString() if in_name else snippet(practitioner.statement, query)
    name = marked(str(practitioner), query)
    return PractitionerHit(practitioner, name, marked(places, query), text)


def _fit_of_article(article: Article, query: Query) -> Fit:
    if _has_all(article.headline, query):
        return Fit.TITLED
    names = [byline.author.name for byline in article.bylines.all()]
    text = plain_text(article.body)
    counts = Counter(term for _, _, term in hits_in(text, query))
    is_about = all(counts[term] >= OFTEN for term in query.terms)
    is_named = is_about or _has_all("\n".join([article.dek, *names]), query)
    return Fit.NAMED if is_named else Fit.MENTIONED


def _fit_of_name(practitioner: Practitioner, query: Query) -> Fit:
    """Two words of a name are no accident; one may be a word as well. Letters may go with it."""
    if not (_has_all(str(practitioner), query) and hits_in(practitioner.name, query)):
        return Fit.MENTIONED
    return Fit.CERTAIN if len(query.terms) > 1 else Fit.NAMED


def _has_all(text: str, query: Query) -> bool:
    return {term for _, _, term in hits_in(text, query)} == set(query.terms)
