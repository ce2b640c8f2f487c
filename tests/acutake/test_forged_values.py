"""Values that no browser sends get an answer of 400 in the admin, never a 500."""

import pytest
from django.contrib.auth import get_user_model

from tests.directory.factories import make_practitioner
from tests.directory.test_admin import practitioner_data

pytestmark = pytest.mark.django_db

HUGE = "9" * 30
NUL = "a\0b"


@pytest.fixture
def editor(client):
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    return client


@pytest.mark.parametrize("value", [HUGE, "x", NUL])
@pytest.mark.parametrize(
    "address",
    [
        "directory/practitioner/?id__exact={}",
        "directory/practitioner/?specialties__id__exact={}",
        "directory/practitioner/?q={}",
        "directory/practitioner/?p={}",
        "directory/practitioner/{}/change/",
        "directory/office/?q={}",
        "directory/office/?state_code={}",
        "directory/office/pin-map/?latitude={}&zoom=1",
        "directory/office/pin-map/?zoom={}",
        "articles/article/?published_at__year={}",
        "autocomplete/?app_label=directory&model_name=affiliation&field_name=office&term={}",
        "autocomplete/?app_label=directory&model_name=affiliation&field_name=office&p={}",
    ],
)
def test_address_with_an_impossible_value_is_answered(editor, address, value):
    assert editor.get(f"/admin/{address.format(value)}").status_code in {200, 302, 400, 403, 404}


@pytest.mark.parametrize("value", [HUGE, NUL])
@pytest.mark.parametrize(
    "field",
    [
        *("specialties", "languages", "npi", "first_visit_fee_usd", "confirmed_on"),
        *("photo_focus_x", "listing", "affiliations-0-office", "affiliations-0-id"),
    ],
)
def test_form_with_an_impossible_value_stores_nothing(editor, field, value):
    practitioner = make_practitioner(name="Zoe Finch", slug="zoe-finch")
    data = {**practitioner_data({"country_code": "US"}), field: value}
    response = editor.post(f"/admin/directory/practitioner/{practitioner.pk}/change/", data)
    practitioner.refresh_from_db()
    assert response.status_code in {200, 400}
    assert practitioner.name == "Zoe Finch"


@pytest.mark.parametrize("value", [HUGE, "-1", "x", NUL])
def test_action_on_an_impossible_row_changes_nothing(editor, value):
    practitioner = make_practitioner()
    data = {"action": "withdraw_selected", "_selected_action": [value]}
    response = editor.post("/admin/directory/practitioner/", data)
    practitioner.refresh_from_db()
    assert (response.status_code in {200, 302, 400}, practitioner.is_listed()) == (True, True)
