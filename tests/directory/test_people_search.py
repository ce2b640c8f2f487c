"""Listed practitioners by the words of their listing."""

import pytest

from acutake.lib.terms import query_of
from directory.listing import list_practitioners, withdraw_practitioners
from directory.models import PractitionerTerms
from directory.people_search import (
    count_practitioners,
    find_practitioners,
    practitioners_in_order,
)
from directory.search_index import rebuild
from tests.directory.factories import make_office, make_practitioner

pytestmark = pytest.mark.django_db


def found(text, *, limit=100):
    return find_practitioners(query_of(text), limit=limit)


def test_each_level_has_what_belongs_to_it():
    person = make_practitioner(
        name="Ada Quill",
        letters="L.Ac.",
        statement="I listen.",
        office=make_office(name="Loom", city="Troy", state_code="NY"),
    )

    assert PractitionerTerms.objects.get(pk=person.pk).terms.split() == [
        *("aac", "aada", "al", "alac", "aquill"),
        *("bac", "bada", "bl", "blac", "bloom", "bny", "bquill", "btroy"),
        *("cac", "cada", "ci", "cl", "clac", "clisten", "cloom", "cny", "cquill", "ctroy"),
    ]


def test_people_of_the_same_name_come_in_the_order_of_their_entry():
    made = [make_practitioner(name="Ada Quill").pk for _ in range(3)]

    assert found("quill") == made


def test_order_is_that_of_the_names_whatever_the_accents():
    zoe, eloise, eve = (
        make_practitioner(name=f"{name} Quill") for name in ("Zoe", "Éloïse", "Eve")
    )

    assert found("quill") == [eloise.pk, eve.pk, zoe.pk]


def test_who_is_withdrawn_or_listed_goes_and_comes_at_once():
    person = make_practitioner(name="Ada Quill")
    withdraw_practitioners([person])
    before = found("quill"), count_practitioners(query_of("quill"), limit=9)
    list_practitioners([person])

    assert (before, found("quill")) == (([], 0), [person.pk])


def test_keys_of_the_unlisted_bring_nobody():
    hidden = make_practitioner(name="Ada", listing="draft")

    assert practitioners_in_order([hidden.pk]) == []


def test_rebuild_makes_lost_words_again():
    person = make_practitioner(name="Ada Quill")
    PractitionerTerms.objects.all().delete()
    rebuild()

    assert found("quill") == [person.pk]


def test_no_more_are_found_than_were_asked_for_and_one():
    made = [make_practitioner(name=f"Quill {number}").pk for number in range(5)]

    assert found("quill", limit=2) == made[:3]
    assert count_practitioners(query_of("quill"), limit=2) == 2
