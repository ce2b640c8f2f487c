"""What the directory's pages say to machines, in words of schema.org: exactly what they show.

Pure functions from what a page shows to nodes for `{% json_ld %}`. `origin` is the site's address
without a slash at its end.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urljoin

from directory.hours import Span
from directory.letters import Title
from directory.licensing import LicenseEntry
from directory.models import Office, OpeningHours, Practitioner
from directory.portraits import portrait_of
from directory.profile import OfficeEntry, Profile

PHOTO_PX = 320
ONE_DAY = timedelta(days=1)

Node = dict[str, object]


def practitioner_nodes(practitioner: Practitioner, profile: Profile, *, origin: str) -> list[Node]:
    """The person and each office, as the page with this profile shows them.

    A Person, not a Physician: most acupuncturists are none, and what they may call themselves is
    for their license to say. An office is a MedicalBusiness, a kind of LocalBusiness. What is not
    stated is left out, as are lapsed licenses, and a point that is only the middle of a town.
    """
    page = f"{origin}{practitioner.get_absolute_url()}"
    person = _person(practitioner, profile, page=page, origin=origin)
    offices = [_office(entry, practitioner, page=page) for entry in profile.offices]
    if offices:
        person["worksFor"] = [{"@id": office["@id"]} for office in offices]
    return [person, *offices]


def _person(practitioner: Practitioner, profile: Profile, *, page: str, origin: str) -> Node:
    photo = portrait_of(practitioner, size_px=PHOTO_PX)
    npi = practitioner.npi
    credentials = [
        *map(_title, filter(_is_told, profile.titles)),
        *(_license(entry) for entry in profile.licenses if not entry.is_lapsed),
    ]
    return stated(
        {
            "@type": "Person",
            "@id": f"{page}#person",
            "name": practitioner.name,
            "honorificSuffix": practitioner.letters,
            "url": page,
            "image": urljoin(f"{origin}/", photo.src) if photo else "",
            "description": practitioner.statement,
            "knowsAbout": [specialty.name for specialty in practitioner.specialties.all()],
            "knowsLanguage": [language.name for language in practitioner.languages.all()],
            "hasCredential": credentials,
            "identifier": {"@type": "PropertyValue", "propertyID": "NPI", "value": npi}
            if npi
            else None,
            "sameAs": practitioner.website,
        }
    )


def _is_told(title: Title) -> bool:
    return bool(title.plain_name)


def _title(title: Title) -> Node:
    issuer = title.plain_issuer
    return stated(
        {
            "@type": "EducationalOccupationalCredential",
            "name": title.plain_name,
            "alternateName": title.letters,
            "recognizedBy": {"@type": "Organization", "name": issuer} if issuer else None,
        }
    )


def _license(entry: LicenseEntry) -> Node:
    held = entry.license
    return stated(
        {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": "license",
            "identifier": held.number,
            "validIn": {"@type": "AdministrativeArea", "name": held.state_code},
            "expires": held.expires_on.isoformat() if held.expires_on else "",
        }
    )


def _office(entry: OfficeEntry, practitioner: Practitioner, *, page: str) -> Node:
    office = entry.affiliation.office
    is_exact = office.has_exact_point
    return stated(
        {
            "@type": "MedicalBusiness",
            "@id": f"{page}#office-{entry.number}",
            "name": office.name,
            "url": f"{page}#office-{entry.number}",
            "address": _address(office),
            "geo": {
                "@type": "GeoCoordinates",
                "latitude": office.latitude,
                "longitude": office.longitude,
            }
            if is_exact
            else None,
            "telephone": entry.affiliation.phone,
            "openingHoursSpecification": list(_hours(entry)),
            "priceRange": _price_range(practitioner),
            "amenityFeature": {
                "@type": "LocationFeatureSpecification",
                "name": "Step-free access",
                "value": office.is_step_free,
            }
            if office.is_step_free is not None
            else None,
            "employee": {"@id": f"{page}#person"},
        }
    )


def _address(office: Office) -> Node:
    return stated(
        {
            "@type": "PostalAddress",
            "streetAddress": office.street,
            "addressLocality": office.city,
            "addressRegion": office.state_code,
            "postalCode": office.postcode,
            "addressCountry": office.country_code,
        }
    )


def _hours(entry: OfficeEntry) -> Iterator[Node]:
    """Each span once, with all the days that have it, in the order of the week."""
    days: dict[tuple[str, str], list[str]] = {}
    for day in entry.week:
        for span in day.spans:
            name = OpeningHours.Weekday(span.weekday).name.capitalize()
            days.setdefault(_times(span), []).append(name)
    for (opens, closes), names in days.items():
        yield {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": names,
            "opens": opens,
            "closes": closes,
        }


def _times(span: Span) -> tuple[str, str]:
    """An end before the beginning is one on the next day, as in schema.org; so hours around the
    clock end a minute earlier, at 23:59 after midnight.
    """
    closes = datetime.combine(date.min, span.closes_at) + ONE_DAY
    if span.closes_at == span.opens_at:
        closes -= timedelta(minutes=1)
    return f"{span.opens_at:%H:%M}", f"{closes:%H:%M}"


def _price_range(practitioner: Practitioner) -> str:
    fees = (practitioner.first_visit_fee_usd, practitioner.follow_up_fee_usd)
    stated = sorted({fee for fee in fees if fee is not None})
    return "–".join(f"${fee:,}" for fee in stated)


def stated(node: Node) -> Node:
    """Without what is not stated; "no" and zero are statements."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}


def breadcrumb_list(trail: Iterable[tuple[str, str]], *, origin: str) -> Node:
    """The way to a page from the home page down, as (name, path); the page itself comes last."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": f"{origin}{path}"}
            for position, (name, path) in enumerate(trail, start=1)
        ],
    }


def item_list(entries: Iterable[tuple[str, str]], *, origin: str, first: int = 1) -> Node:
    """The rows of a list in their order, as (name, path); `first` is the number of the first."""
    return {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "url": f"{origin}{path}"}
            for position, (name, path) in enumerate(entries, start=first)
        ],
    }
