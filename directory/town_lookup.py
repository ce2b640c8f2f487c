"""The gazetteer's towns by the names in addresses, for many addresses at once."""

from collections.abc import Iterable
from typing import NamedTuple

from directory.models import Place, PlaceName
from directory.place_names import key

# Country, state and the city as an address has it.
Town = tuple[str, str, str]


class TownPlace(NamedTuple):
    """The populated place that a town is."""

    pk: int
    population: int
    latitude: float
    longitude: float


class Towns:
    """Those that were looked up so far. They are fewer than the gazetteer has names, or misspelt.

    Of namesakes in a state the highest ranked counts.
    """

    def __init__(self):
        self._places: dict[Town, TownPlace | None] = {}

    def look_up(self, towns: Iterable[Town]) -> None:
        """Two queries, none for towns known.

        Asked for as one join, or for populated places only, SQLite walks through all places.
        """
        new = {town: (*town[:2], key(town[2])) for town in towns if town not in self._places}
        if not new:
            return
        names = PlaceName.objects.filter(folded__in={folded for *_, folded in new.values()})
        named = list(names.order_by("weight", "-place_id").values_list("folded", "place_id"))
        rows = Place.objects.filter(pk__in={pk for _name, pk in named}).order_by()
        found = {
            pk: (country, state, TownPlace(pk, *rest))
            for pk, kind, country, state, *rest in rows.values_list(
                *("pk", "kind", "country_code", "state_code"),
                *("population", "latitude", "longitude"),
            )
            if kind == Place.Kind.POPULATED
        }
        ranked = {}
        for name, pk in named:
            if pk in found:
                country, state, place = found[pk]
                ranked[country, state, name] = place
        self._places.update((town, ranked.get(folded)) for town, folded in new.items())

    def place(self, town: Town) -> TownPlace | None:
        """None for a town that the gazetteer does not know, or that was not looked up."""
        return self._places.get(town)
