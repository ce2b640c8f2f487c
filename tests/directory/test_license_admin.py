"""The queue of licenses, the form for a check, and what a check leaves behind."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db.models import ProtectedError
from django.utils import timezone

from directory.models import License, SearchEntry, Verification
from tests.directory.factories import make_office, make_practitioner
from tests.directory.test_admin import formset, practitioner_data

pytestmark = pytest.mark.django_db

QUEUE = "/admin/directory/license/"
REGISTER = "https://www.op.nysed.gov/verification-search"
LAST_DAY = date(2999, 12, 31)


@pytest.fixture
def user():
    return get_user_model().objects.create_superuser("desk-account", first_name="Juno")


@pytest.fixture
def editor(client, user):
    client.force_login(user)
    return client


@pytest.fixture
def held():
    return make_license(make_practitioner(office=make_office()))


def make_license(practitioner, **fields):
    defaults = {"number": "DEMO-1", "state_code": "NY", "expires_on": LAST_DAY}
    return practitioner.licenses.create(**{**defaults, **fields})


def license_data(**fields):
    return {
        "number": "DEMO-1",
        "state_code": "NY",
        "expires_on": LAST_DAY.isoformat(),
        "verified_on": "",
        "source_url": REGISTER,
        "verification_note": "",
        **formset("verifications"),
        **fields,
    }


def save(editor, held, **fields):
    """The answer to the form, and the license as it is stored then."""
    response = editor.post(f"{QUEUE}{held.pk}/change/", license_data(**fields), follow=True)
    held.refresh_from_db()
    return response


def verify(editor, held, verified_on="2026-05-01"):
    response = save(editor, held, verified_on=verified_on)
    assert held.verified_on == date.fromisoformat(verified_on)
    return response


def errors_of(response):
    return {name: list(found) for name, found in response.context["adminform"].form.errors.items()}


def test_check_records_day_source_and_editor_and_is_searched_at_once(editor, user, held):
    assert SearchEntry.objects.get().verified_until is None
    verify(editor, held)
    assert (held.verified_by, held.source_url) == (user, REGISTER)
    kept = Verification.objects.get()
    assert (kept.license, kept.verified_by, kept.source_url) == (held, user, REGISTER)
    assert (kept.state_code, kept.number) == ("NY", "DEMO-1")
    assert (kept.verified_on, kept.valid_until) == (date(2026, 5, 1), LAST_DAY)
    assert SearchEntry.objects.get().verified_until == LAST_DAY


def test_unverified_license_comes_with_the_register_of_its_state(editor, held):
    form = editor.get(f"{QUEUE}{held.pk}/change/")
    assert form.context["adminform"].form["source_url"].value() == REGISTER
    assert f'<a href="{REGISTER}" rel="noreferrer">New York State' in form.content.decode()


def test_register_that_was_not_used_is_no_source(editor, held):
    save(editor, held, number="DEMO-2")
    assert (held.number, held.verified_on, held.source_url) == ("DEMO-2", None, "")
    assert Verification.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"verified_on": "2999-01-01"},
            {"verified_on": ["A check cannot be in the future."]},
        ),
        (
            {"verified_on": "2026-05-01", "source_url": ""},
            {"source_url": ["Say where you looked it up, or in the note how."]},
        ),
        (
            {"verification_note": "By telephone"},
            {"verified_on": ["Say on which day you looked it up."]},
        ),
    ],
)
def test_check_without_its_parts_is_refused_and_loses_nothing(editor, held, fields, expected):
    response = save(editor, held, **fields)
    assert errors_of(response) == expected
    for name, value in fields.items():
        assert response.context["adminform"].form[name].value() == value
    assert (held.verified_on, Verification.objects.count()) == (None, 0)


def test_note_is_enough_where_there_is_no_register(editor, held):
    save(editor, held, verified_on="2026-05-01", source_url="", verification_note="By telephone")
    assert held.verification_note == Verification.objects.get().note == "By telephone"


@pytest.mark.parametrize(
    "changed", [{"number": "DEMO-9"}, {"state_code": "nj"}, {"expires_on": "2998-12-31"}]
)
def test_changed_license_has_to_be_looked_up_again(editor, held, changed):
    verify(editor, held)
    response = save(editor, held, verified_on="2026-05-01", **changed)
    assert "its earlier check no longer counts" in response.content.decode()
    assert (held.verified_on, held.verified_by, held.source_url) == (None, None, "")
    assert Verification.objects.count() == 1
    assert SearchEntry.objects.get().verified_until is None


def test_changed_license_with_a_new_day_is_checked_as_it_is_now(editor, held):
    verify(editor, held)
    save(editor, held, verified_on="2026-05-02", expires_on="2998-12-31")
    assert held.verified_on == date(2026, 5, 2)
    ends = Verification.objects.order_by("pk").values_list("valid_until", flat=True)
    assert list(ends) == [LAST_DAY, date(2998, 12, 31)]


def test_saving_without_a_change_records_no_second_check(editor, held):
    verify(editor, held)
    save(editor, held, verified_on="2026-05-01")
    assert Verification.objects.count() == 1


def test_emptied_day_takes_the_check_back_and_keeps_the_history(editor, held):
    verify(editor, held)
    save(editor, held, verified_on="")
    assert (held.verified_on, held.verified_by, Verification.objects.count()) == (None, None, 1)


def test_check_on_the_practitioners_screen_counts_the_same(editor, user, held):
    practitioner = held.practitioner
    row = license_data(id=held.pk, verified_on="2026-05-01")
    data = practitioner_data(**formset("licenses", row, initial=1))
    address = f"/admin/directory/practitioner/{practitioner.pk}/change/"
    assert editor.post(address, data).status_code == 302
    held.refresh_from_db()
    assert (held.verified_by, Verification.objects.get().verified_by) == (user, user)

    row["number"] = "DEMO-2"
    data = practitioner_data(**formset("licenses", row, initial=1))
    response = editor.post(address, data, follow=True)
    assert "its earlier check no longer counts" in response.content.decode()
    held.refresh_from_db()
    assert (held.number, held.verified_on) == ("DEMO-2", None)


def test_new_license_can_be_checked_when_it_is_added(editor, user):
    row = license_data(verified_on="2026-05-01")
    data = practitioner_data(**formset("licenses", row))
    assert editor.post("/admin/directory/practitioner/add/", data).status_code == 302
    assert License.objects.get().verified_by == Verification.objects.get().verified_by == user


def test_slower_of_two_editors_is_told_and_overwrites_nothing(editor, held):
    opened = editor.get(f"{QUEUE}{held.pk}/change/").context["adminform"].form["seen"].value()
    save(editor, held, number="DEMO-2")

    response = save(editor, held, verified_on="2026-05-01", seen=opened)
    assert "It is now NY DEMO-2, valid until Dec. 31, 2999" in response.content.decode()
    assert (held.number, held.verified_on) == ("DEMO-2", None)
    form = response.context["adminform"].form
    assert (form["number"].value(), form["verified_on"].value()) == ("DEMO-1", "2026-05-01")

    save(editor, held, verified_on="2026-05-01", number="DEMO-2", seen=form["seen"].value())
    assert (held.number, held.verified_on) == ("DEMO-2", date(2026, 5, 1))


def test_queue_begins_with_those_that_wait_longest(editor):
    practitioner = make_practitioner()
    for number, verified_on in enumerate([date(2026, 5, 1), None, date(2026, 4, 1), None]):
        make_license(practitioner, number=f"DEMO-{number}", verified_on=verified_on)
    assert numbers(editor, "") == ["DEMO-1", "DEMO-3", "DEMO-2", "DEMO-0"]


def test_filters_narrow_to_what_waits(editor):
    today, day = timezone.localdate(), timedelta(days=1)
    for listing in ("listed", "withdrawn"):
        person = make_practitioner(listing=listing)
        for name, expires_on, verified_on in (
            ("new", None, None),
            ("gone", today - day, today),
            ("soon", today, today),
            ("old", None, today - 366 * day),
            ("fine", None, today),
        ):
            make_license(
                person, number=f"{listing}-{name}", expires_on=expires_on, verified_on=verified_on
            )
    assert {
        standing: numbers(editor, f"standing={standing}")
        for standing in ("unverified", "lapsed", "expiring", "again")
    } == {
        "unverified": ["listed-new"],
        "lapsed": ["listed-gone"],
        "expiring": ["listed-soon"],
        "again": ["listed-old"],
    }
    assert len(numbers(editor, "standing=nonsense")) == 10


@pytest.mark.parametrize("typed", ["DEMO-7", "demo-7", "ZOE ohare", "O’Hare"])
def test_search_finds_a_number_or_a_name(editor, typed):
    make_license(make_practitioner(name="Zoë O’Hare Willowbrook"), number="DEMO-7")
    make_license(make_practitioner(name="Somebody Else"), number="DEMO-8")
    assert numbers(editor, {"q": typed}) == ["DEMO-7"]


def test_license_is_added_on_its_practitioners_screen_only(editor):
    assert editor.get(f"{QUEUE}add/").status_code == 403


def test_history_is_read_and_never_sent_back(editor, held):
    verify(editor, held)
    kept = Verification.objects.get()
    row = {"id": kept.pk, "license": held.pk, "note": "Forged", "DELETE": "on"}
    save(editor, held, verified_on="2026-05-01", **formset("verifications", row, initial=1))
    assert list(Verification.objects.values_list("note", flat=True)) == [""]


def test_account_that_checked_something_is_never_deleted(editor, user, held):
    verify(editor, held)
    with pytest.raises(ProtectedError):
        user.delete()


def test_deleted_license_is_no_reason_to_be_found(editor, held):
    verify(editor, held)
    assert editor.post(f"{QUEUE}{held.pk}/delete/", {"post": "yes"}).status_code == 302
    assert SearchEntry.objects.get().verified_until is None


@pytest.mark.parametrize("count", [1, 3])
def test_queue_takes_as_many_queries_for_one_as_for_three(editor, count, django_assert_num_queries):
    for number in range(count):
        make_license(make_practitioner(), number=f"DEMO-{number}")
    editor.get(QUEUE)
    with django_assert_num_queries(5):
        assert editor.get(QUEUE).status_code == 200


def numbers(editor, query):
    address = f"{QUEUE}?{query}" if isinstance(query, str) else QUEUE
    response = editor.get(address, query if isinstance(query, dict) else None)
    return [held.number for held in response.context["cl"].result_list]
