"""Landing pages: what the ways into the directory say of a state, a town or a specialty.

One rule decides for pages and for the sitemap which of them search engines are shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from directory.borders import neighbors_of
from directory.census import by_state
from directory.criteria import Criteria
from directory.models import Place, Specialty
from directory.search import Results
from directory.snapshot import Snapshot
from directory.towns import town_url
from directory.wording import state_as_typed

COUNTRY = "US"
# With fewer people a page says too little to be worth a search engine's visit.
INDEXED_FROM = 3


def is_indexed(people: int) -> bool:
    """Whether search engines are shown a landing page with so many people."""
    return people >= INDEXED_FROM


@dataclass(frozen=True)
class StateCount:
    """A state with the number of listed practitioners who have an office there."""

    name: str
    slug: str
    count: int

    @property
    def url(self) -> str:
        return reverse("directory:state", args=[self.slug])

    @property
    def typed(self) -> str:
        """What the search form takes for it."""
        return state_as_typed(self.name)


def all_states(
    *, bit: int | None = None, snapshot: Snapshot | None = None
) -> tuple[StateCount, ...]:
    """Every state by name, those with nobody too; `bit` as in the census. Two queries at most."""
    people = by_state(bit=bit, snapshot=snapshot)
    found = (
        StateCount(place.name, place.slug, people.get(code_of(place), 0)) for place in states()
    )
    return tuple(sorted(found, key=lambda state: state.name))


def largest_states(limit: int = 12) -> list[StateCount]:
    """The states with the most listed practitioners, those with none left out. Two queries."""
    return largest_first(all_states())[:limit]


def largest_first(counted: Iterable[StateCount]) -> list[StateCount]:
    """Those with somebody in them, most people first."""
    found = [state for state in counted if state.count]
    return sorted(found, key=lambda state: (-state.count, state.name))


def neighboring_states(state: Place, *, snapshot: Snapshot | None = None) -> list[StateCount]:
    """Those that touch it and have somebody, most people first. Two queries at most."""
    people = by_state(snapshot=snapshot)
    touching = states().filter(state_code__in=neighbors_of(state.state_code))
    return largest_first(
        StateCount(place.name, place.slug, people.get(code_of(place), 0)) for place in touching
    )


@dataclass(frozen=True)
class Way:
    """A link that goes on, with how many people are there."""

    name: str
    url: str
    count: int


def specialties_in(criteria: Criteria, results: Results) -> tuple[Way, ...]:
    """What else is offered in the place that was asked for, most people first. No query."""
    place = criteria.place
    if place is None:
        return ()
    options = [
        option
        for facet in results.facets
        for option in facet.options
        if option.parameter == "specialty" and option.count and not option.is_chosen
    ]
    return tuple(
        Way(option.label, _url_in(place, option.value), option.count)
        for option in sorted(options, key=lambda option: (-option.count, option.label))
    )


def _url_in(place: Place, specialty_slug: str) -> str:
    """Where those are listed who offer a specialty in a state or a town."""
    if place.kind == Place.Kind.STATE:
        return search_url(place.name, specialty_slug)
    return town_url(place, Specialty(slug=specialty_slug))


def search_url(state_name: str, specialty_slug: str) -> str:
    """The search for those in a state who offer a specialty."""
    query = urlencode({"where": state_as_typed(state_name), "specialty": specialty_slug})
    return f"{reverse('directory:search')}?{query}"


def get_state(slug: str) -> Place | None:
    """The state whose page has this slug."""
    return states().filter(slug=slug).first()


def code_of(place: Place) -> str:
    """The state in which a place is, or which it is, as in "US-NY"."""
    return f"{place.country_code}-{place.state_code}"


def states():
    """The states of the country, as places of the gazetteer."""
    return Place.objects.filter(country_code=COUNTRY, kind=Place.Kind.STATE)
