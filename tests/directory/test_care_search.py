"""Specialties and conditions by the words of patients."""

import pytest

from directory.care_search import find_care, read_vocabulary
from directory.models import Condition
from tests.directory.factories import make_specialty

pytestmark = pytest.mark.django_db


def make_condition(name, synonyms="", *, seen=True):
    condition = Condition.objects.create(name=name, slug=name.lower(), synonyms=synonyms)
    if seen:
        condition.specialties.add(make_specialty())
    return condition


def found(text):
    care = find_care(text, read_vocabulary())
    return [row.name for row in (*care.conditions, *care.specialties)], care.is_exact


@pytest.mark.parametrize("typed", ["migraine", "Migraines", "acupuncture for migraine", "megrim"])
def test_name_or_a_synonym_is_exact_in_any_form(typed):
    make_condition("Migraine", "megrim\nsick headache")

    assert found(typed) == (["Migraine"], True)


def test_part_of_a_name_is_found_where_nothing_is_called_so():
    make_condition("Frozen shoulder")
    make_specialty(name="Shoulder care", slug="shoulder")

    assert found("shoulder") == (["Frozen shoulder", "Shoulder care"], False)


def test_part_of_a_name_gives_way_to_what_is_called_so():
    make_condition("Frozen shoulder")
    make_condition("Shoulder")

    assert found("shoulder") == (["Shoulder"], True)


@pytest.mark.parametrize("typed", ["", "pain", "chronic", "the", "shoulder elbow"])
def test_words_that_mean_none_find_none(typed):
    make_condition("Shoulder pain that is chronic")

    assert found(typed) == ([], False)


def test_condition_that_nobody_sees_is_not_found():
    make_condition("Migraine", seen=False)

    assert found("migraine") == ([], False)


def test_vocabulary_is_two_queries(django_assert_num_queries):
    make_condition("Migraine")
    with django_assert_num_queries(2):
        read_vocabulary()
