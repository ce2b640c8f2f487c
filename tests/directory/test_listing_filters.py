"""Filters of the editors' lists: whom each leaves."""

import pytest
from django.contrib.auth import get_user_model

from directory.models import Affiliation, Practitioner
from tests.directory.factories import make_affiliation, make_office, make_practitioner

pytestmark = pytest.mark.django_db

# Days before and after every day on which the suite runs.
LONG_AGO, FAR_OFF = "2001-01-01", "2999-12-31"


@pytest.fixture
def editor(client):
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    return client


def shown(editor, model, query):
    page = editor.get(f"/admin/directory/{model}/?{query}")
    return {row.name for row in page.context["cl"].result_list}


@pytest.fixture
def people():
    """One complete listing, and one for every thing that may be missing."""
    complete = make_practitioner(
        name="Complete",
        office=make_office(precision="rooftop"),
        confirmed_on=FAR_OFF,
        photo="portraits/x.jpg",
        photo_consent="By mail",
    )
    complete.licenses.create(number="1", state_code="NY", verified_on=LONG_AGO)
    unverified = make_practitioner(name="Unverified", office=make_office(precision="place"))
    unverified.licenses.create(number="2", state_code="NY", expires_on=FAR_OFF)
    lapsed = make_practitioner(name="Lapsed", confirmed_on=LONG_AGO)
    lapsed.licenses.create(number="3", state_code="NY", expires_on=LONG_AGO, verified_on=LONG_AGO)
    renewed = make_practitioner(name="Renewed", office=make_office(point=None))
    for number, expires_on in (("4", LONG_AGO), ("5", FAR_OFF)):
        renewed.licenses.create(
            number=number, state_code="NY", expires_on=expires_on, verified_on=LONG_AGO
        )
    make_practitioner(name="Empty", listing=Practitioner.Listing.DRAFT)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"Complete", "Unverified", "Lapsed", "Renewed", "Empty"}),
        ("license=unverified", {"Unverified"}),
        ("license=lapsed", {"Lapsed"}),
        ("license=none", {"Empty"}),
        ("confirmed=stale", {"Unverified", "Lapsed", "Renewed", "Empty"}),
        ("confirmed=never", {"Unverified", "Renewed", "Empty"}),
        ("confirmed=current", {"Complete"}),
        ("point=none", {"Lapsed", "Renewed", "Empty"}),
        ("point=rough", {"Unverified"}),
        ("point=no-office", {"Lapsed", "Empty"}),
        ("photo=none", {"Unverified", "Lapsed", "Renewed", "Empty"}),
        ("photo=set", {"Complete"}),
        ("listing__exact=draft", {"Empty"}),
        ("license=unverified&point=rough&confirmed=never", {"Unverified"}),
        ("license=nonsense", {"Complete", "Unverified", "Lapsed", "Renewed", "Empty"}),
    ],
)
def test_list_of_practitioners_is_narrowed(editor, query, names):
    assert shown(editor, "practitioner", query) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"House", "Town", "Nowhere"}),
        ("point=none", {"Nowhere"}),
        ("point=rough", {"Town"}),
        ("point=set", {"House", "Town"}),
        ("people=none", {"Town", "Nowhere"}),
    ],
)
def test_list_of_offices_is_narrowed(editor, query, names):
    make_practitioner(office=make_office(name="House", precision="rooftop"))
    make_office(name="Town", precision="place")
    make_office(name="Nowhere", point=None)
    assert shown(editor, "office", query) == names


def test_somebody_with_several_matching_rows_is_listed_once(editor):
    practitioner = make_practitioner(name="Ada")
    for number in ("1", "2"):
        practitioner.licenses.create(number=number, state_code="NY")
        make_affiliation(practitioner, make_office(precision="place"))
    page = editor.get("/admin/directory/practitioner/?license=unverified&point=rough")
    assert page.context["cl"].result_count == 1
    assert Affiliation.objects.count() == 2


@pytest.mark.parametrize("count", [1, 6])
def test_narrowed_list_takes_as_many_queries_for_one_as_for_six(
    editor, count, django_assert_max_num_queries
):
    for _ in range(count):
        make_affiliation(make_practitioner(office=make_office()), make_office())
    with django_assert_max_num_queries(8):
        editor.get("/admin/directory/practitioner/?license=none&confirmed=stale&q=office")
