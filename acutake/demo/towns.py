"""Where the made-up practitioners practice: real towns, in proportion to their people."""

from random import Random

from directory.models import Place

COUNTRY = "US"
PRACTITIONERS = 680
TOWN_FROM = 5_000
CITY_FROM = 300_000
IN_EVERY_CITY = 2
LARGEST_OF_A_STATE = 2
# New York's boroughs are within the city, which alone would put everybody around its city hall.
IN_BOROUGHS = {"Brooklyn": 16, "Manhattan": 16, "Queens": 12, "The Bronx": 8, "Staten Island": 3}
BOROUGHS_STATE = "NY"
# Flattens the shares a little: half of the country does not live in twenty cities.
EXPONENT = 0.8


def choose_towns(random: Random) -> list[Place]:
    """One town for each practitioner, the same for the same gazetteer. One query.

    Two or more in every city of over 300,000 people and in the two largest towns of every state,
    the rest at random by population.
    """
    towns = list(
        Place.objects.filter(
            country_code=COUNTRY, kind=Place.Kind.POPULATED, population__gte=TOWN_FROM
        ).order_by("-population", "id")
    )
    chosen = [town for town in towns for _ in range(_at_least(town))]
    by_state: dict[str, int] = {}
    for town in towns:
        rank = by_state[town.state_code] = by_state.get(town.state_code, 0) + 1
        if rank <= LARGEST_OF_A_STATE and not _at_least(town):
            chosen += [town] * IN_EVERY_CITY
    weights = [town.population**EXPONENT for town in towns]
    missing = max(0, PRACTITIONERS - len(chosen)) if towns else 0
    return chosen + random.choices(towns, weights=weights, k=missing) if missing else chosen


def _at_least(town: Place) -> int:
    if town.state_code == BOROUGHS_STATE and town.name in IN_BOROUGHS:
        return IN_BOROUGHS[town.name]
    return IN_EVERY_CITY if town.population > CITY_FROM else 0
