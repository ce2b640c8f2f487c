from datetime import date, time

import pytest
from django.urls import reverse

from directory.forms import typed_for
from directory.gazetteer import suggest
from directory.geo import Point
from directory.models import (
    Credential,
    License,
    OpeningHours,
    Practitioner,
    PractitionerPath,
)
from directory.search_index import index_practitioner
from directory.vocabulary import load_vocabulary
from tests.directory.factories import (
    make_affiliation,
    make_insurer,
    make_language,
    make_office,
    make_practitioner,
    make_specialty,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_gazetteer")]

SEARCH = "/acupuncturists/"


def text_of(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def full_practitioner(**fields):
    """One with every fact that a page can show."""
    practitioner = make_practitioner(
        specialties=[make_specialty(), make_specialty()],
        languages=[make_language()],
        insurers=[make_insurer()],
        **fields,
    )
    for office in (make_office(), make_office()):
        affiliation = make_affiliation(practitioner, office)
        for day in (0, 2):
            OpeningHours.objects.create(
                affiliation=affiliation, weekday=day, opens_at=time(9), closes_at=time(17, 30)
            )
    Credential.objects.create(practitioner=practitioner, letters="L.Ac.", name="Licensed")
    License.objects.create(
        practitioner=practitioner, number=f"DEMO-{practitioner.pk}", state_code="NY"
    )
    return practitioner


def test_search_near_a_place_says_where_how_many_and_how_far(client):
    make_practitioner(name="Ada Nearby", letters="L.Ac.", office=make_office())
    make_practitioner(name="Far Away", office=make_office(point=Point(45.5, -122.6)))
    text = text_of(client, SEARCH, where="brooklyn ny")
    assert "Acupuncturists near Brooklyn, New York" in text
    assert "One acupuncturist within 25 miles" in text
    assert "Ada Nearby" in text
    assert "0 miles" in text
    assert "Far Away" not in text
    assert 'href="tel:+17185550123"' in text


def test_search_in_a_state_says_in(client):
    make_practitioner(name="Ada", office=make_office(state_code="VT", city="Burlington"))
    make_practitioner(name="Bea", office=make_office())
    text = text_of(client, SEARCH, where="Vermont")
    assert "One acupuncturist in Vermont" in text
    assert "Bea" not in text


def test_words_are_said_to_be_understood_and_can_be_taken_back(client):
    load_vocabulary()
    text = text_of(client, SEARCH, what="heel pain", where="Brooklyn")
    assert "“heel pain” was understood as" in text
    assert '<a href="?where=Brooklyn">Take that back</a>' in text


def test_unknown_words_are_said_to_be_left_out(client):
    make_practitioner(name="Ada", office=make_office())
    text = text_of(client, SEARCH, what="xyzzy", where="Brooklyn")
    assert "Nobody is called “xyzzy”" in text
    assert "Ada" in text


def test_ambiguous_place_offers_the_others(client):
    text = text_of(client, SEARCH, where="Portland")
    assert "Acupuncturists near Portland, Oregon" in text
    assert '<a href="?where=Portland%2C+Maine">Portland, Maine</a>' in text


def test_corrected_place_is_named(client):
    text = text_of(client, SEARCH, where="Pheonix")
    assert "Showing results for Phoenix, Arizona" in text


def test_unknown_place_shows_nobody_and_offers_near_names(client):
    make_practitioner(name="Ada Nearby", office=make_office())
    text = text_of(client, SEARCH, where="Portlandiana Qx")
    assert "We know no place called “Portlandiana Qx”" in text
    assert "Ada Nearby" not in text
    assert "Search without a place" in text


def test_unknown_place_without_near_names_offers_states_and_keeps_the_words(client):
    make_practitioner(office=make_office())
    text = text_of(client, SEARCH, where="Qwxyzzz", what="sleep")
    assert '<a href="?where=New+York+State&amp;what=sleep">New York</a>' in text


def test_nobody_in_the_radius_shows_the_nearest(client):
    make_practitioner(name="Ada", office=make_office())
    text = text_of(client, SEARCH, where="Boston")
    assert "Nobody within 25 miles" in text
    assert "The nearest is 190 miles away" in text
    assert "Ada" in text


def test_empty_directory_has_a_next_step(client):
    text = text_of(client, SEARCH, where="Brooklyn")
    assert "Nobody in the directory matches all of this yet." in text
    assert f'<a href="{SEARCH}">See everybody</a>' in text


def test_pages_keep_every_parameter(client):
    sleep = make_specialty(slug="sleep", name="Sleep")
    for _ in range(41):
        make_practitioner(specialties=[sleep], office=make_office())
    text = text_of(client, SEARCH, where="Brooklyn", radius="10", specialty="sleep", page="2")
    assert 'href="?where=Brooklyn&amp;radius=10&amp;specialty=sleep&amp;page=1" rel="prev"' in text
    assert 'href="?where=Brooklyn&amp;radius=10&amp;specialty=sleep&amp;page=3" rel="next"' in text
    assert '<ol class="results" start="21">' in text


@pytest.mark.parametrize(
    "query",
    [
        "radius=abc",
        "page=-1",
        "page=99999",
        "page=abc",
        "where=" + "a" * 10_000,
        "what=" + "%F0%9F%92%A5" * 2_500,
        "what=%00&where=%00&radius=%00&specialty=%00&page=%00",
        "what=%ED%A0%80&where=%ED%A0%80&specialty=%ED%A0%80",
        "specialty=a&specialty=b&specialty=" + "c" * 5_000,
        "where=Brooklyn&where=Queens",
        "&".join(f"specialty={number}" for number in range(900)),
    ],
)
def test_bad_input_gets_a_page(client, query):
    make_practitioner(office=make_office())
    response = client.get(f"{SEARCH}?{query}")
    assert response.status_code == 200
    assert b'role="search"' in response.content


def test_bad_radius_is_answered_and_everything_typed_is_kept(client):
    text = text_of(client, SEARCH, what="<b>sleep", where="Brooklyn", radius="abc")
    assert "“abc” is no number of miles" in text
    assert 'value="&lt;b&gt;sleep"' in text
    assert 'value="Brooklyn"' in text


def test_search_with_parameters_is_kept_out_of_indexes(client):
    assert 'content="noindex"' not in text_of(client, SEARCH)
    assert 'content="noindex"' in text_of(client, SEARCH, where="Brooklyn")


def test_facts_that_are_not_stated_are_said_to_be_so(client):
    practitioner = make_practitioner()
    text = text_of(client, SEARCH)
    for words in ("Fees not stated", "Languages not stated", "New patients: not stated"):
        assert words in text
    page = text_of(client, practitioner.get_absolute_url())
    assert page.count("Not stated") == 9
    assert "License not stated" in page
    assert "Not yet confirmed by this practitioner" in page


def test_practitioner_page_shows_the_facts_and_never_the_mail_address(client):
    practitioner = full_practitioner(
        name="Ada Brook",
        letters="L.Ac.",
        email="ada@example.org",
        first_visit_fee_usd=1_140,
        confirmed_on=date(2026, 3, 1),
        statement="One.\n\nTwo <b>three</b>.",
    )
    text = text_of(client, practitioner.get_absolute_url())
    for shown in (
        "Ada Brook",
        "$1,140",
        'Last confirmed on <time datetime="2026-03-01">March 1, 2026</time>',
        "9 AM – 5:30 PM",
        "Closed",
        "Not checked by us",
        "Two &lt;b&gt;three&lt;/b&gt;.",
        "https://www.openstreetmap.org/?mlat=40.6501&amp;mlon=-73.9496#map=17/40.6501/-73.9496",
    ):
        assert shown in text
    assert "ada@example.org" not in text


@pytest.mark.parametrize(
    ("expires_on", "verified_on", "words"),
    [
        (date(2020, 1, 1), None, "Lapsed: its last day was January 1, 2020"),
        (date(2999, 1, 1), date(2026, 2, 3), "valid until January 1, 2999"),
        (None, date(2026, 2, 3), "Checked by our editors on February 3, 2026"),
    ],
)
def test_license_says_whether_it_lapsed_and_who_saw_it(client, expires_on, verified_on, words):
    practitioner = make_practitioner()
    License.objects.create(
        practitioner=practitioner,
        number="DEMO-1",
        state_code="NY",
        expires_on=expires_on,
        verified_on=verified_on,
    )
    assert words in text_of(client, practitioner.get_absolute_url())


def test_old_address_redirects_for_good(client):
    practitioner = make_practitioner(slug="new-name")
    PractitionerPath.objects.create(slug="old-name", practitioner=practitioner)
    response = client.get("/acupuncturists/old-name/")
    assert (response.status_code, response["Location"]) == (301, "/acupuncturists/new-name/")


@pytest.mark.parametrize("listing", [Practitioner.Listing.DRAFT, Practitioner.Listing.WITHDRAWN])
def test_unlisted_practitioner_is_on_no_page(client, listing):
    """The same walk finds somebody who is listed."""
    specialty = make_specialty(slug="sleep")
    for name, state in (("Shown Brook", Practitioner.Listing.LISTED), ("Hidden Brook", listing)):
        practitioner = make_practitioner(
            name=name,
            slug=name.split()[0].lower(),
            listing=state,
            specialties=[specialty],
            office=make_office(name=f"Office of {name}"),
        )
        PractitionerPath.objects.create(slug=f"old-{practitioner.slug}", practitioner=practitioner)
    pages = [
        text_of(client, SEARCH),
        text_of(client, SEARCH, where="Brooklyn"),
        text_of(client, SEARCH, where="New York State"),
        text_of(client, SEARCH, what="brook"),
        text_of(client, SEARCH, where="Boston"),
        text_of(client, "/acupuncturists/specialties/sleep/"),
        text_of(client, "/acupuncturists/in/new-york/"),
    ]
    assert [("Shown Brook" in page, "Hidden Brook" in page) for page in pages] == [
        (True, False)
    ] * len(pages)
    statuses = {
        slug: client.get(f"/acupuncturists/{slug}/").status_code
        for slug in ("shown", "old-shown", "hidden", "old-hidden")
    }
    assert statuses == {"shown": 200, "old-shown": 301, "hidden": 404, "old-hidden": 404}


def test_specialty_list_describes_each(client):
    make_specialty(name="Sleep", description="For bad nights.")
    text = text_of(client, reverse("directory:specialties"))
    assert "For bad nights." in text


@pytest.mark.parametrize(
    "address",
    [
        "/acupuncturists/nobody/",
        "/acupuncturists/specialties/nothing/",
    ],
)
def test_what_is_not_there_is_a_404(client, address):
    assert client.get(address).status_code == 404


def test_what_is_suggested_is_understood(client):
    for prefix in ("brookl", "portl", "new yo", "112", "verm", "springf"):
        for place in suggest(prefix):
            response = client.get(SEARCH, {"where": typed_for(place)})
            assert response.context["criteria"].place == place


def test_state_that_shares_its_name_with_its_city_is_offered_as_a_state(client):
    text = text_of(client, SEARCH, where="New York")
    assert "Acupuncturists near New York City, New York" in text
    assert '<a href="?where=New+York+State">New York State</a>' in text
    assert "Nobody in New York" in text_of(client, SEARCH, where="New York State")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_only_read(client, method):
    assert getattr(client, method)(SEARCH).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_rows(client, count, django_assert_num_queries):
    practitioners = [full_practitioner() for _ in range(count)]
    client.get(SEARCH)
    for address, queries in (
        (SEARCH, 5),
        (f"{SEARCH}?where=Brooklyn", 6),
        (f"{SEARCH}?where=New+York+State", 6),
        (practitioners[0].get_absolute_url(), 15),
        ("/acupuncturists/specialties/", 1),
        ("/acupuncturists/letters/", 1),
    ):
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_results_with_every_filter_need_at_most_12_queries(
    client, count, django_assert_num_queries
):
    specialty, insurer, language = make_specialty(), make_insurer(), make_language()
    for _ in range(count):
        practitioner = make_practitioner(
            specialties=[specialty],
            insurers=[insurer],
            languages=[language],
            first_visit_fee_usd=80,
            has_sliding_scale=True,
            offers_telehealth=True,
        )
        Credential.objects.create(practitioner=practitioner, letters="L.Ac.", name="Licensed")
        License.objects.create(
            practitioner=practitioner,
            number=f"DEMO-{practitioner.pk}",
            state_code="NY",
            verified_on=date(2026, 1, 1),
        )
        office = make_office(is_step_free=True)
        affiliation = make_affiliation(practitioner, office, accepts_new_patients=True)
        OpeningHours.objects.create(
            affiliation=affiliation, weekday=1, opens_at=time(9), closes_at=time(19)
        )
        index_practitioner(practitioner)
    query = {
        "where": "Brooklyn",
        "radius": "50",
        "specialty": specialty.slug,
        "accepting": "1",
        "care": "telehealth",
        "insurer": insurer.slug,
        "language": language.code,
        "hours": "evenings",
        "step_free": "1",
        "sliding": "1",
        "max_fee": "80",
        "verified": "1",
    }
    client.get(SEARCH)
    with django_assert_num_queries(7):
        response = client.get(SEARCH, query)
    assert response.context["results"].total == count
    assert len(response.context["answer"].applied) == 10


def test_no_page_sets_a_cookie(client):
    practitioner = full_practitioner()
    for address in (SEARCH, practitioner.get_absolute_url(), "/acupuncturists/specialties/"):
        assert dict(client.get(address).cookies) == {}


def test_slips_in_both_fields_need_at_most_12_queries(client, django_assert_max_num_queries):
    make_practitioner(
        specialties=[make_specialty(name="Sleep", slug="sleep", synonyms="can't sleep")],
        office=make_office(),
    )
    client.get(SEARCH)
    with django_assert_max_num_queries(12):
        response = client.get(SEARCH, {"where": "Brookyln, New York", "what": "cant slepe"})
    assert response.context["results"].total == 1
    assert response.context["resolution"].is_corrected
