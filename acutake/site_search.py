"""Site search: every word typed must be in what is found, whatever its case and accents."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from acutake.lib.text import clean_text, fold
from articles.models import Article
from directory.gazetteer import suggest
from directory.models import Place, Practitioner, Specialty
from directory.phrases import words as words_of_names

QUERY_LIMIT = 200
WORDS_LIMIT = 8
CANDIDATES_LIMIT = 60
SHOWN_LIMIT = 10
PLACES_LIMIT = 3


@dataclass(frozen=True)
class SiteAnswer:
    """What was understood and found. `query` is empty when nothing searchable was typed."""

    query: str
    articles: list[Article]
    practitioners: list[Practitioner]
    specialties: list[Specialty]
    places: list[Place]

    @property
    def is_empty(self) -> bool:
        return not (self.articles or self.practitioners or self.specialties or self.places)


def search_site(text: str) -> SiteAnswer:
    """At most ten of each kind, those with the words in their title first. Constant queries."""
    query = clean_text(text, limit=QUERY_LIMIT)
    words = [word for word in fold(query).split() if any(map(str.isalnum, word))][:WORDS_LIMIT]
    if not words:
        return SiteAnswer("", [], [], [], [])
    # Names are kept without apostrophes and hyphens.
    name_words = words_of_names(query)[:WORDS_LIMIT]
    articles = Article.objects.published().newest_first().for_list()
    practitioners = Practitioner.objects.listed().order_by("name", "pk")
    return SiteAnswer(
        query=query,
        articles=_titled_first(articles.with_words(_having(words)), words),
        practitioners=_titled_first(practitioners.filter(_having(name_words)), words),
        specialties=_matching_specialties(words),
        places=suggest(query, limit=PLACES_LIMIT),
    )


def _having(words: list[str]) -> Q:
    wanted = Q()
    for word in words:
        wanted &= Q(search_text__contains=word)
    return wanted


def _titled_first(rows: QuerySet, words: list[str]) -> list:
    """`sorted` is stable: rows with as many words in their title keep the order they came in."""

    def words_outside_title(row):
        title = fold(str(row))
        return sum(word not in title for word in words)

    return sorted(rows[:CANDIDATES_LIMIT], key=words_outside_title)[:SHOWN_LIMIT]


def _matching_specialties(words: list[str]) -> list[Specialty]:
    """The list has some thirty rows, so all are read and compared folded."""

    def has_all(specialty):
        text = fold(f"{specialty.name}\n{specialty.synonyms}")
        return all(word in text for word in words)

    return [specialty for specialty in Specialty.objects.all() if has_all(specialty)]
