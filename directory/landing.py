"""What the ways into the directory need to know: which states there are, and how full."""

from dataclasses import dataclass

from django.urls import reverse

from directory.census import by_state
from directory.models import Place
from directory.wording import state_as_typed

COUNTRY = "US"


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


def largest_states(limit: int = 12) -> list[StateCount]:
    """The states with the most listed practitioners, those with none left out. Two queries."""
    people = by_state()
    found = [
        StateCount(place.name, place.slug, people[code])
        for place in _states()
        if (code := f"{COUNTRY}-{place.state_code}") in people
    ]
    return sorted(found, key=lambda state: (-state.count, state.name))[:limit]


def get_state(slug: str) -> Place | None:
    """The state whose page has this slug."""
    return _states().filter(slug=slug).first()


def _states():
    return Place.objects.filter(country_code=COUNTRY, kind=Place.Kind.STATE)
