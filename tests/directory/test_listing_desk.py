"""One screen for a listing: offices, hours and photo are saved together, or nothing is."""

from datetime import time

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from directory.geo import Point
from directory.models import Affiliation, Office, OpeningHours, Practitioner, SearchEntry
from tests.directory.factories import make_affiliation, make_office, make_practitioner
from tests.directory.test_admin import affiliation_row, formset, practitioner_data
from tests.pictures import make_picture_file

pytestmark = pytest.mark.django_db

ADD = "/admin/directory/practitioner/add/"
EMPTY = {"country_code": "US", "is_step_free": "unknown", "accepts_new_patients": "unknown"}


@pytest.fixture
def editor(client):
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    return client


def described(**fields):
    """A row that describes an office."""
    office = {"name": "Half Moon", "street": "1 Bobbin St", "city": "Brooklyn", "state_code": "ny"}
    return {**EMPTY, **office, **fields}


def change(practitioner):
    return f"/admin/directory/practitioner/{practitioner.pk}/change/"


def save(client, address, *rows, initial=0, **fields):
    """Sends the form; the response, followed, with what is said at the top of the next page."""
    return client.post(address, practitioner_data(*rows, initial=initial, **fields), follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def row_errors(response):
    forms = response.context["inline_admin_formsets"][0].formset.forms
    return [{name: list(errors) for name, errors in form.errors.items()} for form in forms]


@pytest.mark.usefixtures("small_gazetteer")
def test_two_new_offices_are_saved_with_their_hours_and_found_at_once(editor):
    save(
        editor,
        ADD,
        described(postcode="11201", phone="(718) 555-0101", hours="Mon-Tue 9-12, 13-18"),
        described(name="Full Moon", street="", hours="Fri 6pm-1"),
    )
    practitioner = Practitioner.objects.get()
    facts = [
        (row.office.name, row.office.state_code, row.office.precision, row.phone)
        for row in practitioner.affiliations.all()
    ]
    assert facts == [
        ("Half Moon", "NY", "postcode", "(718) 555-0101"),
        ("Full Moon", "NY", "place", ""),
    ]
    spans = OpeningHours.objects.values_list("weekday", "opens_at", "closes_at")
    assert sorted(spans) == [
        (0, time(9), time(12)),
        (0, time(13), time(18)),
        (1, time(9), time(12)),
        (1, time(13), time(18)),
        (4, time(18), time(1)),
    ]
    assert SearchEntry.objects.filter(latitude__isnull=False).count() == 2
    assert practitioner.search_text == " ada brook half moon full l.ac."


def test_office_of_the_directory_is_chosen(editor):
    office = make_office(name="Half Moon")
    save(editor, ADD, {**EMPTY, "office": office.pk, "phone": "1"})
    assert Affiliation.objects.get().office == office
    assert Office.objects.count() == 1


def test_same_office_described_again_is_the_same_office(editor):
    office = make_office(name="Half Moon", street="1 Bobbin Street", city="Brooklyn")
    response = save(editor, ADD, described(street="1 bobbin street"))
    assert Affiliation.objects.get().office == office
    note = "Half Moon, Brooklyn was in the directory already: it is the same office."
    assert said(response)[0] == note


@pytest.mark.usefixtures("small_gazetteer")
def test_another_street_is_another_office_of_the_same_name(editor):
    make_office(name="Half Moon", street="99 Spool Alley")
    save(editor, ADD, described())
    assert Office.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "errors"),
    [
        (
            described(city=""),
            {"city": ["This field is required."]},
        ),
        (described(hours="Mon 2-6"), {"hours": 1}),
        (
            {**described(), "office": "taken"},
            {"name": ["Choose an office of the directory, or describe another one; not both."]},
        ),
        (
            described(name="Old Moon", is_step_free="true"),
            {
                "name": [
                    "Old Moon, Brooklyn is in the directory already, with other facts: "
                    "choose it above."
                ]
            },
        ),
    ],
)
def test_mistake_is_said_where_it_is_and_keeps_what_was_typed(editor, row, errors):
    office = make_office(name="Old Moon", street="")
    if row.get("office") == "taken":
        row = {**row, "office": office.pk}
    response = save(editor, ADD, row, statement="I press gently.")
    assert Practitioner.objects.count() == 0
    found = row_errors(response)[0]
    assert list(found) == list(errors)
    if "hours" not in errors:
        assert found == errors
    page = response.content.decode()
    assert ("I press gently." in page, row.get("hours", "") in page) == (True, True)


def test_office_cannot_be_described_twice(editor):
    response = save(editor, ADD, described(), described())
    assert row_errors(response)[1] == {"name": ["This office is described twice."]}
    assert Office.objects.count() == 0


def test_office_that_the_person_has_already_cannot_be_added_again(editor):
    practitioner = make_practitioner(office=make_office(name="Half Moon", street="1 Bobbin St"))
    row = affiliation_row(practitioner.affiliations.get())
    response = save(editor, change(practitioner), row, described(), initial=1)
    assert response.context["errors"] == [
        "Please correct the duplicate data for office.",
        ["Please correct the duplicate values below."],
    ]


def test_row_that_is_left_empty_is_no_office(editor):
    save(editor, ADD, EMPTY)
    assert (Practitioner.objects.count(), Office.objects.count()) == (1, 0)


def test_screen_says_who_else_has_the_address_and_finds_them_by_its_new_name(editor):
    office = make_office(name="Half Moon")
    practitioner = make_practitioner(name="Ada Brook", office=office)
    other = make_practitioner(name="Zoe Finch", office=office)
    page = editor.get(change(practitioner)).content.decode()
    assert "Zoe Finch. The name and the address of the office are theirs as well." in page
    row = affiliation_row(practitioner.affiliations.get(), name="New Moon")
    save(editor, change(practitioner), row, initial=1)
    other.refresh_from_db()
    assert other.search_text == " zoe finch new moon"


@pytest.mark.usefixtures("small_gazetteer")
def test_moved_office_gets_the_point_of_its_new_address(editor):
    office = make_office(point=Point(0, 0), precision="place")
    practitioner = make_practitioner(office=office)
    row = affiliation_row(practitioner.affiliations.get(), postcode="11201")
    save(editor, change(practitioner), row, initial=1)
    office.refresh_from_db()
    assert (round(office.latitude), office.precision) == (41, "postcode")


@pytest.mark.usefixtures("small_gazetteer")
def test_pin_that_was_set_stays_and_the_editor_is_told(editor):
    office = make_office(name="Half Moon", point=Point(45.5, -122.6), precision="rooftop")
    practitioner = make_practitioner(office=office)
    row = affiliation_row(practitioner.affiliations.get(), postcode="11201")
    response = save(editor, change(practitioner), row, initial=1)
    office.refresh_from_db()
    assert (office.point, office.precision) == (Point(45.5, -122.6), "rooftop")
    stays, far = said(response)[:2]
    assert (
        stays == "Half Moon has another address, but its pin was set by hand and stayed: check it."
    )
    assert far.startswith("The pin of Half Moon is 24")
    assert far.endswith("miles from Brooklyn, NY 11201: is it right?")


def test_unchanged_form_changes_no_row(editor):
    affiliation = make_affiliation(make_practitioner(slug="ada-brook"), make_office())
    affiliation.opening_hours.create(weekday=0, opens_at=time(9), closes_at=time(12))
    affiliation.opening_hours.create(weekday=2, opens_at=time(9), closes_at=time(12))
    before = list(OpeningHours.objects.values_list("pk"))
    row = affiliation_row(affiliation, hours="Mon 09:00-12:00\r\nWed 09:00-12:00")
    save(editor, change(affiliation.practitioner), row, initial=1)
    assert list(OpeningHours.objects.values_list("pk")) == before


@pytest.mark.parametrize("count", [1, 4])
def test_screen_takes_as_many_queries_for_one_office_as_for_four(
    editor, count, django_assert_max_num_queries
):
    practitioner = make_practitioner()
    for _ in range(count):
        office = make_office()
        make_affiliation(practitioner, office)
        make_affiliation(make_practitioner(), office)
    with django_assert_max_num_queries(24):
        assert editor.get(change(practitioner)).status_code == 200


def test_who_may_only_look_sees_the_facts(client):
    affiliation = make_affiliation(
        make_practitioner(name="Ada Brook"),
        make_office(name="Half Moon", street="1 Bobbin Street", postcode="11201"),
    )
    affiliation.opening_hours.create(weekday=0, opens_at=time(9), closes_at=time(12))
    visitor = get_user_model().objects.create_user("visitor", is_staff=True)
    seen = [f"view_{name}" for name in ("practitioner", "affiliation", "office")]
    visitor.user_permissions.set(Permission.objects.filter(codename__in=seen))
    client.force_login(visitor)
    page = client.get(change(affiliation.practitioner)).content.decode()
    shown = ["Ada Brook", "1 Bobbin Street, Brooklyn, NY 11201", "Mon 09:00-12:00", "Photo kept"]
    assert [words in page for words in shown] == [True, True, True, False]
    assert client.get(f"/admin/directory/office/{affiliation.office_id}/change/").status_code == 200
    assert client.post(change(affiliation.practitioner), {"name": "x"}).status_code == 403


def photo(name="face.jpg"):
    return SimpleUploadedFile(name, make_picture_file("JPEG", size=(400, 300)).read())


def stored():
    return default_storage.listdir("portraits")[1] if default_storage.exists("portraits") else []


def test_photo_is_stored_with_its_squares(editor):
    save(editor, ADD, photo=photo(), photo_consent="By mail, May 1")
    practitioner = Practitioner.objects.get()
    assert practitioner.photo.name.startswith("portraits/ada-brook-")
    assert len(stored()) == 5


def test_photo_outlives_a_mistake_elsewhere(editor):
    response = save(editor, ADD, photo=photo(), photo_consent="By mail", name="")
    form = response.context["adminform"].form
    assert (list(form.errors), stored()) == (["name"], [])
    assert "The photo that you chose is kept" in response.content.decode()
    kept = form["photo_kept"].value()
    save(editor, ADD, photo_kept=kept, photo_consent="By mail")
    assert len(stored()) == 5


@pytest.mark.parametrize("kept", ["*", "AAAA", "é" * 9])
def test_kept_photo_that_was_tampered_with_is_refused(editor, kept):
    response = save(editor, ADD, photo_kept=kept, photo_consent="By mail")
    assert list(response.context["adminform"].form.errors) == ["photo"]


def test_photo_needs_a_word_of_consent(editor):
    response = save(editor, ADD, photo=photo())
    assert response.context["adminform"].form.errors == {
        "photo_consent": ["Say who agreed that the photo is shown, and when."]
    }


def test_photo_is_taken_away_with_its_files(editor, django_capture_on_commit_callbacks):
    save(editor, ADD, photo=photo(), photo_consent="By mail")
    practitioner = Practitioner.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        save(editor, change(practitioner), **{"photo-clear": "on", "photo_consent": "By mail"})
    practitioner.refresh_from_db()
    assert (practitioner.photo.name, stored()) == ("", [])


@pytest.mark.parametrize("is_bulk", [True, False])
def test_deleted_listing_leaves_no_photo(editor, is_bulk, django_capture_on_commit_callbacks):
    save(editor, ADD, photo=photo(), photo_consent="By mail")
    practitioner = Practitioner.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        if is_bulk:
            data = {"action": "delete_selected", "_selected_action": practitioner.pk, "post": "yes"}
            editor.post("/admin/directory/practitioner/", data)
        else:
            editor.post(f"/admin/directory/practitioner/{practitioner.pk}/delete/", {"post": "yes"})
    assert (Practitioner.objects.count(), stored()) == (0, [])


def test_forms_of_an_office_keep_the_hours_of_its_people(editor):
    affiliation = make_affiliation(make_practitioner(), make_office())
    row = affiliation_row(affiliation, hours="daily 24 h")
    office = affiliation.office
    data = {"name": office.name, "city": "Brooklyn", "state_code": "NY", "country_code": "US"}
    data |= {"is_step_free": "unknown", **formset("affiliations", row, initial=1)}
    editor.post(f"/admin/directory/office/{office.pk}/change/", data)
    assert OpeningHours.objects.count() == 7
