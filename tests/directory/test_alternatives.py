from datetime import UTC, datetime

import pytest

from directory.alternatives import alternatives_to
from directory.geo import Point
from directory.models import Practitioner
from tests.directory.factories import make_office, make_practitioner, make_specialty

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 18, 19, tzinfo=UTC)


def north_of_brooklyn(tenths):
    return make_office(point=Point(40.6501 + tenths / 10, -73.9496))


def names(practitioner):
    fetched = Practitioner.objects.with_facts().get(pk=practitioner.pk)
    found = alternatives_to(fetched, at=AT)
    return found and [row.practitioner.name for row in found.rows]


def test_nearest_three_who_share_a_specialty_and_not_the_person():
    sleep, sports = make_specialty(), make_specialty()
    person = make_practitioner(name="Ada", specialties=[sleep, sports], office=north_of_brooklyn(0))
    for number, specialty in enumerate((sleep, make_specialty(), sports, sleep, sports), start=1):
        make_practitioner(
            name=f"{number}", specialties=[specialty], office=north_of_brooklyn(number)
        )
    make_practitioner(
        name="Hidden",
        specialties=[sleep],
        office=north_of_brooklyn(0),
        listing=Practitioner.Listing.WITHDRAWN,
    )
    assert names(person) == ["1", "3", "4"]


def test_without_a_specialty_the_nearest_whatever_they_do():
    person = make_practitioner(name="Ada", office=north_of_brooklyn(0))
    make_practitioner(name="Bea", specialties=[make_specialty()], office=north_of_brooklyn(1))
    assert names(person) == ["Bea"]
    fetched = Practitioner.objects.with_facts().get(pk=person.pk)
    assert not alternatives_to(fetched, at=AT).shares_specialty


def test_nobody_who_shares_it_is_an_honest_zero():
    person = make_practitioner(specialties=[make_specialty()], office=north_of_brooklyn(0))
    make_practitioner(specialties=[make_specialty()], office=north_of_brooklyn(1))
    assert names(person) == []


def test_from_nowhere_nobody_is_near():
    assert names(make_practitioner()) is None
    assert names(make_practitioner(office=make_office(point=None))) is None
