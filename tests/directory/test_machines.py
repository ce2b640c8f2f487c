import json

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directory.forms import SearchForm
from directory.geo import Point
from directory.machines import limited
from directory.models import Practitioner
from directory.search import PAGE_ROWS, search
from directory.search_index import index_practitioner
from tests.directory.factories import (
    BROOKLYN,
    make_language,
    make_office,
    make_practitioner,
    make_specialty,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_gazetteer")]

PLACES = "/acupuncturists/places/"
GEOJSON = "/acupuncturists.geojson"


def answer(client, **query):
    response = client.get(GEOJSON, query)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/geo+json"
    return json.loads(response.content)


def names(collection):
    return [feature["properties"]["name"] for feature in collection["features"]]


def assert_is_feature_collection(collection):
    """What RFC 7946 asks in sections 3.1.1, 3.1.2, 3.2, 3.3 and 7.1."""
    assert collection["type"] == "FeatureCollection"
    assert not {"coordinates", "geometries", "geometry", "properties"} & collection.keys()
    for feature in collection["features"]:
        assert feature["type"] == "Feature"
        assert {"geometry", "properties"} <= feature.keys()
        assert isinstance(feature["properties"], dict)
        assert not {"coordinates", "geometries", "features"} & feature.keys()
        assert isinstance(feature["id"], str)
        geometry = feature["geometry"]
        if geometry is not None:
            assert geometry.keys() == {"type", "coordinates"}
            assert geometry["type"] == "Point"
            longitude, latitude = geometry["coordinates"]
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90
    ids = [feature["id"] for feature in collection["features"]]
    assert len(set(ids)) == len(ids)


def test_places_are_suggested(client):
    response = client.get(PLACES, {"q": "brookl"})
    assert response.json()["places"][0] == {
        "label": "Brooklyn, New York",
        "value": "Brooklyn, New York",
    }
    assert "Cookie" not in response.get("Vary", "")
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("typed", ["", " ", "\0", "%", "x" * 10_000])
def test_places_for_nothing_are_none(client, typed):
    assert client.get(PLACES, {"q": typed}).json() == {"places": []}


def test_place_near_a_position_can_be_typed(client):
    places = client.get(PLACES, {"near": "40.69,-73.99"}).json()["places"]
    assert places == [{"label": "11201 Brooklyn, New York", "value": "11201 Brooklyn, New York"}]


@pytest.mark.parametrize(
    "near",
    ["91,0", "0,181", "nan,nan", "inf,0", "40.69", "40.69,-73.99,1", ",", "\0,1", "x" * 9_000],
)
def test_what_is_no_position_is_near_nothing(client, near):
    assert client.get(PLACES, {"near": near}).json() == {"places": []}


def test_nothing_is_near_a_point_at_sea(client):
    assert client.get(PLACES, {"near": "0,-30"}).json() == {"places": []}


def test_limit_is_of_one_network_and_of_one_view(rf):
    @limited("one", limit=2, seconds=3600)
    def one(request):
        return HttpResponse("answer")

    @limited("other", limit=2, seconds=3600)
    def other(request):
        return HttpResponse("answer")

    request, elsewhere = rf.get("/"), rf.get("/", REMOTE_ADDR="198.51.100.7")
    assert [one(request).status_code for _ in range(3)] == [200, 200, 429]
    assert one(request)["Retry-After"] == "3600"
    assert [other(request).status_code, one(elsewhere).status_code] == [200, 200]


def test_answer_holds_the_rows_of_the_page(client, settings):
    specialty = make_specialty(name="Trigger point", slug="trigger-point")
    office = make_office(name="Canal Street", postcode="11201", is_step_free=True)
    make_practitioner(
        name="Ada Nearby",
        slug="ada-nearby",
        letters="L.Ac.",
        email="ada@example.org",
        office=office,
        specialties=[specialty],
        languages=[make_language(code="es")],
        first_visit_fee_usd=90,
    )
    make_practitioner(name="Far Away", office=make_office(point=Point(45.5, -122.6)))

    collection = answer(client, where="Brooklyn", specialty="trigger-point")

    assert_is_feature_collection(collection)
    assert collection["origin"] == {
        "label": "Brooklyn, New York",
        "latitude": BROOKLYN.latitude,
        "longitude": BROOKLYN.longitude,
    }
    assert {name: collection[name] for name in ("total", "page", "pages", "order", "notes")} == {
        "total": 1,
        "page": 1,
        "pages": 1,
        "order": "distance",
        "notes": [],
    }
    url = f"{settings.SITE_URL}/acupuncturists/ada-nearby/"
    assert collection["features"] == [
        {
            "type": "Feature",
            "id": url,
            "geometry": {
                "type": "Point",
                "coordinates": [BROOKLYN.longitude, BROOKLYN.latitude],
            },
            "properties": {
                "number": 1,
                "name": "Ada Nearby",
                "letters": "L.Ac.",
                "url": url,
                "distance_miles": 0.0,
                "specialties": ["trigger-point"],
                "languages": ["es"],
                "first_visit_fee_usd": 90,
                "has_sliding_scale": None,
                "offers_telehealth": None,
                "offers_home_visits": None,
                "accepts_new_patients": None,
                "phone": "(718) 555-0123",
                "office": {
                    "name": "Canal Street",
                    "street": "12 Bobbin Street",
                    "city": "Brooklyn",
                    "state_code": "NY",
                    "postcode": "11201",
                    "country_code": "US",
                    "is_step_free": True,
                },
            },
        }
    ]


def test_answer_never_holds_more_than_a_page(client):
    office = make_office()
    people = [make_practitioner(office=office).name for _ in range(PAGE_ROWS + 3)]

    pages = [answer(client, where="Brooklyn", page=page) for page in (1, 2)]

    assert [len(page["features"]) for page in pages] == [PAGE_ROWS, 3]
    assert [(page["page"], page["pages"], page["total"]) for page in pages] == [
        (1, 2, PAGE_ROWS + 3),
        (2, 2, PAGE_ROWS + 3),
    ]
    assert sorted(names(pages[0]) + names(pages[1])) == sorted(people)


def test_facets_are_those_of_the_search(client, rf):
    specialty = make_specialty()
    make_practitioner(office=make_office(), specialties=[specialty])
    request = rf.get(GEOJSON, {"where": "Brooklyn"})
    form = SearchForm(request.GET)
    form.is_valid()
    facets = search(form.cleaned_data, at=timezone.now()).facets

    shown = answer(client, where="Brooklyn")["facets"]

    assert [
        (facet["name"], [(option["value"], option["count"]) for option in facet["options"]])
        for facet in shown
    ] == [
        (facet.name, [(option.value, option.count) for option in facet.options]) for facet in facets
    ]


def test_who_has_no_office_has_no_geometry(client):
    make_practitioner(name="Home Visits")
    collection = answer(client)
    assert_is_feature_collection(collection)
    assert collection["origin"] is None
    assert [feature["geometry"] for feature in collection["features"]] == [None]
    assert collection["features"][0]["properties"]["office"] is None


@pytest.mark.parametrize("listing", ["draft", "withdrawn"])
def test_who_is_not_listed_is_in_no_answer(client, listing):
    office = make_office()
    hidden = make_practitioner(name="Hidden", office=office, email="hidden@example.org")
    shown = make_practitioner(name="Shown", office=office, email="shown@example.org")
    Practitioner.objects.filter(pk=hidden.pk).update(listing=listing)
    hidden.refresh_from_db()
    index_practitioner(hidden)

    for query in ({}, {"where": "Brooklyn"}, {"where": "New York State"}, {"what": "Hidden"}):
        body = client.get(GEOJSON, query).content.decode()
        assert "Hidden" not in body
        assert "example.org" not in body
    assert names(answer(client, where="Brooklyn")) == [shown.name]


def test_unknown_place_has_no_answer_and_bad_values_are_told(client):
    make_practitioner(office=make_office())
    collection = answer(client, where="Xyzzyville", radius="abc")
    assert (collection["origin"], collection["total"], collection["features"]) == (None, 0, [])
    assert len(collection["notes"]) == 1
    assert "abc" in collection["notes"][0]


@pytest.mark.parametrize(
    "query",
    [
        {"where": "\0"},
        {"where": "\ud800"},
        {"what": "x" * 10_000},
        {"page": "-1"},
        {"page": "99999"},
        {"radius": "nan"},
        {"specialty": "'"},
    ],
)
def test_any_address_gets_an_answer(client, query):
    query = {name: value.encode("utf-8", "surrogatepass") for name, value in query.items()}
    assert_is_feature_collection(answer(client, **query))


def test_network_that_asks_too_often_is_told_when_to_come_back(client):
    statuses = [client.get(GEOJSON, {"where": "Xyzzyville"}).status_code for _ in range(60)]
    refused = client.get(GEOJSON)
    assert set(statuses) == {200}
    assert refused.status_code == 429
    assert refused["Retry-After"] == "60"
    assert refused["Content-Type"] == "application/json"
    assert "wait" in refused.json()["error"]
    assert "max-age" not in refused.get("Cache-Control", "")
    assert client.get(GEOJSON, REMOTE_ADDR="198.51.100.7").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_machines_only_read(client, method):
    assert getattr(client, method)(PLACES).status_code == 405
    assert getattr(client, method)(reverse("geojson")).status_code == 405


def test_queries_do_not_grow_with_the_rows(client):
    office = make_office()
    make_practitioner(office=office)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            answer(client, where="Brooklyn")
        counts.append(len(queries))
        for _ in range(5):
            make_practitioner(office=office, specialties=[make_specialty()])
    assert counts[0] == counts[1]
