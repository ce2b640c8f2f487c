"""Site search: articles, people, care and places that have every word that was typed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from acutake.lib.terms import Query, query_of
from acutake.lib.text import clean_text
from acutake.site_corrections import corrected
from acutake.site_sections import (
    Fit,
    PlaceHit,
    Section,
    article_section,
    begun_place_section,
    care_section,
    place_section,
    practitioner_section,
)
from directory.care_search import Vocabulary, read_vocabulary
from directory.gazetteer import resolve

QUERY_LIMIT = 200
# Fewer than so many that fit, and another spelling is offered.
FEW = 3
PAGED_KINDS = ("articles", "practitioners")
# Of kinds that fit equally well.
ORDER = ("places", "practitioners", "articles", "care")


@dataclass(frozen=True)
class SiteAnswer:
    """What was understood and found, the kind that fits best first.

    `typed` is kept for the field; `query` is empty when it has nothing to look for. `meant` is
    another spelling, and `is_corrected` says that what was found is what that finds. `is_cut` says
    that more was typed than is looked for.
    """

    typed: str
    query: str = ""
    sections: Sequence[Section] = ()
    meant: str = ""
    is_corrected: bool = False
    is_cut: bool = False

    @property
    def total(self) -> int:
        """How many fit, the names that are only begun not counted."""
        return sum(section.total for section in self.sections if section.fit < Fit.BEGUN)

    @property
    def searched(self) -> str:
        """What `sections` were found with."""
        return self.meant if self.is_corrected else self.query


def search_site(text: str, *, at: datetime) -> SiteAnswer:
    """The best of each kind. The number of queries does not grow with what there is."""
    typed = clean_text(text, limit=QUERY_LIMIT)
    answer = SiteAnswer(typed, is_cut=len(clean_text(text, limit=QUERY_LIMIT + 1)) > QUERY_LIMIT)
    if not query_of(typed).terms:
        return answer
    vocabulary = read_vocabulary()
    answer = replace(answer, query=typed, sections=_sections(typed, vocabulary, at=at))
    return answer if answer.total >= FEW else _with_other_spelling(answer, vocabulary, at=at)


def search_kind(text: str, kind: str, *, page: int, at: datetime) -> SiteAnswer:
    """One page of all that was found of one of `PAGED_KINDS`, at most twenty queries; the last page
    for a number beyond it."""
    typed = clean_text(text, limit=QUERY_LIMIT)
    found = _found_texts(query_of(typed), at=at, page=page)
    sections = [section for section in found if section and section.kind == kind]
    return SiteAnswer(typed, query=typed if query_of(typed).terms else "", sections=sections)


def _sections(text: str, vocabulary: Vocabulary, *, at: datetime) -> list[Section]:
    query = query_of(text)
    places = place_section(text, vocabulary)
    care = care_section(text, vocabulary)
    texts = _found_texts(query, at=at)
    if not any([places, care, *texts]):
        places = begun_place_section(text)
    found = [section for section in (places, care, *texts) if section]
    return sorted(found, key=lambda section: (section.fit, ORDER.index(section.kind)))


def _found_texts(query: Query, *, at: datetime, page: int = 1) -> list[Section | None]:
    """Articles and people with the words; without any, with the last word as a beginning."""
    texts = [article_section(query, at=at, page=page), practitioner_section(query, page=page)]
    begun = query.begun()
    if any(texts) or begun == query:
        return texts
    return [article_section(begun, at=at, page=page), practitioner_section(begun, page=page)]


def _with_other_spelling(answer: SiteAnswer, vocabulary: Vocabulary, *, at: datetime) -> SiteAnswer:
    """What another spelling finds is shown where nothing else fits, and is else only offered."""
    meant = corrected(answer.query, vocabulary, at=at)
    sections = _sections(meant, vocabulary, at=at) if meant else []
    other = replace(answer, meant=meant, sections=sections, is_corrected=True)
    if other.total <= answer.total:
        return answer if answer.total else _with_place_meant(answer)
    return replace(answer, meant=meant) if answer.total else other


def _with_place_meant(answer: SiteAnswer) -> SiteAnswer:
    resolution = resolve(answer.query)
    if resolution.place is None:
        return answer
    places = [resolution.place, *resolution.alternatives][:3]
    section = Section("places", [PlaceHit(place) for place in places], Fit.CERTAIN, len(places))
    return replace(answer, sections=[section], meant=places[0].label, is_corrected=True)
