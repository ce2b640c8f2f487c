"""The points of many addresses at once, from the gazetteer: `geocoding.locate` by the batch."""

from collections.abc import Collection

from directory.models import Office, Place
from directory.town_lookup import Towns

# City, state, postcode and country.
Address = tuple[str, str, str, str]
Located = tuple[float, float, str]


def locate_all(addresses: Collection[Address], towns: Towns) -> dict[Address, Located]:
    """Latitude, longitude and precision by address, without those nobody knows.

    Three queries, one when the towns have been looked up before.
    """
    postcodes = _postcodes({address[2][:5] for address in addresses if address[3] == "US"})
    towns.look_up({(country, state, city) for city, state, _postcode, country in addresses})
    found = {}
    for address in addresses:
        city, state, postcode, country = address
        if at := postcodes.get((postcode[:5], state)) if country == "US" else None:
            found[address] = (*at, Office.Precision.POSTCODE.value)
        elif town := towns.place((country, state, city)):
            found[address] = (town.latitude, town.longitude, Office.Precision.PLACE.value)
    return found


def _postcodes(codes: Collection[str]) -> dict[tuple[str, str], tuple[float, float]]:
    rows = Place.objects.filter(slug__in=codes, country_code="US").order_by()
    found = rows.values_list("slug", "state_code", "kind", "latitude", "longitude")
    return {
        (slug, state): (latitude, longitude)
        for slug, state, kind, latitude, longitude in (found if codes else ())
        if kind == Place.Kind.POSTCODE
    }
