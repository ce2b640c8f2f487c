import pytest

from directory.geo import Point, unit_vector
from directory.grid import COARSE, FINE, cell
from directory.models import Practitioner, SearchEntry
from directory.search_index import index_practitioner, rebuild, search_text
from tests.directory.factories import (
    BROOKLYN,
    make_affiliation,
    make_office,
    make_practitioner,
    make_specialty,
)

pytestmark = pytest.mark.django_db


def entries():
    return list(SearchEntry.objects.order_by("pk").values())


def test_entry_holds_the_point_the_cells_and_the_bits():
    specialties = [make_specialty(bit=3), make_specialty(bit=62)]
    practitioner = make_practitioner(specialties=specialties, office=make_office())
    x, y, z = unit_vector(BROOKLYN)
    assert entries() == [
        {
            "affiliation_id": practitioner.affiliations.get().pk,
            "practitioner_id": practitioner.pk,
            "x": x,
            "y": y,
            "z": z,
            "fine_cell": cell(BROOKLYN, FINE),
            "coarse_cell": cell(BROOKLYN, COARSE),
            "latitude": BROOKLYN.latitude,
            "longitude": BROOKLYN.longitude,
            "state_code": "US-NY",
            "place_population": 0,
            "specialty_mask": (1 << 3) | (1 << 62),
        }
    ]


@pytest.mark.usefixtures("small_gazetteer")
@pytest.mark.parametrize("city", ["New York City", "New York", "NYC"])
def test_population_is_that_of_the_town_by_any_of_its_names(city):
    make_practitioner(office=make_office(city=city))
    assert SearchEntry.objects.get().place_population == 8_804_190


def test_each_office_with_a_point_has_an_entry():
    practitioner = make_practitioner(office=make_office())
    make_affiliation(practitioner, make_office(point=Point(45.5, -122.6)))
    make_affiliation(practitioner, make_office(point=None))
    assert SearchEntry.objects.filter(practitioner_id=practitioner.pk).count() == 2


@pytest.mark.parametrize("listing", [Practitioner.Listing.DRAFT, Practitioner.Listing.WITHDRAWN])
def test_nobody_unlisted_has_an_entry(listing):
    practitioner = make_practitioner(office=make_office())
    assert SearchEntry.objects.count() == 1
    practitioner.listing = listing
    practitioner.save()
    assert index_practitioner(practitioner) == 0
    assert SearchEntry.objects.count() == 0


def test_rebuild_makes_what_the_single_steps_made():
    specialty = make_specialty()
    for _ in range(3):
        make_practitioner(specialties=[specialty], office=make_office())
    make_practitioner(office=make_office(), listing=Practitioner.Listing.DRAFT)
    before = entries()
    texts = list(Practitioner.objects.order_by("pk").values_list("search_text", flat=True))
    SearchEntry.objects.update(specialty_mask=0, x=0)
    Practitioner.objects.update(search_text="")

    assert rebuild() == 3
    assert entries() == before
    assert list(Practitioner.objects.order_by("pk").values_list("search_text", flat=True)) == texts


@pytest.mark.parametrize("count", [1, 3])
def test_rebuild_takes_as_many_queries_for_one_as_for_three(count, django_assert_num_queries):
    for _ in range(count):
        make_practitioner(office=make_office())
    with django_assert_num_queries(10):
        rebuild()


def test_search_text_has_folded_words_of_name_and_offices_and_the_letters():
    practitioner = make_practitioner(
        name="Zoë O’Brackenridge", letters="L.Ac.", office=make_office(name="The Paper Crane")
    )
    assert search_text(practitioner) == " zoe obrackenridge the paper crane l.ac."
