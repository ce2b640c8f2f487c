"""A license lapses everywhere at once: on the day after its last one, in the site's time zone."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from acutake.desk import waiting_for
from directory.search_index import index_practitioner
from tests.directory.factories import make_office, make_practitioner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_gazetteer")]

SITE = ZoneInfo("America/New_York")
LAST_DAY = date(2026, 5, 1)
# Both are the second of May in UTC, where the server's clock may be.
LAST_MINUTE = datetime(2026, 5, 1, 23, 59, tzinfo=SITE)
NEXT_MINUTE = datetime(2026, 5, 2, 0, 1, tzinfo=SITE)
STRUCTURED = re.compile(r'<script type="application/ld\+json"[^>]*>(.*?)</script>')


@pytest.fixture
def set_clock(monkeypatch):
    def set_to(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_to


def surfaces(client, chief, address):
    """What every place that speaks of the license says of it, at the moment of the clock."""
    card = text_of(client, "/acupuncturists/?where=brooklyn+ny")
    page = text_of(client, address)
    filtered = text_of(client, "/acupuncturists/?where=brooklyn+ny&verified=1")
    geojson = client.get("/acupuncturists.geojson?where=brooklyn+ny&verified=1").json()
    queue = client.get("/admin/directory/license/?standing=lapsed")
    standing = text_of(client, "/admin/directory/license/")
    desk = {str(line.label): line.count for line in waiting_for(chief, at=timezone.now())}
    return {
        "card": ("License verified</li>" in card, "License lapsed</li>" in card),
        "page": ("valid until May 1, 2026" in page, "its last day was May 1, 2026" in page),
        "JSON-LD": "DEMO-1" in "".join(STRUCTURED.findall(page)),
        "filter": "Ada Lastday" in filtered,
        "geojson": geojson["total"],
        "admin filter": queue.context["cl"].result_count,
        "admin list": "Lapsed</td>" in standing,
        "desk": (desk["Licenses lapsed"], desk["Licenses about to expire"]),
    }


def text_of(client, address):
    return " ".join(client.get(address).content.decode().split())


def test_license_lapses_on_every_surface_in_the_same_minute(client, set_clock):
    chief = get_user_model().objects.create_superuser("chief")
    practitioner = make_practitioner(name="Ada Lastday", office=make_office())
    practitioner.licenses.create(
        number="DEMO-1",
        state_code="NY",
        expires_on=LAST_DAY,
        verified_on=date(2026, 4, 1),
        verification_note="Seen",
    )
    index_practitioner(practitioner)

    set_clock(LAST_MINUTE)
    client.force_login(chief)
    before = surfaces(client, chief, practitioner.get_absolute_url())
    set_clock(NEXT_MINUTE)
    after = surfaces(client, chief, practitioner.get_absolute_url())

    assert before == {
        "card": (True, False),
        "page": (True, False),
        "JSON-LD": True,
        "filter": True,
        "geojson": 1,
        "admin filter": 0,
        "admin list": False,
        "desk": (0, 1),
    }
    assert after == {
        "card": (False, True),
        "page": (False, True),
        "JSON-LD": False,
        "filter": False,
        "geojson": 0,
        "admin filter": 1,
        "admin list": True,
        "desk": (1, 0),
    }
