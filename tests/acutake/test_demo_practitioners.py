from collections import Counter
from datetime import UTC, datetime
from math import cos, hypot, radians

import pytest

from acutake.demo.practitioners import load_practitioners
from directory.models import (
    Affiliation,
    Credential,
    License,
    Office,
    Place,
    Practitioner,
    SearchEntry,
    Verification,
)
from directory.npi import validate_npi

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
DEGREE_KM = 111.2


@pytest.fixture
def loaded(gazetteer):
    return load_practitioners(at=NOW)


def test_hundreds_are_spread_over_every_state_and_city(loaded):
    assert loaded == Practitioner.objects.count()
    assert Practitioner.objects.listed().count() >= 650
    found = Counter(
        SearchEntry.objects.values_list("affiliation__office__city", "state_code").distinct()
    )
    cities = Place.objects.filter(country_code="US", kind="populated", population__gt=300_000)
    counts = Counter(Office.objects.values_list("city", "state_code"))
    short = {
        city.name: counts[_written(city), city.state_code]
        for city in cities
        if counts[_written(city), city.state_code] < 2
    }
    assert short == {}
    assert len({state for _, state in found if state}) == 51
    assert min(counts[name, "NY"] for name in ("Brooklyn", "Queens", "Manhattan", "The Bronx")) >= 6


def _written(city):
    return "New York" if city.name == "New York City" else city.name


def test_everybody_is_obviously_made_up(loaded):
    assert set(Practitioner.objects.values_list("is_demonstration", flat=True)) == {True}
    phones = Affiliation.objects.exclude(phone="").values_list("phone", flat=True)
    assert all(phone[5:12] == " 555-01" and len(phone) == 14 for phone in phones)
    assert all(
        number.startswith("DEMO-") for number in License.objects.values_list("number", flat=True)
    )
    for field in ("email", "website", "booking_url"):
        values = Practitioner.objects.exclude(**{field: ""}).values_list(field, flat=True)
        assert values
        assert all("example.org" in value for value in values)


def test_training_is_of_known_kinds_and_every_check_has_its_source(loaded):
    assert not Credential.objects.filter(kind=None).exists()
    checked = License.objects.exclude(verified_on=None)
    assert not checked.filter(source_url="").exists()
    assert Verification.objects.count() == checked.count()
    today = NOW.date()
    for waiting in (
        License.objects.unverified(),
        License.objects.expiring(on=today),
        License.objects.to_check_again(on=today),
    ):
        assert waiting.exists()


def test_states_without_a_law_on_acupuncture_have_no_license(loaded):
    assert not License.objects.filter(state_code__in=["AL", "OK", "SD"]).exists()


def test_every_npi_is_valid_and_was_never_issued(loaded):
    numbers = Practitioner.objects.exclude(npi="").values_list("npi", flat=True)
    assert len(numbers) > 300
    assert {npi[0] for npi in numbers} == {"2"}
    for npi in numbers:
        validate_npi(npi)


def test_points_are_within_three_kilometers_of_their_town(loaded):
    brooklyn = Place.objects.get(slug="brooklyn-new-york").point
    points = [office.point for office in Office.objects.filter(city="Brooklyn") if office.point]
    distances = [
        hypot(
            point.latitude - brooklyn.latitude,
            (point.longitude - brooklyn.longitude) * cos(radians(brooklyn.latitude)),
        )
        * DEGREE_KM
        for point in points
    ]
    assert max(distances) < 3.02


def test_some_facts_are_not_stated_and_some_people_not_listed(loaded):
    people = Practitioner.objects.all()
    assert {person.listing for person in people} == set(Practitioner.Listing.values)
    for field in ("first_visit_fee_usd", "has_sliding_scale", "offers_telehealth", "confirmed_on"):
        assert {getattr(person, field) is None for person in people} == {True, False}
    days = License.objects.exclude(expires_on=None).values_list("expires_on", flat=True)
    assert {day < NOW.date() for day in days} == {True, False}
    assert License.objects.filter(verified_on=None).exists()


def test_second_load_adds_nothing_and_a_missing_one_comes_back_the_same(loaded):
    assert load_practitioners(at=NOW) == 0
    person = Practitioner.objects.listed().with_facts()[100]
    facts = _facts(person)
    Office.objects.filter(affiliations__practitioner=person).delete()
    person.delete()
    assert load_practitioners(at=NOW) == 1
    assert _facts(Practitioner.objects.with_facts().get(slug=facts["slug"])) == facts


def _facts(person):
    return {
        "slug": person.slug,
        "statement": person.statement,
        "letters": person.letters,
        "fee": person.first_visit_fee_usd,
        "search_text": person.search_text,
        "specialties": [specialty.slug for specialty in person.specialties.all()],
        "phones": [affiliation.phone for affiliation in person.affiliations.all()],
        "points": [affiliation.office.point for affiliation in person.affiliations.all()],
        "licenses": [row.expires_on for row in person.licenses.all()],
    }


def test_search_table_holds_all_listed_and_every_point(loaded):
    placed = Affiliation.objects.filter(
        practitioner__in=Practitioner.objects.listed(), office__latitude__isnull=False
    )
    found = SearchEntry.objects.filter(latitude__isnull=False)
    assert set(found.values_list("affiliation", flat=True)) == set(
        placed.values_list("pk", flat=True)
    )
    everybody = set(Practitioner.objects.listed().values_list("pk", flat=True))
    assert set(SearchEntry.objects.values_list("practitioner", flat=True)) == everybody


@pytest.mark.usefixtures("small_gazetteer")
def test_small_gazetteer_is_enough():
    assert load_practitioners(at=NOW) >= 680
