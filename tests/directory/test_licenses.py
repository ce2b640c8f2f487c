"""Which licenses: a query and a method give the same answer on every combination of days."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import IntegrityError

from directory.models import CredentialKind, License
from directory.models.credentials import CHECK_AGAIN_AFTER, EXPIRING_WITHIN
from tests.directory.factories import make_practitioner

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 1)
DAY = timedelta(days=1)


@pytest.fixture
def every_combination():
    practitioner = make_practitioner()
    ends = [None, TODAY - DAY, TODAY, TODAY + EXPIRING_WITHIN, TODAY + EXPIRING_WITHIN + DAY]
    checks = [None, TODAY, TODAY - CHECK_AGAIN_AFTER, TODAY - CHECK_AGAIN_AFTER - DAY]
    for number, (expires_on, verified_on) in enumerate(product(ends, checks)):
        practitioner.licenses.create(
            number=f"DEMO-{number}",
            state_code="NY",
            expires_on=expires_on,
            verified_on=verified_on,
            verification_note="seen",
        )


@pytest.mark.usefixtures("every_combination")
def test_query_and_method_agree_on_every_combination():
    rows = set(License.objects.all())
    assert set(License.objects.lapsed(on=TODAY)) == {row for row in rows if row.is_lapsed(on=TODAY)}
    assert set(License.objects.to_check_again(on=TODAY)) == {
        row for row in rows if row.is_to_check_again(on=TODAY)
    }


@pytest.mark.usefixtures("every_combination")
def test_each_kind_of_waiting_has_its_own_licenses():
    assert License.objects.lapsed(on=TODAY).count() == 4
    assert set(License.objects.expiring(on=TODAY).values_list("expires_on", flat=True)) == {
        TODAY,
        TODAY + EXPIRING_WITHIN,
    }
    assert License.objects.to_check_again(on=TODAY).count() == 4
    assert License.objects.unverified().count() == 5


def test_those_that_wait_longest_come_first():
    practitioner = make_practitioner()
    for number, verified_on in enumerate([TODAY, None, TODAY - DAY, None]):
        practitioner.licenses.create(
            number=f"DEMO-{number}", state_code="NY", verified_on=verified_on
        )
    numbers = License.objects.longest_waiting().values_list("number", flat=True)
    assert list(numbers) == ["DEMO-1", "DEMO-3", "DEMO-2", "DEMO-0"]


def test_withdrawn_practitioners_licenses_wait_for_nobody():
    for listing in ("draft", "listed", "withdrawn"):
        make_practitioner(listing=listing).licenses.create(number=listing, state_code="NY")
    numbers = set(License.objects.pertinent().values_list("number", flat=True))
    assert numbers == {"draft", "listed"}


@pytest.mark.parametrize(("low", "high"), [(None, 5), (6, 5)])
def test_hours_out_of_order_cannot_be_stored(low, high):
    with pytest.raises(IntegrityError):
        CredentialKind.objects.create(
            slug="x", letters="X", name="X", hours_low=low, hours_high=high, looked_up_on=TODAY
        )
