"""What the ways into the directory need to know: which states there are, and how full."""

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from directory.models import Place, SearchEntry
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
    counted = (
        SearchEntry.objects.filter(state_code__startswith=f"{COUNTRY}-")
        .values("state_code")
        .annotate(people=Count("practitioner_id", distinct=True))
        .order_by("-people", "state_code")
    )
    states = {f"{COUNTRY}-{place.state_code}": place for place in _states()}
    return [
        StateCount(states[row["state_code"]].name, states[row["state_code"]].slug, row["people"])
        for row in counted
        if row["state_code"] in states
    ][:limit]


def get_state(slug: str) -> Place | None:
    """The state whose page has this slug."""
    return _states().filter(slug=slug).first()


def _states():
    return Place.objects.filter(country_code=COUNTRY, kind=Place.Kind.STATE)
