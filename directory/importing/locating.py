"""The points of many addresses at once, from the gazetteer: `geocoding.locate` by the batch."""

from collections.abc import Collection

from directory.models import Office, Place, PlaceName
from directory.place_names import key

# City, state, postcode and country.
Address = tuple[str, str, str, str]
Located = tuple[float, float, str]


def locate_all(addresses: Collection[Address]) -> dict[Address, Located]:
    """Latitude, longitude and precision by address, without those nobody knows. Three queries."""
    postcodes = _postcodes({address[2][:5] for address in addresses if address[3] == "US"})
    towns = _towns({key(address[0]) for address in addresses})
    found = {}
    for address in addresses:
        city, state, postcode, country = address
        if at := postcodes.get((postcode[:5], state)) if country == "US" else None:
            found[address] = (*at, Office.Precision.POSTCODE.value)
        elif at := towns.get((country, state, key(city))):
            found[address] = (*at, Office.Precision.PLACE.value)
    return found


def _postcodes(codes: Collection[str]) -> dict[tuple[str, str], tuple[float, float]]:
    rows = Place.objects.filter(slug__in=codes, kind=Place.Kind.POSTCODE, country_code="US")
    columns = ("slug", "state_code", "latitude", "longitude")
    found = rows.order_by().values_list(*columns) if codes else ()
    return {(slug, state): (latitude, longitude) for slug, state, latitude, longitude in found}


def _towns(names: Collection[str]) -> dict[tuple[str, str, str], tuple[float, float]]:
    """Of namesakes in a state the one that ranks highest. Asked in two steps: as one join, SQLite
    walks through all places."""
    rows = PlaceName.objects.filter(folded__in=names).order_by("weight", "-place_id")
    named = list(rows.values_list("folded", "place_id"))
    towns = Place.objects.filter(pk__in={pk for _name, pk in named}, kind=Place.Kind.POPULATED)
    places = {
        pk: (country, state, (latitude, longitude))
        for pk, country, state, latitude, longitude in towns.order_by().values_list(
            "pk", "country_code", "state_code", "latitude", "longitude"
        )
    }
    found = {}
    for name, pk in named:
        if pk in places:
            country, state, point = places[pk]
            found[country, state, name] = point
    return found
