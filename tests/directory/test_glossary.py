"""The page that says what letters mean, and what a practitioner's own page says of them."""

import re
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from directory.letters import glossary
from directory.models import CredentialKind
from directory.vocabulary import load_vocabulary
from tests.directory.factories import make_practitioner

pytestmark = pytest.mark.django_db

GLOSSARY = "/acupuncturists/letters/"


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def make_kind(**fields):
    defaults = {
        "slug": "kind",
        "letters": "K.D.",
        "name": "Somebody kind",
        "category": "license",
        "issuer": "A kind board",
        "requirements": "Some kindness.",
        "source_name": "The kind statutes",
        "source_url": "https://example.org/kind",
        "looked_up_on": date(2026, 3, 4),
    }
    return CredentialKind.objects.create(**{**defaults, **fields})


def test_glossary_has_an_anchor_a_source_and_a_day_for_every_kind(client):
    load_vocabulary()
    text = text_of(client, GLOSSARY)
    slugs = set(CredentialKind.objects.values_list("slug", flat=True))
    categories = {f"kinds-{section.value}" for section in glossary()}
    assert set(re.findall(r'<h[23] id="([^"]+)"', text)) == slugs | categories
    read = CredentialKind.objects.filter(looked_up_on__isnull=False).count()
    assert text.count(", looked up on November 23, 2026") == read
    assert text.count(", not yet read by us") == len(slugs) - read


def test_entry_says_who_what_and_how_long(client):
    make_kind(spellings="KD\nKind Doctor", hours_low=25, hours_high=50)
    text = text_of(client, GLOSSARY)
    for shown in (
        "Somebody kind",
        "A kind board",
        "25 to 50 hours of acupuncture or needling",
        "Some kindness.",
        "Also written: KD; Kind Doctor",
        '<a href="https://example.org/kind" rel="noreferrer">The kind statutes</a>'
        ", looked up on March 4, 2026",
    ):
        assert shown in text


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, "no set number"),
        (300, 300, "about 300 hours of acupuncture or needling"),
        (1905, None, "1,905 hours of acupuncture or needling and more"),
    ],
)
def test_hours_are_said_as_far_as_they_are_known(client, low, high, words):
    make_kind(hours_low=low, hours_high=high)
    practitioner = make_practitioner(letters="K.D.")
    for address in (GLOSSARY, practitioner.get_absolute_url()):
        assert words in text_of(client, address)


def test_kinds_stand_in_the_order_of_their_letters_whatever_the_dots():
    for letters in ("R.N.", "LMT", "D.O.M.", "dc", "L.Ac."):
        make_kind(slug=letters.lower().replace(".", ""), letters=letters, name=letters)
    (section,) = glossary()
    assert [entry.kind.letters for entry in section.entries] == [
        "dc",
        "D.O.M.",
        "L.Ac.",
        "LMT",
        "R.N.",
    ]


def test_empty_glossary_leads_on(client):
    assert "No letters are described yet." in text_of(client, GLOSSARY)


def test_glossary_is_linked_from_every_page_and_no_listing_can_take_its_address(client):
    kind = make_kind()
    assert reverse("directory:letters") == GLOSSARY
    assert kind.get_absolute_url() == f"{GLOSSARY}#kind"
    assert f'href="{GLOSSARY}"' in text_of(client, "/about/")


def test_page_decodes_letters_that_have_no_row_and_leaves_the_unknown_as_typed(client):
    make_kind()
    practitioner = make_practitioner(letters="KD, <XYZ>")
    text = text_of(client, practitioner.get_absolute_url())
    assert "Somebody kind" in text
    assert "<dt>&lt;XYZ&gt;</dt> <dd> <p" in text
    assert "Not in our list. Ask what it stands for." in text


def test_npi_is_shown_with_what_it_is_and_only_when_there_is_one(client):
    holder, other = make_practitioner(npi="1234567893"), make_practitioner()
    assert "NPI 1234567893" in text_of(client, holder.get_absolute_url())
    assert "NPI" not in text_of(client, other.get_absolute_url())


@pytest.mark.parametrize(
    ("verified_on", "is_old"), [(date(2025, 5, 1), False), (date(2025, 4, 30), True)]
)
def test_check_of_more_than_a_year_ago_says_how_old_it_is(client, monkeypatch, verified_on, is_old):
    noon = datetime(2026, 5, 1, 12, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    practitioner = make_practitioner()
    practitioner.licenses.create(number="DEMO-1", state_code="NY", verified_on=verified_on)
    text = text_of(client, practitioner.get_absolute_url())
    assert f"Checked by our editors on {verified_on:%B} {verified_on.day}, 2025" in text
    assert ("That was 1 year ago; it is due to be checked again." in text) is is_old


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ({"first_name": "Juno", "last_name": "Marsh"}, "Checked by our editor Juno Marsh on"),
        ({}, "Checked by our editors on"),
    ],
)
def test_editor_is_named_by_the_full_name_alone(client, name, words):
    user = get_user_model().objects.create_user("desk-account", "desk@example.org", **name)
    practitioner = make_practitioner()
    practitioner.licenses.create(
        number="DEMO-1",
        state_code="NY",
        verified_on=date(2026, 2, 3),
        verified_by=user,
        source_url="https://www.op.example.org/lookup",
        verification_note="by telephone",
    )
    text = text_of(client, practitioner.get_absolute_url())
    assert f"{words} February 3, 2026" in text
    assert '<a href="https://www.op.example.org/lookup" rel="noreferrer">op.example.org</a>' in text
    assert ": by telephone" in text
    assert "desk-account" not in text
    assert "desk@example.org" not in text
