"""What the directory answers to machines, and to the scripts of its own pages: JSON, limited."""

import json
import math
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from acutake.lib.network import network_of
from acutake.lib.text import clean_text
from acutake.lib.throttle import is_allowed
from directory.criteria import Facet
from directory.forms import SearchForm, typed_for
from directory.gazetteer import suggest
from directory.geo import Point
from directory.geocoding import place_near
from directory.models import Affiliation, Office, Place
from directory.search import Results, Row, search

# About 10 m: nobody has to know a distance better.
MILES_DIGITS = 2


def limited(name: str, *, limit: int, seconds: int) -> Callable:
    """Answer a network that asks more often than that with 429, in words, as JSON."""

    def decorate(view):
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            if is_allowed(f"{name}:{network_of(request)}", limit=limit, seconds=seconds):
                return view(request)
            return JsonResponse(
                {
                    "error": _(
                        "Too many requests from your network: at most %(limit)d in %(seconds)d "
                        "seconds are answered. Please wait, then ask again."
                    )
                    % {"limit": limit, "seconds": seconds}
                },
                status=429,
                headers={"Retry-After": str(seconds)},
            )

        return guarded

    return decorate


@require_safe
@limited("places", limit=10, seconds=1)
def places(request):
    """Places for the field of a search: `q` is what was typed so far, `near` a position.

    `value` is what the search form takes for exactly this place.
    """
    point = _point(request.GET.get("near", ""))
    if point:
        nearest = place_near(point)
        found = [nearest] if nearest else []
    else:
        typed = clean_text(request.GET.get("q", ""))
        found = suggest(typed) if typed else []
    return JsonResponse(
        {"places": [{"label": typed_for(place), "value": typed_for(place)} for place in found]}
    )


@require_safe
@limited("geojson", limit=60, seconds=60)
def geojson(request):
    """The page of results that the same address shows to people, as GeoJSON (RFC 7946)."""
    form = SearchForm(request.GET)
    form.is_valid()
    criteria = form.cleaned_data
    results = search(criteria, at=timezone.now())
    notes = [str(note) for field in form.errors.values() for note in field]
    return HttpResponse(
        json.dumps(_collection(results, criteria.place, notes), ensure_ascii=False),
        content_type="application/geo+json",
        headers={"X-Robots-Tag": "noindex"},
    )


def _point(near: str) -> Point | None:
    """The position in "latitude,longitude"; None for anything else."""
    try:
        latitude, longitude = (float(part) for part in near[:40].split(","))
    except ValueError:
        return None
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return None
    is_on_earth = -90 <= latitude <= 90 and -180 <= longitude <= 180
    return Point(round(latitude, 2), round(longitude, 2)) if is_on_earth else None


def _collection(results: Results, origin: Place | None, notes: list[str]) -> dict:
    """`notes` says what could not be read of the address, and what was taken in its place."""
    return {
        "type": "FeatureCollection",
        "features": [_feature(row) for row in results.rows],
        "origin": origin
        and {
            "label": origin.label,
            "latitude": origin.latitude,
            "longitude": origin.longitude,
        },
        "total": results.total,
        "page": results.page,
        "pages": results.pages,
        "order": results.order.value,
        "facets": [_facet(facet) for facet in results.facets],
        "notes": notes,
    }


def _feature(row: Row) -> dict:
    practitioner, affiliation = row.practitioner, row.affiliation
    url = settings.SITE_URL + practitioner.get_absolute_url()
    office = affiliation.office if affiliation else None
    point = office.point if office else None
    return {
        "type": "Feature",
        "id": url,
        "geometry": point and {"type": "Point", "coordinates": [point.longitude, point.latitude]},
        "properties": {
            "number": row.number,
            "name": practitioner.name,
            "letters": practitioner.letters,
            "url": url,
            "distance_miles": row.distance_miles
            if row.distance_miles is None
            else round(row.distance_miles, MILES_DIGITS),
            "specialties": [specialty.slug for specialty in row.offered],
            "languages": [language.code for language in row.languages],
            "first_visit_fee_usd": practitioner.first_visit_fee_usd,
            "has_sliding_scale": practitioner.has_sliding_scale,
            "offers_telehealth": practitioner.offers_telehealth,
            "offers_home_visits": practitioner.offers_home_visits,
            **_at_office(affiliation, office),
        },
    }


def _at_office(affiliation: Affiliation | None, office: Office | None) -> dict:
    """What is true of a practitioner at one office; None is "not stated"."""
    return {
        "accepts_new_patients": affiliation and affiliation.accepts_new_patients,
        "phone": (affiliation and affiliation.phone) or None,
        "office": office
        and {
            "name": office.name,
            "street": office.street,
            "city": office.city,
            "state_code": office.state_code,
            "postcode": office.postcode,
            "country_code": office.country_code,
            "is_step_free": office.is_step_free,
        },
    }


def _facet(facet: Facet) -> dict:
    return {
        "name": facet.name,
        "label": str(facet.label),
        "is_multiple": facet.is_multiple,
        "options": [
            {
                "parameter": option.parameter,
                "value": option.value,
                "label": str(option.label),
                "count": option.count,
                "is_chosen": option.is_chosen,
            }
            for option in facet.options
        ],
    }
