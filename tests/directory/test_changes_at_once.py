"""Whatever an editor changes, the search and the public page follow with the same request."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model

from directory.criteria import Criteria
from directory.models import Affiliation, Language, Office, Practitioner, SearchEntry
from directory.search import search
from directory.understanding import Wish
from tests.directory.factories import (
    make_affiliation,
    make_insurer,
    make_language,
    make_office,
    make_practitioner,
    make_specialty,
)
from tests.directory.test_admin import affiliation_row, formset, office_data, practitioner_data
from tests.directory.test_listing_desk import photo

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADMIN = "/admin/directory/"


@pytest.fixture
def editor(client):
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    return client


@pytest.fixture
def ada():
    return make_practitioner(
        name="Ada Brook",
        slug="ada-brook",
        letters="L.Ac.",
        office=make_office(name="Half Moon"),
        specialties=[make_specialty(name="Warm", slug="warm")],
        languages=[make_language(name="Tamil")],
        insurers=[make_insurer(name="Payer")],
    )


def post(client, path, **data):
    response = client.post(f"{ADMIN}{path}", data)
    assert response.status_code == 302, response.context["errors"]


def change(client, practitioner, *rows, initial=0, **fields):
    fields = {"name": "Ada Brook", "slug": "ada-brook", **fields}
    data = practitioner_data(*rows, initial=initial, **fields)
    post(client, f"practitioner/{practitioner.pk}/change/", **data)


def rows_for(words):
    return search(Criteria(wish=Wish(words, name_words=tuple(words.split()))), at=AT).rows


def found(words):
    return [row.practitioner.name for row in rows_for(words)]


def page(client):
    return client.get("/acupuncturists/ada-brook/")


def offices_found():
    rows = SearchEntry.objects.order_by("pk").values_list("affiliation__office__name", flat=True)
    return list(rows)


def masks():
    columns = ("specialty_mask", "insurer_mask", "language_mask")
    return [tuple(map(bool, row)) for row in SearchEntry.objects.values_list(*columns)]


def test_new_name_is_found_and_the_old_one_is_not(editor, ada):
    change(editor, ada, affiliation_row(ada.affiliations.get()), initial=1, name="Zoe Finch")
    assert (found("zoe finch"), found("ada brook")) == (["Zoe Finch"], [])
    assert "Zoe Finch" in page(editor).content.decode()


def test_withdrawn_listing_is_nowhere(editor, ada):
    row = affiliation_row(ada.affiliations.get())
    change(editor, ada, row, initial=1, listing="withdrawn")
    assert (found("ada brook"), page(editor).status_code) == ([], 404)


def test_office_taken_out_of_the_form_is_nowhere(editor, ada):
    row = affiliation_row(ada.affiliations.get(), DELETE="on")
    change(editor, ada, row, initial=1)
    assert (offices_found(), found("half moon")) == ([None], [])
    assert "Half Moon" not in page(editor).content.decode()


def test_facts_taken_back_leave_no_bit(editor, ada):
    change(editor, ada, affiliation_row(ada.affiliations.get()), initial=1)
    assert masks() == [(False, False, False)]


@pytest.mark.parametrize("is_bulk", [True, False])
def test_deleted_practitioner_is_nowhere(editor, ada, is_bulk):
    if is_bulk:
        data = {"action": "delete_selected", "_selected_action": ada.pk, "post": "yes"}
        post(editor, "practitioner/", **data)
    else:
        post(editor, f"practitioner/{ada.pk}/delete/", post="yes")
    assert (found("ada brook"), SearchEntry.objects.count()) == ([], 0)
    assert page(editor).status_code == 404


@pytest.mark.parametrize("is_bulk", [True, False])
def test_deleted_office_is_no_word_and_no_row(editor, ada, is_bulk):
    office = Office.objects.get()
    if is_bulk:
        data = {"action": "delete_selected", "_selected_action": office.pk, "post": "yes"}
        post(editor, "office/", **data)
    else:
        post(editor, f"office/{office.pk}/delete/", post="yes")
    assert (offices_found(), found("half moon")) == ([None], [])


def test_renamed_office_is_found_by_its_new_name(editor, ada):
    affiliation = ada.affiliations.get()
    row = affiliation_row(affiliation)
    data = office_data(row, initial=1, name="Full Moon", latitude="45.5", longitude="-122.6")
    post(editor, f"office/{affiliation.office_id}/change/", **data)
    assert (found("full moon"), found("half moon")) == (["Ada Brook"], [])
    assert list(SearchEntry.objects.values_list("latitude", "longitude")) == [(45.5, -122.6)]


def test_somebody_added_on_the_page_of_an_office_is_found_there(editor, ada):
    office = make_office(name="Full Moon")
    row = {"practitioner": ada.pk, "phone": "", "accepts_new_patients": "unknown"}
    data = office_data(row, name="Full Moon", latitude="45.5", longitude="-122.6")
    post(editor, f"office/{office.pk}/change/", **data)
    assert sorted(offices_found()) == ["Full Moon", "Half Moon"]


@pytest.mark.parametrize("is_bulk", [True, False])
def test_deleted_affiliation_is_no_row(editor, ada, is_bulk):
    affiliation = Affiliation.objects.get()
    if is_bulk:
        data = {"action": "delete_selected", "_selected_action": affiliation.pk, "post": "yes"}
        post(editor, "affiliation/", **data)
    else:
        post(editor, f"affiliation/{affiliation.pk}/delete/", post="yes")
    assert offices_found() == [None]


def test_practitioner_given_another_office_is_found_there(editor, ada):
    office = make_office(name="Full Moon")
    affiliation = ada.affiliations.get()
    data = affiliation_row(affiliation, office=office.pk)
    post(editor, f"affiliation/{affiliation.pk}/change/", **data)
    assert (offices_found(), found("half moon")) == (["Full Moon"], [])


@pytest.mark.parametrize("is_bulk", [True, False])
@pytest.mark.parametrize(("model", "column"), [("specialty", 0), ("insurer", 1), ("language", 2)])
@pytest.mark.usefixtures("ada")
def test_deleted_word_of_a_list_leaves_no_bit(editor, is_bulk, model, column):
    key = Practitioner.objects.values_list({"specialty": "specialties"}.get(model, f"{model}s"))
    pk = key.get()[0]
    if is_bulk:
        data = {"action": "delete_selected", "_selected_action": pk, "post": "yes"}
        post(editor, f"{model}/", **data)
    else:
        post(editor, f"{model}/{pk}/delete/", post="yes")
    assert masks() == [tuple(number != column for number in range(3))]


@pytest.mark.usefixtures("ada")
def test_renamed_word_of_a_list_is_shown_at_once(editor):
    assert found("ada") == ["Ada Brook"]
    language = Language.objects.get()
    data = {"name": "Thamizh", "code": language.code}
    post(editor, f"language/{language.pk}/change/", **data)
    shown = editor.get("/acupuncturists/?what=ada+brook").content.decode()
    assert ("Thamizh" in shown, "Tamil" in shown) == (True, False)
    assert "Thamizh" in page(editor).content.decode()


@pytest.mark.parametrize(
    ("action", "names"), [("withdraw_selected", []), ("list_selected", ["Ada Brook"])]
)
def test_actions_of_the_list_are_seen_at_once(editor, ada, action, names):
    Practitioner.objects.filter(pk=ada.pk).update(
        listing="listed" if action == "withdraw_selected" else "draft"
    )
    before = Practitioner.objects.get().updated_at
    post(editor, "practitioner/", action=action, _selected_action=ada.pk)
    assert found("ada brook") == names
    assert Practitioner.objects.get().updated_at > before


def test_confirmed_today_is_said_on_the_page(editor, ada):
    assert "Not yet confirmed" in page(editor).content.decode()
    post(editor, "practitioner/", action="confirm_selected", _selected_action=ada.pk)
    assert "Last confirmed on" in page(editor).content.decode()


def test_license_checked_in_the_form_counts_at_once(editor, ada):
    row = affiliation_row(ada.affiliations.get())
    license_row = {
        "number": "1",
        "state_code": "NY",
        "expires_on": "2999-12-31",
        "verified_on": "2026-01-05",
        "source_url": "https://example.org/register",
    }
    change(editor, ada, row, initial=1, **formset("licenses", license_row))
    assert SearchEntry.objects.get().verified_until.year == 2999


def test_photo_is_on_the_page_and_in_the_row_at_once(editor, ada):
    row = affiliation_row(ada.affiliations.get())
    change(editor, ada, row, initial=1, photo=photo(), photo_consent="By mail")
    shown = editor.get("/acupuncturists/?what=ada+brook").content.decode()
    assert "Portrait of Ada Brook" in shown


def test_office_shared_by_two_moves_both(editor, ada):
    other = make_practitioner(name="Zoe Finch", slug="zoe-finch")
    make_affiliation(other, ada.offices.get())
    row = affiliation_row(ada.affiliations.get(), name="Full Moon")
    change(editor, ada, row, initial=1)
    assert sorted(found("full moon")) == ["Ada Brook", "Zoe Finch"]
