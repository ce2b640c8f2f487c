from datetime import date, time
from io import StringIO

import pytest
from django.core.management import call_command

from directory import search_index
from directory.geo import Point
from directory.models import Fact, OpeningHours, Practitioner, PractitionerTerms, SearchEntry
from directory.search_index import index_practitioner, rebuild, search_text
from tests.directory.factories import (
    BROOKLYN,
    make_affiliation,
    make_insurer,
    make_language,
    make_office,
    make_practitioner,
    make_specialty,
)

pytestmark = pytest.mark.django_db

Weekday = OpeningHours.Weekday
CHECKED = date(2026, 1, 5)


def entries():
    """All but their keys, which are new ones each time."""
    rows = SearchEntry.objects.order_by("affiliation").values()
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


def test_entry_holds_the_point_and_the_bits():
    specialties = [make_specialty(bit=3), make_specialty(bit=62)]
    practitioner = make_practitioner(
        specialties=specialties,
        insurers=[make_insurer(bit=5)],
        languages=[make_language(bit=61)],
        office=make_office(),
        first_visit_fee_usd=85,
    )
    (entry,) = entries()
    assert entry == {
        "affiliation_id": practitioner.affiliations.get().pk,
        "practitioner_id": practitioner.pk,
        "is_only": True,
        "latitude": BROOKLYN.latitude,
        "longitude": BROOKLYN.longitude,
        "state_code": "US-NY",
        "town_id": None,
        "place_population": 0,
        "specialty_mask": (1 << 3) | (1 << 62),
        "insurer_mask": 1 << 5,
        "language_mask": 1 << 61,
        "fact_mask": 0,
        "first_visit_fee_usd": 85,
        "verified_until": None,
    }


def test_what_is_stated_to_be_so_is_a_fact_and_nothing_else_is():
    practitioner = make_practitioner(
        offers_telehealth=True, offers_home_visits=False, has_sliding_scale=True
    )
    yes = make_affiliation(practitioner, make_office(is_step_free=True), accepts_new_patients=True)
    no = make_affiliation(practitioner, make_office(is_step_free=False), accepts_new_patients=None)
    _open(yes, Weekday.FRIDAY, time(18, 0))
    _open(yes, Weekday.SUNDAY, time(12, 0))
    _open(no, Weekday.SATURDAY, time(20, 0))
    _open(no, Weekday.MONDAY, time(17, 59))
    index_practitioner(practitioner)

    facts = dict(SearchEntry.objects.values_list("affiliation_id", "fact_mask"))

    common = Fact.TELEHEALTH | Fact.SLIDING
    at_one = common | Fact.ACCEPTING | Fact.STEP_FREE | Fact.EVENINGS | Fact.WEEKENDS
    assert facts == {yes.pk: at_one, no.pk: common | Fact.WEEKENDS}
    assert set(SearchEntry.objects.values_list("is_only", flat=True)) == {False}


def _open(affiliation, weekday, closes_at):
    affiliation.opening_hours.create(weekday=weekday, opens_at=time(9), closes_at=closes_at)


@pytest.mark.parametrize(
    ("licenses", "day"),
    [
        ([], None),
        ([(date(2027, 1, 1), None)], None),
        ([(date(2027, 1, 1), CHECKED)], date(2027, 1, 1)),
        ([(None, CHECKED)], date.max),
        ([(date(2027, 1, 1), CHECKED), (date(2030, 1, 1), None)], date(2027, 1, 1)),
        ([(date(2027, 1, 1), CHECKED), (date(2026, 1, 1), CHECKED)], date(2027, 1, 1)),
    ],
)
def test_license_counts_until_the_last_day_of_one_that_was_checked(licenses, day):
    practitioner = make_practitioner(office=make_office())
    for number, (expires_on, verified_on) in enumerate(licenses):
        practitioner.licenses.create(
            number=f"{number}", state_code="NY", expires_on=expires_on, verified_on=verified_on
        )
    index_practitioner(practitioner)
    assert SearchEntry.objects.get().verified_until == day


@pytest.mark.usefixtures("small_gazetteer")
@pytest.mark.parametrize("city", ["New York City", "New York", "NYC"])
def test_town_is_found_by_any_of_its_names(city):
    make_practitioner(office=make_office(city=city))
    entry = SearchEntry.objects.get()
    assert (entry.town.name, entry.place_population) == ("New York City", 8_804_190)


def test_each_office_has_an_entry_with_its_point_or_none():
    practitioner = make_practitioner(office=make_office())
    make_affiliation(practitioner, make_office(point=Point(45.5, -122.6)))
    make_affiliation(practitioner, make_office(point=None))
    latitudes = SearchEntry.objects.order_by("pk").values_list("latitude", flat=True)
    assert list(latitudes) == [BROOKLYN.latitude, 45.5, None]


def test_practitioner_without_an_office_has_one_entry_that_goes_with_the_person():
    practitioner = make_practitioner()
    entry = SearchEntry.objects.get()
    assert (entry.practitioner, entry.affiliation, entry.latitude) == (practitioner, None, None)
    practitioner.delete()
    assert SearchEntry.objects.count() == 0


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
    SearchEntry.objects.update(specialty_mask=0, latitude=0)
    Practitioner.objects.update(search_text="")

    assert rebuild() == 3
    assert entries() == before
    assert list(Practitioner.objects.order_by("pk").values_list("search_text", flat=True)) == texts


def test_a_rebuild_that_was_killed_is_run_again(monkeypatch):
    monkeypatch.setattr(search_index, "BATCH_PEOPLE", 2)
    for _ in range(7):
        make_practitioner(office=make_office())
    Practitioner.objects.order_by("pk")[3].delete()
    before = entries()
    SearchEntry.objects.all().delete()
    write = SearchEntry.objects.bulk_create

    class KilledError(Exception):
        pass

    def killed(rows):
        write(rows)
        if SearchEntry.objects.count() > 3:
            raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(SearchEntry.objects, "bulk_create", lambda rows: killed(rows) or rows)
        with pytest.raises(KilledError):
            rebuild()
    assert SearchEntry.objects.count() == 2

    assert rebuild() == 6
    assert entries() == before


@pytest.mark.parametrize("count", [1, 3])
def test_rebuild_takes_as_many_queries_for_one_as_for_three(count, django_assert_num_queries):
    for _ in range(count):
        make_practitioner(office=make_office())
    with django_assert_num_queries(19):
        rebuild()


def test_search_text_has_folded_words_of_name_and_offices_and_the_letters():
    text = search_text("Zoë O’Brackenridge", "L.Ac.", ["The Paper Crane"])
    assert text == " zoe obrackenridge the paper crane l.ac."
    person = make_practitioner(name="Zoë", letters="L.Ac.", office=make_office(name="Crane"))
    person.refresh_from_db()
    assert person.search_text == " zoe crane l.ac."


@pytest.mark.parametrize(("options", "mask"), [({}, 0), ({"if_empty": True}, 7)])
def test_command_can_leave_a_table_with_rows_alone(options, mask):
    make_practitioner(office=make_office())
    SearchEntry.objects.update(specialty_mask=7)
    call_command("rebuild_search_index", stdout=StringIO(), **options)
    assert SearchEntry.objects.get().specialty_mask == mask


def test_command_fills_an_empty_table():
    make_practitioner(office=make_office())
    SearchEntry.objects.all().delete()
    call_command("rebuild_search_index", if_empty=True, stdout=StringIO())
    assert SearchEntry.objects.count() == 1


def test_command_makes_lost_words_of_people_again():
    person = make_practitioner(office=make_office())
    PractitionerTerms.objects.all().delete()
    call_command("rebuild_search_index", if_empty=True, stdout=StringIO())
    assert PractitionerTerms.objects.get().pk == person.pk
