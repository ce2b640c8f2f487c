"""The pages of states, towns and kinds of care."""

import json
import re

import pytest
from django.urls import reverse

from directory.models import Place, Practitioner
from tests.directory.factories import make_office, make_practitioner, make_specialty

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_gazetteer")]

STATE = "/acupuncturists/in/new-york/"
TOWN = "/acupuncturists/in/new-york/brooklyn/"
SPECIALTY = "/acupuncturists/specialties/sleep/"
BOTH = f"{TOWN}sleep/"
PAGES = [STATE, TOWN, SPECIALTY, BOTH]


@pytest.fixture
def sleep():
    return make_specialty(slug="sleep", name="Sleep", description="For bad nights.")


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def in_brooklyn(count, specialty, **fields):
    return [
        make_practitioner(specialties=[specialty], office=make_office(city="Brooklyn"), **fields)
        for _ in range(count)
    ]


def data_of(text):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert len(found) == 1
    return {node["@type"]: node for node in json.loads(found[0])["@graph"]}


def links_in(text, heading):
    """The entries under a heading: (address, name, count and perhaps distance)."""
    section = re.search(rf'<nav aria-labelledby="{heading}">.*?</nav>', text)
    pattern = r'<a href="([^"]*)">([^<]*)</a> <span class="count">([^<]*)</span>'
    return re.findall(pattern, section.group()) if section else []


@pytest.mark.parametrize(("count", "is_indexed"), [(0, False), (2, False), (3, True)])
@pytest.mark.parametrize("address", PAGES)
def test_pages_are_indexed_from_three_on(client, sleep, address, count, is_indexed):
    in_brooklyn(count, sleep)
    in_brooklyn(3, sleep, listing=Practitioner.Listing.WITHDRAWN)
    text = text_of(client, address)
    assert ('content="noindex"' not in text) == is_indexed
    assert f'<link rel="canonical" href="http://testserver{address}">' in text


@pytest.mark.parametrize("address", PAGES)
def test_pages_list_and_count_those_who_belong_there(client, sleep, address):
    other = make_specialty(name="Laser")
    here = in_brooklyn(3, sleep)
    away = make_practitioner(
        name="Far Away", specialties=[other], office=make_office(city="Boston", state_code="MA")
    )
    response = client.get(address)
    assert {row.practitioner for row in response.context["results"].rows} == set(here)
    assert response.context["results"].total == 3
    assert away.name not in response.content.decode()


def test_town_means_the_town_itself_and_not_a_circle(client, sleep):
    in_brooklyn(1, sleep, name="Ada Inside")
    make_practitioner(name="Bea Across", office=make_office(city="Manhattan"))
    text = text_of(client, TOWN)
    assert ("Ada Inside" in text, "Bea Across" in text) == (True, False)
    assert "One acupuncturist in Brooklyn, New York" in text
    near = [("/acupuncturists/in/new-york/manhattan/", "Manhattan", "1, 9.3 miles")]
    assert links_in(text, "neighbors") == near


def test_introduction_is_made_of_the_facts(client, sleep):
    in_brooklyn(2, sleep, first_visit_fee_usd=80)
    in_brooklyn(1, sleep, first_visit_fee_usd=140)
    text = text_of(client, TOWN)
    assert "3 acupuncturists have an office in Brooklyn." in text
    assert "What they offer most is Sleep (3)." in text
    assert "A first visit costs from $80 to $140 with the 3 who state a fee" in text
    elsewhere = text_of(client, "/acupuncturists/in/new-york/manhattan/")
    assert "A first visit costs" not in elsewhere


def test_state_leads_to_its_towns_kinds_of_care_and_neighbors(client, sleep):
    in_brooklyn(2, sleep)
    make_practitioner(specialties=[sleep], office=make_office(city="Manhattan"))
    make_practitioner(office=make_office(city="Boston", state_code="MA"))
    text = text_of(client, STATE)
    assert "3 acupuncturists have offices in 2 towns of New York." in text
    assert links_in(text, "towns") == [
        (TOWN, "Brooklyn", "2"),
        ("/acupuncturists/in/new-york/manhattan/", "Manhattan", "1"),
    ]
    search = "/acupuncturists/?where=New+York+State&amp;specialty=sleep"
    assert links_in(text, "kinds") == [(search, "Sleep", "3")]
    assert links_in(text, "neighbors") == [
        ("/acupuncturists/in/massachusetts/", "Massachusetts", "1")
    ]


def test_specialty_says_what_it_is_and_is_not_and_where_it_is_offered(client, sleep):
    sleep.limits, sleep.first_visit = "No test for apnea.", "Bring notes."
    sleep.save()
    in_brooklyn(2, sleep)
    for address in (SPECIALTY, BOTH):
        text = text_of(client, address)
        for words in ("For bad nights.", "No test for apnea.", "Bring notes."):
            assert words in text
    text = text_of(client, SPECIALTY)
    assert '<input type="hidden" name="specialty" value="sleep">' in text
    assert links_in(text, "towns") == [(BOTH, "Brooklyn, New York", "2")]
    search = "/acupuncturists/?where=New+York+State&amp;specialty=sleep"
    assert links_in(text, "states") == [(search, "New York", "2")]


def test_town_and_specialty_lead_to_each_other(client, sleep):
    laser = make_specialty(slug="laser", name="Laser")
    in_brooklyn(2, sleep)
    in_brooklyn(1, laser)
    make_practitioner(specialties=[sleep], office=make_office(city="Manhattan"))
    make_practitioner(specialties=[laser], office=make_office(city="Queens"))
    assert links_in(text_of(client, TOWN), "kinds") == [
        (BOTH, "Sleep", "2"),
        (f"{TOWN}laser/", "Laser", "1"),
    ]
    text = text_of(client, BOTH)
    assert links_in(text, "kinds") == [(f"{TOWN}laser/", "Laser", "1")]
    manhattan = "/acupuncturists/in/new-york/manhattan/sleep/"
    assert links_in(text, "neighbors") == [(manhattan, "Manhattan", "1, 9.3 miles")]
    assert f'<a href="{SPECIALTY}">' in text


@pytest.mark.parametrize("address", PAGES)
def test_every_link_on_a_page_leads_to_as_many_as_it_says(client, sleep, address):
    in_brooklyn(2, sleep)
    make_practitioner(specialties=[sleep], office=make_office(city="Manhattan"))
    make_practitioner(specialties=[sleep], office=make_office(city="Boston", state_code="MA"))
    text = text_of(client, address)
    entries = [
        entry
        for heading in ("towns", "kinds", "neighbors", "states")
        for entry in links_in(text, heading)
    ]
    told = {href: int(count.partition(",")[0]) for href, _name, count in entries}
    assert told
    assert {
        href: client.get(href.replace("&amp;", "&")).context["results"].total for href in told
    } == told


def test_nobody_is_an_honest_zero_with_the_nearest_who_do(client, sleep):
    make_practitioner(name="Ada Nearby", specialties=[sleep], office=make_office(city="Manhattan"))
    make_practitioner(name="Bea Other", office=make_office(city="Manhattan"))
    text = text_of(client, BOTH)
    assert "Nobody in Brooklyn, New York" in text
    assert "Nobody with an office in Brooklyn itself offers it yet." in text
    assert ("Ada Nearby" in text, "Bea Other" in text) == (True, False)
    assert "ItemList" not in text


@pytest.mark.parametrize("address", PAGES)
def test_second_page_has_an_address_of_its_own(client, sleep, address):
    in_brooklyn(21, sleep)
    text = text_of(client, f"{address}?page=2&utm_source=x")
    assert f'<link rel="canonical" href="http://testserver{address}?page=2">' in text
    assert 'content="noindex"' not in text
    assert '<a href="?page=1" rel="prev">' in text
    assert data_of(text)["ItemList"]["itemListElement"][0]["position"] == 21
    first, beyond = text_of(client, address), text_of(client, f"{address}?page=99")
    assert '<a href="?page=2" rel="next">' in first
    assert f'href="http://testserver{address}?page=2">' in beyond
    titles = {re.search("<title>(.*?)</title>", page).group(1) for page in (first, text)}
    assert len(titles) == 2


@pytest.mark.parametrize("address", PAGES)
def test_data_for_machines_says_what_the_page_says(client, sleep, address):
    in_brooklyn(2, sleep)
    evil = "</script><b>Ada & <!--"
    in_brooklyn(1, sleep, name=evil)
    text = text_of(client, address)
    data = data_of(text)
    assert set(data) == {"BreadcrumbList", "ItemList"}
    shown = re.findall(r'<h3 class="result__name"><a href="([^"]*)">', text)
    listed = data["ItemList"]["itemListElement"]
    assert [entry["url"] for entry in listed] == [f"http://testserver{path}" for path in shown]
    assert [entry["position"] for entry in listed] == [1, 2, 3]
    assert evil in {entry["name"] for entry in listed}
    trail = data["BreadcrumbList"]["itemListElement"]
    crumbs = re.search(r'<nav class="breadcrumb".*?</nav>', text).group()
    assert [step["name"] for step in trail] == re.findall(r">([^<>]+)</(?:a|li)>", crumbs)
    assert trail[-1]["item"] == f"http://testserver{address}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/acupuncturists/in/ny/", STATE),
        ("/acupuncturists/in/ny/brooklyn/", TOWN),
        ("/acupuncturists/in/ny/bklyn/sleep/", BOTH),
        ("/acupuncturists/in/new-york/bklyn/", TOWN),
        ("/acupuncturists/in/new-york/bklyn/sleep/", BOTH),
        ("/acupuncturists/in/texas/ft-worth/", "/acupuncturists/in/texas/fort-worth/"),
    ],
)
def test_another_spelling_redirects_for_good(client, sleep, typed, meant):
    response = client.get(typed)
    assert (response.status_code, response["Location"]) == (301, meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/acupuncturists/specialties/rest/", "/acupuncturists/specialties/sleep/"),
        ("/acupuncturists/specialties/rest/?page=2", "/acupuncturists/specialties/sleep/?page=2"),
        ("/acupuncturists/in/new-york/brooklyn/rest/?page=2", f"{BOTH}?page=2"),
        ("/acupuncturists/in/ny/bklyn/rest/", BOTH),
    ],
)
def test_old_slug_of_a_specialty_redirects_in_one_step(client, sleep, typed, meant):
    for slug in ("rest", "insomnia"):
        sleep.paths.create(slug=slug)
    response = client.get(typed)
    assert (response.status_code, response["Location"]) == (301, meant)
    assert client.get(meant).status_code == 200


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("/acupuncturists/in/atlantis/", "no page for “<bdi>atlantis</bdi>”"),
        ("/acupuncturists/in/New-York/", "no page for “<bdi>New York</bdi>”"),
        ("/acupuncturists/in/ontario-canada/", "no page for “<bdi>ontario canada</bdi>”"),
        ("/acupuncturists/in/NY/", "no page for “<bdi>NY</bdi>”"),
        ("/acupuncturists/in/NY/brooklyn/", "no page for “<bdi>brooklyn NY</bdi>”"),
        ("/acupuncturists/specialties/quackery/", "no kind of care called “<bdi>quackery</bdi>”"),
        ("/acupuncturists/in/zz/", "no page for “<bdi>zz</bdi>”"),
        ("/acupuncturists/in/atlantis/brooklyn/", "no page for “<bdi>brooklyn atlantis</bdi>”"),
        (f"{STATE}xyzzy/", "no page for “<bdi>xyzzy, New York</bdi>”"),
        (f"{STATE}xyzzy/sleep/", "no page for “<bdi>xyzzy, New York</bdi>”"),
        (f"{STATE}Brooklyn/", "no page for “<bdi>Brooklyn, New York</bdi>”"),
        (f"{STATE}11201/", "no page for “<bdi>11201, New York</bdi>”"),
        (f"{TOWN}quackery/", "no kind of care called “<bdi>quackery</bdi>”"),
    ],
)
def test_what_is_not_there_is_a_404_with_help(client, sleep, typed, sentence):
    text = text_of(client, typed, status=404)
    assert sentence in text
    assert 'content="noindex"' in text
    assert f'action="{reverse("directory:search")}"' in text
    assert f'<a href="{reverse("directory:states")}">' in text


@pytest.mark.parametrize("typed", [f"{STATE}Brooklyn/", f"{STATE}brooklyne/", f"{TOWN}quackery/"])
def test_page_that_may_have_been_meant_is_offered(client, typed):
    text = text_of(client, typed, status=404)
    assert f'<a href="{TOWN}">Acupuncturists in Brooklyn, New York</a>' in text


def test_list_of_states_counts_all_of_them(client):
    make_practitioner(office=make_office(state_code="VT", city="Burlington"))
    text = text_of(client, "/acupuncturists/in/")
    states = Place.objects.filter(country_code="US", kind=Place.Kind.STATE)
    assert text.count('<span class="count">') == states.count() == 51
    assert '<a href="/acupuncturists/in/vermont/">Vermont</a> <span class="count">1</span>' in text


def test_register_of_the_state_is_named_where_there_is_one(client):
    assert "licenses for acupuncture are looked up at the" in text_of(client, STATE)
    assert "We know of no register in Alabama" in text_of(client, "/acupuncturists/in/alabama/")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("count", [1, 30])
def test_at_most_12_queries_for_any_number_of_rows(
    client, sleep, address, count, django_assert_max_num_queries
):
    in_brooklyn(count, sleep)
    for city in ("Manhattan", "Queens")[: count // 2]:
        make_practitioner(specialties=[sleep], office=make_office(city=city))
    client.get(address)
    with django_assert_max_num_queries(12) as asked:
        client.get(address)
    before = len(asked)
    in_brooklyn(3, sleep)
    client.get(address)
    with django_assert_max_num_queries(12) as asked:
        client.get(address)
    assert len(asked) == before


@pytest.mark.parametrize("address", [STATE, TOWN, BOTH])
def test_at_most_12_queries_for_nobody_and_the_nearest(
    client, sleep, address, django_assert_max_num_queries
):
    for _ in range(4):
        office = make_office(city="Boston", state_code="MA")
        make_practitioner(specialties=[sleep], office=office)
    client.get(address)
    with django_assert_max_num_queries(12):
        assert "Boston" in client.get(address).text


@pytest.mark.parametrize("address", PAGES)
def test_no_page_sets_a_cookie_or_is_written_to(client, sleep, address):
    assert client.post(address).status_code == 405
    client.get(address)
    assert dict(client.cookies) == {}
