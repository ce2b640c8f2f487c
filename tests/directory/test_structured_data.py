import json
from datetime import date, time
from html.parser import HTMLParser

import pytest
from django.utils.formats import date_format

from directory.hours import shown
from directory.models import Credential, License
from directory.structured_data import breadcrumb_list, item_list
from tests.directory.factories import (
    make_affiliation,
    make_insurer,
    make_language,
    make_office,
    make_practitioner,
    make_specialty,
)

ORIGIN = "https://acutake.example"


def test_breadcrumb_counts_from_the_home_page_down():
    assert breadcrumb_list([("Home", "/"), ("Vermont", "/in/vermont/")], origin=ORIGIN) == {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Home", "item": f"{ORIGIN}/"},
            {
                "@type": "ListItem",
                "position": 2,
                "name": "Vermont",
                "item": f"{ORIGIN}/in/vermont/",
            },
        ],
    }


def test_list_goes_on_counting_on_its_second_page():
    assert item_list([("Ada", "/ada/")], origin=ORIGIN, first=21) == {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": 21, "name": "Ada", "url": f"{ORIGIN}/ada/"}
        ],
    }


class Page(HTMLParser):
    """The text of a page, its addresses, and the data blocks in it."""

    def __init__(self, html):
        super().__init__()
        self.text, self.data, self.links, self.is_script = [], [], set(), False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.is_script = tag == "script"
        self.links |= {value for name, value in attrs if name in ("href", "src")}

    def handle_endtag(self, tag):
        self.is_script = False

    def handle_data(self, data):
        (self.data if self.is_script else self.text).append(data)

    @property
    def words(self):
        return " ".join(" ".join(self.text).split())


def read(client, practitioner):
    page = Page(client.get(practitioner.get_absolute_url()).content.decode())
    (block,) = page.data
    data = json.loads(block)
    assert data["@context"] == "https://schema.org"
    return page, data["@graph"]


def leaves(node, key=""):
    """Every value with the key it stands under."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from leaves(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from leaves(value, key)
    else:
        yield key, node


def shown_as(key, value):
    """How a value of the data stands on the page."""
    if key == "expires":
        return [date_format(date.fromisoformat(value), "F j, Y")]
    if key in ("opens", "closes"):
        return [shown(time.fromisoformat(value))]
    if key == "priceRange":
        return value.split("–")
    if isinstance(value, bool):
        return ["Step-free access Yes" if value else "Step-free access No"]
    return [" ".join(str(value).split())]


@pytest.fixture
def full(settings):
    """Somebody with every fact, and names that try to break out."""
    settings.SITE_URL = ORIGIN
    practitioner = make_practitioner(
        name="</script><b>Ada</b> <!-- Brook",
        slug="ada",
        letters="L.Ac., XYZ",
        email="secret@example.org",
        npi="1234567893",
        statement="One & two.\n\nThree <script>.",
        website="https://ada.example.org/",
        first_visit_fee_usd=1_140,
        follow_up_fee_usd=80,
        specialties=[make_specialty(name="Sleep & <rest>")],
        languages=[make_language()],
        insurers=[make_insurer()],
    )
    office = make_office(name="Office <1>", postcode="11201", is_step_free=True)
    affiliation = make_affiliation(practitioner, office)
    # Every day, so that the page names each.
    for weekday, hours in enumerate([(9, 17), (9, 18), (9, 17), (18, 1), (9, 17), (10, 14)]):
        opens, closes = map(time, hours)
        affiliation.opening_hours.create(weekday=weekday, opens_at=opens, closes_at=closes)
    make_affiliation(practitioner, make_office(precision="place", is_step_free=False))
    Credential.objects.create(
        practitioner=practitioner, letters="L.Ac.", name="Licensed acupuncturist", issuer="A board"
    )
    for number, expires_on in (("DEMO-1", date(2999, 1, 2)), ("DEMO-2", date(2020, 1, 1))):
        License.objects.create(
            practitioner=practitioner, number=number, state_code="NY", expires_on=expires_on
        )
    return practitioner


@pytest.mark.django_db
def test_every_value_is_on_the_page(client, full):
    page, nodes = read(client, full)
    # The types are schema.org's, and no address of the site has to say its country.
    silent = {"@type", "propertyID", "position", "addressCountry", "credentialCategory"}
    for key, value in leaves(nodes):
        if key in silent:
            continue
        if str(value).startswith(ORIGIN):
            address = str(value).removeprefix(ORIGIN)
            anchor = address.partition("#")[2]
            is_there = (
                anchor in {"", "person"} or f'id="{anchor}"' in client.get(address).content.decode()
            )
            assert is_there, value
        elif key == "sameAs":
            assert value in page.links
        elif key in ("latitude", "longitude"):
            assert any(str(value) in link for link in page.links)
        else:
            assert all(shown in page.words for shown in shown_as(key, value)), (key, value)


@pytest.mark.django_db
def test_person_has_what_schema_org_wants_and_never_the_mail_address(client, full):
    _page, (person, *_others) = read(client, full)
    url = f"{ORIGIN}/acupuncturists/ada/"
    assert {name: person[name] for name in ("@type", "@id", "name", "url", "worksFor")} == {
        "@type": "Person",
        "@id": f"{url}#person",
        "name": "</script><b>Ada</b> <!-- Brook",
        "url": url,
        "worksFor": [{"@id": f"{url}#office-1"}, {"@id": f"{url}#office-2"}],
    }
    assert person["identifier"] == {
        "@type": "PropertyValue",
        "propertyID": "NPI",
        "value": "1234567893",
    }
    # A license that lapsed, and letters that nobody knows, are no credentials.
    assert person["hasCredential"] == [
        {
            "@type": "EducationalOccupationalCredential",
            "name": "Licensed acupuncturist",
            "alternateName": "L.Ac.",
            "recognizedBy": {"@type": "Organization", "name": "A board"},
        },
        {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": "license",
            "identifier": "DEMO-1",
            "validIn": {"@type": "AdministrativeArea", "name": "NY"},
            "expires": "2999-01-02",
        },
    ]
    assert "secret" not in client.get("/acupuncturists/ada/").content.decode()


@pytest.mark.django_db
def test_office_has_what_google_requires_and_recommends_of_a_local_business(client, full):
    """https://developers.google.com/search/docs/appearance/structured-data/local-business"""
    _page, (_person, office, unsure, _trail) = read(client, full)
    url = f"{ORIGIN}/acupuncturists/ada/"

    def hours(days, opens, closes):
        return {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": days,
            "opens": opens,
            "closes": closes,
        }

    assert office == {
        "@type": "MedicalBusiness",
        "@id": f"{url}#office-1",
        "name": "Office <1>",
        "url": f"{url}#office-1",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "12 Bobbin Street",
            "addressLocality": "Brooklyn",
            "addressRegion": "NY",
            "postalCode": "11201",
            "addressCountry": "US",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": 40.6501, "longitude": -73.9496},
        "telephone": "(718) 555-0123",
        "openingHoursSpecification": [
            hours(["Monday", "Wednesday", "Friday"], "09:00", "17:00"),
            hours(["Tuesday"], "09:00", "18:00"),
            hours(["Thursday"], "18:00", "01:00"),
            hours(["Saturday"], "10:00", "14:00"),
        ],
        "priceRange": "$80–$1,140",
        "amenityFeature": {
            "@type": "LocationFeatureSpecification",
            "name": "Step-free access",
            "value": True,
        },
        "employee": {"@id": f"{url}#person"},
    }
    assert ("geo" in unsure, "openingHoursSpecification" in unsure) == (False, False)


@pytest.mark.django_db
def test_trail_is_that_of_the_page(client, full):
    page, (*_others, trail) = read(client, full)
    names = [entry["name"] for entry in trail["itemListElement"]]
    assert names == ["Home", "Acupuncturists", "</script><b>Ada</b> <!-- Brook"]
    assert " ".join(names) in page.words


@pytest.mark.django_db
def test_what_is_not_stated_is_not_there(client, settings):
    settings.SITE_URL = ORIGIN
    _page, (person, trail) = read(client, make_practitioner(name="Bea", slug="bea"))
    url = f"{ORIGIN}/acupuncturists/bea/"
    assert person == {"@type": "Person", "@id": f"{url}#person", "name": "Bea", "url": url}
    assert trail["@type"] == "BreadcrumbList"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ((0, 0), ("00:00", "23:59")),
        ((9, 9), ("09:00", "08:59")),
        ((18, 0), ("18:00", "00:00")),
        ((18, 2), ("18:00", "02:00")),
    ],
)
def test_ends_after_midnight_are_those_of_the_next_day(client, hours, told):
    practitioner = make_practitioner(office=make_office())
    opens_at, closes_at = map(time, hours)
    practitioner.affiliations.get().opening_hours.create(
        weekday=0, opens_at=opens_at, closes_at=closes_at
    )
    _page, (_person, office, _trail) = read(client, practitioner)
    (specification,) = office["openingHoursSpecification"]
    assert (specification["opens"], specification["closes"]) == told
