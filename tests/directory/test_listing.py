import pytest
from django.core.exceptions import ValidationError

from acutake.lib.old_addresses import remember_slug
from directory import urls
from directory.listing import (
    RESERVED_SLUGS,
    check_slug,
    list_practitioners,
    withdraw_practitioners,
)
from directory.models import Practitioner, PractitionerPath, SearchEntry
from tests.directory.factories import make_office, make_practitioner

pytestmark = pytest.mark.django_db

DRAFT = Practitioner.Listing.DRAFT


@pytest.mark.parametrize("listing", Practitioner.Listing.values)
def test_query_and_method_agree_on_who_is_listed(listing):
    practitioner = make_practitioner(listing=listing)
    assert Practitioner.objects.listed().contains(practitioner) == practitioner.is_listed()


def test_listing_puts_people_into_the_search_at_once():
    people = [make_practitioner(listing=DRAFT, office=make_office()) for _ in range(2)]
    listed = make_practitioner(office=make_office())
    assert SearchEntry.objects.count() == 1
    assert list_practitioners([*people, listed]) == 2
    assert SearchEntry.objects.count() == 3
    assert list_practitioners(people) == 0


def test_withdrawing_takes_people_out_of_the_search_at_once():
    person, other = (make_practitioner(office=make_office()) for _ in range(2))
    assert withdraw_practitioners([person]) == 1
    assert list(SearchEntry.objects.values_list("practitioner_id", flat=True)) == [other.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_listing_takes_as_many_queries_for_one_as_for_three(count, django_assert_num_queries):
    people = [make_practitioner(listing=DRAFT, office=make_office()) for _ in range(count)]
    with django_assert_num_queries(23):
        list_practitioners(people)


def test_old_slugs_lead_to_the_practitioner():
    practitioner = make_practitioner(slug="second")
    remember_slug(practitioner, "first")
    practitioner.slug = "third"
    practitioner.save()
    remember_slug(practitioner, "second")
    assert set(practitioner.paths.values_list("slug", flat=True)) == {"first", "second"}


@pytest.mark.parametrize("slug", ["taken", "old-of-another", *sorted(RESERVED_SLUGS)])
def test_address_of_another_page_is_refused(slug):
    other = make_practitioner(slug="taken")
    other.paths.create(slug="old-of-another")
    with pytest.raises(ValidationError) as caught:
        check_slug(slug, practitioner=make_practitioner())
    assert caught.value.code == "slug_taken"


def test_ones_own_addresses_may_stay():
    practitioner = make_practitioner(slug="mine")
    practitioner.paths.create(slug="mine-before")
    for slug in ("mine", "mine-before", "free"):
        check_slug(slug, practitioner=practitioner)


def test_first_part_of_every_other_address_is_reserved():
    firsts = {str(route.pattern).partition("/")[0] for route in urls.urlpatterns}
    assert firsts - {"", "<slug:slug>"} == RESERVED_SLUGS


def test_slug_that_is_taken_back_is_no_old_one():
    practitioner = make_practitioner(slug="second")
    remember_slug(practitioner, "first")
    practitioner.slug = "first"
    practitioner.save()
    remember_slug(practitioner, "second")
    assert list(PractitionerPath.objects.values_list("slug", flat=True)) == ["second"]
