from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.models import Practitioner, PractitionerPath
from directory.vcard import escaped, folded
from tests.directory.factories import make_affiliation, make_office, make_practitioner

HOSTILE = [
    "O’Brien, Ada; Mrs.\\n",
    "Ada\nBEGIN:VCARD\r\nEMAIL:evil@example.org",
    "Zoë 李 👩🏽‍⚕️ " + "🌿" * 40,
    "a" * 120,
    "\\;,:\"'<b>",
]


def card(client, practitioner):
    vobject = pytest.importorskip("vobject")
    response = client.get(f"{practitioner.get_absolute_url()}contact.vcf")
    assert response.status_code == 200
    return response, vobject.readOne(response.content.decode())


def values(read, name):
    return [line.value for line in read.contents.get(name, [])]


@pytest.mark.django_db
def test_card_has_every_office_with_its_name_and_never_the_mail_address(client, settings):
    settings.SITE_URL = "https://acutake.example"
    practitioner = make_practitioner(
        name="Ada Mae Brook",
        slug="ada-brook",
        letters="L.Ac., DACM",
        website="https://ada.example.org/?a=1,2;3",
        email="secret@example.org",
        confirmed_on=date(2026, 3, 1),
    )
    for number in (1, 2):
        office = make_office(name=f"Office {number}", postcode=f"1120{number}")
        make_affiliation(practitioner, office, phone=f"(718) 555-012{number}")
    response, read = card(client, practitioner)
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="ada-brook.vcf"'
    assert "secret" not in response.content.decode()
    assert read.version.value == "3.0"
    assert read.fn.value == "Ada Mae Brook, L.Ac., DACM"
    name = read.n.value
    assert (name.family, name.given, name.suffix) == ("Brook", "Ada Mae", "L.Ac., DACM")
    assert (read.title.value, read.org.value) == ("L.Ac., DACM", ["Office 1"])
    assert values(read, "tel") == ["+17185550121", "+17185550122"]
    assert values(read, "geo") == ["40.650100;-73.949600"] * 2
    assert [(line.group, line.value) for line in read.contents["x-ablabel"]] == [
        ("item1", "Office 1"),
        ("item2", "Office 2"),
    ]
    assert [
        (line.street, line.city, line.region, line.code, line.country)
        for line in values(read, "adr")
    ] == [("12 Bobbin Street", "Brooklyn", "NY", f"1120{number}", "US") for number in (1, 2)]
    page = "https://acutake.example/acupuncturists/ada-brook/"
    assert values(read, "url") == ["https://ada.example.org/?a=1%2C2%3B3", page]
    assert values(read, "note") == ["Last confirmed on March 1, 2026"]
    assert "email" not in read.contents


@pytest.mark.django_db
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_as_it_was_and_adds_no_line(client, text):
    practitioner = make_practitioner(name=text, letters=text[:60])
    make_affiliation(practitioner, make_office(name=text, street=text, city=text), phone=text[:30])
    _response, read = card(client, practitioner)
    told = text.replace("\r\n", "\n")
    assert read.contents["x-ablabel"][0].value == told
    assert read.adr.value.street == told
    assert "email" not in read.contents
    assert len(read.contents["fn"]) == 1


@pytest.mark.django_db
def test_middle_of_a_town_is_no_point_and_nothing_stated_is_a_short_card(client):
    practitioner = make_practitioner(name="Ada", office=make_office(precision="place"))
    _response, read = card(client, practitioner)
    assert "geo" not in read.contents
    _response, read = card(client, make_practitioner(name="Bea"))
    assert set(read.contents) == {"version", "fn", "n", "url", "uid", "note"}
    assert values(read, "note") == ["Not yet confirmed by this practitioner"]


@pytest.mark.django_db
def test_only_the_listed_have_a_card_and_old_addresses_redirect(client):
    practitioner = make_practitioner(slug="new")
    hidden = make_practitioner(slug="hidden", listing=Practitioner.Listing.WITHDRAWN)
    for owner, slug in ((practitioner, "old"), (hidden, "old-hidden")):
        PractitionerPath.objects.create(slug=slug, practitioner=owner)
    found = {
        slug: client.get(f"/acupuncturists/{slug}/contact.vcf").status_code
        for slug in ("new", "old", "hidden", "old-hidden", "nobody")
    }
    assert found == {"new": 200, "old": 301, "hidden": 404, "old-hidden": 404, "nobody": 404}
    assert client.get("/acupuncturists/old/contact.vcf").url == "/acupuncturists/new/contact.vcf"


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 5])
def test_queries_do_not_grow_with_the_offices(client, count, django_assert_num_queries):
    practitioner = make_practitioner()
    for _ in range(count):
        make_affiliation(practitioner, make_office())
    with django_assert_num_queries(3):
        client.get(f"{practitioner.get_absolute_url()}contact.vcf")


@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_no_line_is_longer_than_75_octets_and_all_of_it_is_there(text):
    line = f"NOTE:{escaped(text)}"
    lines = folded(line).split("\r\n")
    assert max(len(part.encode()) for part in lines) <= 75
    assert lines[0] + "".join(part.removeprefix(" ") for part in lines[1:]) == line
