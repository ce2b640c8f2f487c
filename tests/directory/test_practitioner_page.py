from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Author, Byline
from directory.geo import Point
from directory.models import Practitioner
from tests.articles.factories import make_article
from tests.directory.factories import (
    make_affiliation,
    make_office,
    make_practitioner,
    make_specialty,
)

pytestmark = pytest.mark.django_db


def text_of(client, practitioner):
    response = client.get(practitioner.get_absolute_url())
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def wrote(practitioner, *, role="author", **fields):
    author, _ = Author.objects.get_or_create(
        slug="ada", defaults={"name": "Ada", "practitioner": practitioner}
    )
    article = make_article(**fields)
    Byline.objects.create(article=article, author=author, role=role)
    return article


def test_night_and_a_day_around_the_clock_are_written_out(client):
    practitioner = make_practitioner(office=make_office())
    hours = practitioner.affiliations.get().opening_hours
    hours.create(weekday=0, opens_at=time(18), closes_at=time(1))
    hours.create(weekday=1, opens_at=time(0), closes_at=time(0))
    text = text_of(client, practitioner)
    assert "6 PM – 1 AM the next day" in text
    assert "Open 24 hours" in text


def test_open_now_says_as_of_when(client):
    practitioner = make_practitioner(office=make_office())
    hours = practitioner.affiliations.get().opening_hours
    for weekday in range(7):
        hours.create(weekday=weekday, opens_at=time(0), closes_at=time(0))
    text = text_of(client, practitioner)
    assert "Open now, around the clock</strong> <span" in text
    assert "as of " in text


def test_middle_of_a_postcode_is_said_to_be_that_and_the_address_is_searched(client):
    office = make_office(precision="postcode", postcode="11201")
    text = text_of(client, make_practitioner(office=office))
    assert "On our map, its number stands in the middle of 11201." in text
    assert (
        "https://www.openstreetmap.org/search?query=12+Bobbin+Street%2C+Brooklyn%2C+NY+11201"
    ) in text


def test_office_without_a_point_has_an_address_and_no_map(client):
    text = text_of(client, make_practitioner(office=make_office(point=None)))
    assert "openstreetmap.org/search?query=12+Bobbin" in text
    assert 'class="map"' not in text
    assert "Nearby alternatives" not in text


def test_who_takes_nobody_new_leads_to_those_who_are_near(client):
    specialty = make_specialty()
    practitioner = make_practitioner(specialties=[specialty])
    make_affiliation(practitioner, make_office(), accepts_new_patients=False)
    assert "Takes no new patients at present.</p>" in text_of(client, practitioner)
    make_practitioner(name="Bea", specialties=[specialty], office=make_office())
    text = text_of(client, practitioner)
    assert 'present. <a href="#alternatives">Who else is near</a>' in text
    assert "Bea" in text


def test_phone_without_a_digit_is_no_link(client):
    practitioner = make_practitioner()
    make_affiliation(practitioner, make_office(), phone="by mail")
    text = text_of(client, practitioner)
    assert (text.count("by mail"), "tel:" in text) == (3, False)


def test_nearest_who_is_far_is_said_to_be_far(client):
    specialty = make_specialty()
    practitioner = make_practitioner(specialties=[specialty], office=make_office(name="Loom House"))
    make_practitioner(specialties=[specialty], office=make_office(point=Point(41.6501, -73.9496)))
    text = text_of(client, practitioner)
    assert "Nobody else is near: the nearest is 69 miles from Loom House." in text


def test_ten_offices_have_two_numbers_at_the_top_and_all_below(client):
    practitioner = make_practitioner()
    for number in range(10):
        make_affiliation(practitioner, make_office(), phone=f"(718) 555-010{number}")
    text = text_of(client, practitioner)
    assert text.count('class="button" href="tel:') == 2
    assert "More numbers with the offices" in text
    assert [f'id="office-{number}"' in text for number in range(1, 12)] == [True] * 10 + [False]


def test_published_articles_of_the_same_person_are_listed_newest_first(client):
    now = timezone.now()
    practitioner = make_practitioner()
    for days, headline in ((3, "Old piece"), (1, "New piece"), (-1, "Scheduled piece")):
        wrote(practitioner, headline=headline, published_at=now - timedelta(days=days))
    wrote(practitioner, headline="Draft piece", status="draft")
    wrote(practitioner, headline="Translated piece", role="translation")
    text = text_of(client, practitioner)
    assert "Articles they wrote" in text
    assert text.index("New piece") < text.index("Old piece")
    unseen = ("Scheduled piece", "Draft piece", "Translated piece")
    assert [headline in text for headline in unseen] == [False] * 3
    assert "Articles they wrote" not in text_of(client, make_practitioner())


def test_author_and_listing_lead_to_each_other_while_listed(client):
    practitioner = make_practitioner(name="Ada Brook")
    for number in range(6):
        wrote(
            practitioner, published_at=datetime(2026, 1, 1 + number, tzinfo=UTC), slug=f"a-{number}"
        )
    assert '<a href="/articles/authors/ada/">Everything by Ada</a>' in text_of(client, practitioner)
    link = f'<a href="{practitioner.get_absolute_url()}">Ada Brook in the directory'
    assert link in client.get("/articles/authors/ada/").content.decode()
    Practitioner.objects.update(listing=Practitioner.Listing.WITHDRAWN)
    page = client.get("/articles/authors/ada/").content.decode()
    assert ("Ada Brook" in page, practitioner.slug in page) == (False, False)


def test_queries_do_not_grow_with_offices_articles_and_neighbors(client):
    specialty = make_specialty()
    practitioner = make_practitioner(specialties=[specialty])
    counts = []
    for rows in (range(4), range(4, 12)):
        for number in rows:
            make_affiliation(practitioner, make_office(point=Point(40.65 + number / 100, -73.95)))
            make_practitioner(specialties=[specialty], office=make_office())
            wrote(practitioner, published_at=datetime(2026, 1, 1 + number, tzinfo=UTC))
        # The search reads its table once after a change, whoever asks.
        client.get("/acupuncturists/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(practitioner.get_absolute_url()).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16
