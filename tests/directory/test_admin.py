import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model

from directory.models import (
    Affiliation,
    Condition,
    Office,
    OpeningHours,
    Place,
    Practitioner,
    SearchEntry,
    Specialty,
)
from tests.directory.factories import (
    make_affiliation,
    make_insurer,
    make_language,
    make_office,
    make_practitioner,
    make_specialty,
)

pytestmark = pytest.mark.django_db

PRACTITIONERS = "/admin/directory/practitioner/"
OFFICES = "/admin/directory/office/"


@pytest.fixture
def editor(client):
    user = get_user_model().objects.create_superuser("editor", password="x")
    client.force_login(user)
    return client


def formset(prefix, *rows, initial=0):
    """What a browser sends for an inline with these rows, the first `initial` of them saved."""
    data = {
        f"{prefix}-TOTAL_FORMS": len(rows),
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def practitioner_data(*affiliations, initial=0, **fields):
    return {
        "name": "Ada Brook",
        "slug": "ada-brook",
        "letters": "L.Ac.",
        "listing": "listed",
        "photo_focus_x": 50,
        "photo_focus_y": 38,
        "has_sliding_scale": "unknown",
        "offers_telehealth": "unknown",
        "offers_home_visits": "unknown",
        **formset("affiliations", *affiliations, initial=initial),
        **formset("credentials"),
        **formset("licenses"),
        **fields,
    }


def office_data(*affiliations, initial=0, **fields):
    return {
        "name": "The Office",
        "street": "1 Bobbin Street",
        "city": "Brooklyn",
        "state_code": "NY",
        "country_code": "US",
        "is_step_free": "unknown",
        **formset("affiliations", *affiliations, initial=initial),
        **fields,
    }


def affiliation_row(affiliation, **fields):
    office = affiliation.office
    return {
        "id": affiliation.pk,
        "practitioner": affiliation.practitioner_id,
        "office": affiliation.office_id,
        "name": office.name,
        "street": office.street,
        "city": office.city,
        "state_code": office.state_code,
        "postcode": office.postcode,
        "country_code": office.country_code,
        "is_step_free": "unknown",
        "phone": affiliation.phone,
        "accepts_new_patients": "unknown",
        **fields,
    }


def post(client, address, data):
    response = client.post(address, data)
    assert response.status_code == 302, response.context["errors"]


def test_added_practitioner_is_found_at_once(editor):
    specialty, office = make_specialty(), make_office()
    row = {"office": office.pk, "phone": "", "accepts_new_patients": "unknown"}
    post(editor, f"{PRACTITIONERS}add/", practitioner_data(row, specialties=[specialty.pk]))

    practitioner = Practitioner.objects.get()
    entry = SearchEntry.objects.get()
    assert (entry.practitioner_id, entry.specialty_mask) == (practitioner.pk, 1 << specialty.bit)
    assert practitioner.search_text.startswith(" ada brook office")


def test_withdrawn_practitioner_is_gone_at_once(editor):
    practitioner = make_practitioner(office=make_office())
    affiliation = practitioner.affiliations.get()
    data = practitioner_data(affiliation_row(affiliation), initial=1, listing="withdrawn")
    post(editor, f"{PRACTITIONERS}{practitioner.pk}/change/", data)
    assert SearchEntry.objects.count() == 0


def test_changed_slug_leaves_an_old_address(editor):
    practitioner = make_practitioner(slug="old-name")
    post(editor, f"{PRACTITIONERS}{practitioner.pk}/change/", practitioner_data(slug="new-name"))
    response = editor.get("/acupuncturists/old-name/")
    assert (response.status_code, response["Location"]) == (301, "/acupuncturists/new-name/")


@pytest.mark.parametrize(
    "slug", ["letters", "places", "specialties", "in", "taken", "old-of-another"]
)
def test_slug_that_leads_elsewhere_is_refused(editor, slug):
    other = make_practitioner(slug="taken")
    other.paths.create(slug="old-of-another")
    response = editor.post(f"{PRACTITIONERS}add/", practitioner_data(slug=slug))
    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["slug"]


def test_actions_list_and_withdraw(editor):
    practitioner = make_practitioner(office=make_office(), listing=Practitioner.Listing.DRAFT)
    for action, count in (("list_selected", 1), ("withdraw_selected", 0)):
        post(editor, PRACTITIONERS, {"action": action, "_selected_action": [practitioner.pk]})
        assert SearchEntry.objects.count() == count


def test_actions_are_in_the_log_for_those_that_they_changed(editor):
    draft = make_practitioner(name="Draft", listing=Practitioner.Listing.DRAFT)
    listed = make_practitioner(name="Listed")
    keys = [draft.pk, listed.pk]
    for action in ("list_selected", "confirm_selected", "withdraw_selected"):
        post(editor, PRACTITIONERS, {"action": action, "_selected_action": keys})
    logged = LogEntry.objects.order_by("pk").values_list("change_message", "object_repr")
    assert list(logged)[:1] == [("Listed.", "Draft")]
    assert sorted(logged) == [
        ("Confirmed.", "Draft"),
        ("Confirmed.", "Listed"),
        ("Listed.", "Draft"),
        ("Withdrawn.", "Draft"),
        ("Withdrawn.", "Listed"),
    ]


@pytest.mark.parametrize("typed", ["ZOE willow", "o'hare", "O’Hare-Willow"])
def test_search_ignores_case_accents_and_punctuation(editor, typed):
    make_practitioner(name="Zoë O’Hare Willowbrook")
    make_practitioner(name="Somebody Else")
    response = editor.get(PRACTITIONERS, {"q": typed})
    found = [person.name for person in response.context["cl"].result_list]
    assert found == ["Zoë O’Hare Willowbrook"]


def test_filters_find_what_is_not_right_yet(editor):
    complete = make_practitioner(name="Complete", office=make_office())
    complete.licenses.create(number="1", state_code="NY", verified_on="2026-01-01")
    unverified = make_practitioner(name="Unverified", office=make_office())
    unverified.licenses.create(number="2", state_code="NY")
    make_practitioner(name="Without", office=make_office(point=None))
    expected = {
        "license=unverified": ["Unverified"],
        "license=none": ["Without"],
        "point=none": ["Without"],
        "listing__exact=listed": ["Complete", "Unverified", "Without"],
    }
    shown = {
        query: [
            person.name
            for person in editor.get(f"{PRACTITIONERS}?{query}").context["cl"].result_list
        ]
        for query in expected
    }
    assert shown == expected


@pytest.mark.usefixtures("small_gazetteer")
def test_office_without_a_point_gets_that_of_its_town(editor):
    practitioner = make_practitioner()
    row = {"practitioner": practitioner.pk, "phone": "", "accepts_new_patients": "unknown"}
    post(editor, f"{OFFICES}add/", office_data(row))
    office = Office.objects.get()
    town = Place.objects.get(name="Brooklyn", state_code="NY", kind="populated")
    assert (office.point, office.precision) == (town.point, "place")
    assert SearchEntry.objects.get().practitioner_id == practitioner.pk


@pytest.mark.usefixtures("small_gazetteer")
def test_office_in_an_unknown_town_says_that_no_search_finds_it(editor):
    response = editor.post(f"{OFFICES}add/", office_data(city="Nowhere at all"), follow=True)
    assert "The gazetteer does not know the town of The Office" in response.content.decode()
    assert Office.objects.get().point is None


def test_zone_that_is_none_is_refused_in_words_and_nothing_is_lost(editor):
    data = office_data(timezone="Mars/Olympus", street="12 Bobbin Street")
    response = editor.post(f"{OFFICES}add/", data)
    form = response.context["adminform"].form
    assert form.errors == {
        "timezone": [
            "“Mars/Olympus” is no time zone. Write its IANA name, such as America/New_York, or "
            "leave this empty: the zone then follows from the point."
        ]
    }
    assert (form["street"].value(), form["timezone"].value()) == (
        "12 Bobbin Street",
        "Mars/Olympus",
    )
    assert not Office.objects.exists()


def test_moved_office_moves_its_people(editor):
    practitioner = make_practitioner(office=make_office())
    affiliation = practitioner.affiliations.get()
    data = office_data(
        affiliation_row(affiliation), initial=1, name="New", latitude="45.5", longitude="-122.6"
    )
    post(editor, f"{OFFICES}{affiliation.office_id}/change/", data)
    assert SearchEntry.objects.values_list("latitude", "longitude").get() == (45.5, -122.6)
    practitioner.refresh_from_db()
    assert practitioner.search_text.endswith(" new")


def test_person_removed_from_an_office_is_not_found_by_its_name(editor):
    practitioner = make_practitioner(name="Ada", office=make_office(name="Half Moon"))
    affiliation = practitioner.affiliations.get()
    row = affiliation_row(affiliation, DELETE="on")
    data = office_data(row, initial=1, latitude="45.5", longitude="-122.6")
    post(editor, f"{OFFICES}{affiliation.office_id}/change/", data)
    practitioner.refresh_from_db()
    assert SearchEntry.objects.get().affiliation is None
    assert practitioner.search_text == " ada"


def test_deleted_office_is_no_word_to_be_found_by(editor):
    practitioner = make_practitioner(name="Ada", office=make_office(name="Half Moon"))
    office = Office.objects.get()
    post(editor, f"{OFFICES}{office.pk}/delete/", {"post": "yes"})
    practitioner.refresh_from_db()
    assert SearchEntry.objects.get().affiliation is None
    assert practitioner.search_text == " ada"


def test_hours_are_kept_at_the_affiliation(editor):
    affiliation = make_practitioner(office=make_office()).affiliations.get()
    data = affiliation_row(affiliation, hours="Mon 9-17")
    post(editor, f"/admin/directory/affiliation/{affiliation.pk}/change/", data)
    assert str(OpeningHours.objects.get()) == "Monday 09:00-17:00"


def test_affiliation_given_to_another_moves_the_entry(editor):
    first, second = make_practitioner(office=make_office()), make_practitioner()
    affiliation = first.affiliations.get()
    data = affiliation_row(affiliation, practitioner=second.pk)
    post(editor, f"/admin/directory/affiliation/{affiliation.pk}/change/", data)
    assert SearchEntry.objects.get(affiliation=affiliation).practitioner_id == second.pk
    assert SearchEntry.objects.get(practitioner=first).affiliation is None


def test_new_specialty_gets_a_free_bit_and_a_deleted_one_leaves_no_bit(editor):
    data = {"name": "New", "slug": "new", "description": "What it is.", "synonyms": ""}
    post(editor, "/admin/directory/specialty/add/", data)
    specialty = Specialty.objects.get()
    assert specialty.bit == 62
    make_practitioner(specialties=[specialty], office=make_office())
    post(editor, f"/admin/directory/specialty/{specialty.pk}/delete/", {"post": "yes"})
    assert SearchEntry.objects.get().specialty_mask == 0


@pytest.mark.usefixtures("small_gazetteer")
def test_gazetteer_is_only_looked_at(editor):
    place = Place.objects.first()
    assert editor.get("/admin/directory/place/?q=brook").status_code == 200
    assert editor.get(f"/admin/directory/place/{place.pk}/change/").status_code == 200
    assert editor.get("/admin/directory/place/add/").status_code == 403
    assert editor.post(f"/admin/directory/place/{place.pk}/delete/").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_as_many_queries_for_one_row_as_for_three(
    editor, count, django_assert_max_num_queries
):
    for _ in range(count):
        practitioner = make_practitioner(specialties=[make_specialty()], office=make_office())
        make_affiliation(practitioner, make_office())
        make_language()
        make_insurer()
    for name, queries in (
        ("practitioner", 8),
        ("office", 6),
        ("affiliation", 6),
        ("specialty", 6),
        ("insurer", 6),
        ("language", 6),
    ):
        with django_assert_max_num_queries(queries):
            assert editor.get(f"/admin/directory/{name}/").status_code == 200
    assert Affiliation.objects.count() == 2 * count


def test_condition_gets_the_specialties_that_see_it(editor):
    specialty = make_specialty(name="Warm")
    data = {
        "name": "Chilblains",
        "slug": "chilblains",
        "description": "What it is.",
        "synonyms": "cold toes",
        "specialties": [specialty.pk],
    }
    post(editor, "/admin/directory/condition/add/", data)
    assert list(Condition.objects.get().specialties.all()) == [specialty]
    row = editor.get("/admin/directory/condition/?q=toes").content.decode()
    assert '<td class="field-seen_by">Warm</td>' in row


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_conditions_takes_as_many_queries_for_one_as_for_three(
    editor, count, django_assert_max_num_queries
):
    for number in range(count):
        condition = Condition.objects.create(name=f"Condition {number}", slug=f"c-{number}")
        condition.specialties.add(make_specialty())
    with django_assert_max_num_queries(8):
        assert editor.get("/admin/directory/condition/").status_code == 200
