"""What a process holds follows the table, whoever writes it and whatever is rolled back."""

import numpy as np
import pytest
from django.db import connection, transaction

from directory import census, snapshot
from directory.listing import list_practitioners, withdraw_practitioners
from directory.models import Practitioner, SearchChange, SearchEntry
from directory.search_index import CHANGES_KEPT, index_practitioner, rebuild
from directory.snapshot import current
from tests.directory.factories import (
    make_affiliation,
    make_language,
    make_office,
    make_practitioner,
    make_specialty,
)

pytestmark = pytest.mark.django_db


def people():
    return sorted(current().columns["person"].tolist())


def in_table():
    return sorted(SearchEntry.objects.values_list("practitioner_id", flat=True))


def rows_of(held):
    """Every row as a tuple, in an order that does not depend on how it was read."""
    columns = (np.nan_to_num(held.columns[name], nan=9).tolist() for name in snapshot.TYPES)
    return sorted(zip(*columns, strict=True))


def read_anew():
    snapshot._holder.snapshot = None
    return current()


def test_each_change_is_seen_at_once():
    assert people() == []
    first, second = make_practitioner(office=make_office()), make_practitioner()
    assert people() == [first.pk, second.pk]
    make_affiliation(first, make_office(point=None))
    assert people() == [first.pk, first.pk, second.pk]
    withdraw_practitioners([first])
    assert people() == [second.pk]
    list_practitioners([first])
    assert people() == [first.pk, first.pk, second.pk]
    second.delete()
    index_practitioner(first)
    assert in_table() == [first.pk, first.pk]


def test_what_was_changed_bit_by_bit_equals_what_is_read_anew():
    current()
    for latitude in (40.7, -33.9, 89.99, None, 0.0):
        office = make_office(latitude=latitude, longitude=latitude and 179.99)
        somebody = make_practitioner(specialties=[make_specialty()], office=office)
        current()
    make_affiliation(somebody, make_office())
    held = current()
    assert rows_of(held) == rows_of(read_anew())
    assert held.columns["cell"].tolist() == sorted(held.columns["cell"].tolist())


def test_nothing_is_read_when_nothing_changed(django_assert_num_queries):
    make_practitioner(office=make_office())
    held = current()
    with django_assert_num_queries(1):
        assert current() is held


@pytest.mark.parametrize("count", [1, 30])
def test_changes_are_read_in_a_constant_number_of_queries(count, django_assert_num_queries):
    current()
    for _ in range(count):
        make_practitioner(office=make_office())
    with django_assert_num_queries(8):
        assert len(current()) == count


def test_a_longer_list_is_seen_at_once():
    current()
    specialty, language = make_specialty(), make_language()
    assert current().lists.specialties == (specialty,)
    assert current().lists.languages == (language,)


def test_a_change_that_is_rolled_back_is_forgotten():
    stays = make_practitioner(office=make_office())
    with transaction.atomic():
        make_practitioner(office=make_office())
        assert len(current()) == 2
        transaction.set_rollback(True)
    other = make_practitioner(office=make_office())
    assert people() == [stays.pk, other.pk]


def test_a_rebuild_makes_everything_new():
    make_practitioner(office=make_office())
    current()
    SearchEntry.objects.update(specialty_mask=5)
    assert current().columns["specialty_mask"].tolist() == [0]
    rebuild()
    SearchEntry.objects.update(specialty_mask=5)
    assert current().columns["specialty_mask"].tolist() == [5]


def test_a_process_that_missed_more_than_the_log_holds_reads_everything():
    somebody = make_practitioner(office=make_office())
    current()
    last = SearchChange.objects.order_by("pk").last().pk
    later = range(last + 1, 2 * CHANGES_KEPT)
    SearchChange.objects.bulk_create(
        SearchChange(pk=key, token=1, practitioners=[]) for key in later
    )
    index_practitioner(somebody)
    assert SearchChange.objects.count() == CHANGES_KEPT + 1
    SearchEntry.objects.update(specialty_mask=5)
    assert current().columns["specialty_mask"].tolist() == [5]


def test_without_a_log_every_call_reads_the_table():
    make_practitioner(office=make_office())
    SearchChange.objects.all().delete()
    assert len(current()) == 1
    SearchEntry.objects.all().delete()
    assert len(current()) == 0


def test_people_without_a_point_or_an_office_stand_behind_all_others():
    nowhere = make_practitioner()
    unplaced = make_practitioner(office=make_office(point=None))
    placed = make_practitioner(office=make_office())
    held = current()
    assert held.columns["person"].tolist()[0] == placed.pk
    assert set(held.columns["person"].tolist()[1:]) == {nowhere.pk, unplaced.pk}
    assert Practitioner.objects.count() == len(held)


def test_a_slip_in_one_fee_leaves_the_search_working():
    _least, most = connection.ops.integer_field_range("PositiveIntegerField")
    make_practitioner(first_visit_fee_usd=most - 1, office=make_office())
    assert current().columns["fee_usd"].tolist() == [most - 1]
    assert census.first_visit_fees().highest == most - 1
