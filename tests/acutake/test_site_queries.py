"""What people and machines type into the search over the whole site, with the first thing that each
should find in the demonstration; and the same on every database.

`site_queries.csv` has the other spelling that is offered or taken, too. A backslash begins what is
written as in a Python string.
"""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command

from acutake.demo.loading import load_demonstration
from acutake.site_search import search_site

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
QUERIES = Path(__file__).with_name("site_queries.csv")


def test_every_query_finds_first_what_it_should(gazetteer, client):
    call_command("load_vocabulary", verbosity=0)
    load_demonstration(at=NOW, password="for-this-test-only")
    with QUERIES.open(encoding="utf-8", newline="") as lines:
        rows = [tuple(map(_unescaped, row)) for row in csv.reader(lines)][1:]

    found = [(typed, *_first(typed)) for typed, *_ in rows]

    assert len(rows) >= 60
    assert [row for row in found if row not in rows] == []
    assert [typed for typed, *_ in rows if not _is_answered(client, typed)] == []


def _first(typed: str) -> tuple[str, str, str]:
    """The kind, the first hit of it, and the other spelling."""
    answer = search_site(typed, at=NOW)
    if not answer.sections:
        return "", "", answer.meant
    section = answer.sections[0]
    hit = section.hits[0]
    first = {
        "articles": lambda: hit.article.headline,
        "practitioners": lambda: hit.practitioner.name,
        "places": lambda: hit.place.label,
        "care": lambda: [*hit.conditions, *hit.specialties][0].name,
    }
    return section.kind, first[section.kind](), answer.meant


def _is_answered(client, typed: str) -> bool:
    response = client.get("/search/", {"q": typed.encode("utf-8", "surrogatepass")})
    return response.status_code == 200


def _unescaped(text: str) -> str:
    return text.encode("latin-1").decode("unicode_escape")
