"""A practitioner as a card for address books: vCard 3.0 (RFC 2426).

Version 3.0, not 4.0: the address books of Apple and Google, and Outlook, read it; Outlook knows no
4.0. What belongs to one office is a group, which Apple's and Google's show under the office's name.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

from directory.models import Affiliation, Office, Practitioner
from directory.wording import tel

LINE_OCTETS = 75
LINE_END = "\r\n"
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


def vcard(practitioner: Practitioner, *, page: str, confirmed: str) -> str:
    """The card, with `page` as its address and `confirmed` as its note; never the e-mail address.

    No query when the practitioner was fetched `with_offices`.
    """
    lines = _lines(practitioner, page=page, confirmed=confirmed)
    return "".join(folded(line) + LINE_END for line in lines)


def folded(line: str) -> str:
    """Broken into lines of at most 75 octets, of which no break splits a character."""
    pieces, octets = [""], 0
    for character in line:
        size = len(character.encode())
        if octets + size > LINE_OCTETS:
            pieces.append(" ")
            octets = 1
        pieces[-1] += character
        octets += size
    return LINE_END.join(pieces)


def escaped(text: str) -> str:
    """A text in which commas, semicolons, backslashes and line ends mean themselves."""
    lines = CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    for character in "\\,;":
        lines = lines.replace(character, f"\\{character}")
    return lines.replace("\n", "\\n")


def _lines(practitioner: Practitioner, *, page: str, confirmed: str) -> Iterator[str]:
    affiliations = practitioner.affiliations.all()
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"FN:{escaped(str(practitioner))}"
    yield f"N:{_name(practitioner)}"
    if practitioner.letters:
        yield f"TITLE:{escaped(practitioner.letters)}"
    if affiliations:
        yield f"ORG:{escaped(affiliations[0].office.name)}"
    for number, affiliation in enumerate(affiliations, start=1):
        yield from _office_lines(affiliation, group=f"item{number}")
    if practitioner.website:
        yield f"URL:{_uri(practitioner.website)}"
    yield f"URL:{_uri(page)}"
    yield f"UID:{_uri(page)}"
    yield f"NOTE:{escaped(confirmed)}"
    yield "END:VCARD"


def _office_lines(affiliation: Affiliation, *, group: str) -> Iterator[str]:
    office = affiliation.office
    yield f"{group}.ADR;TYPE=WORK:{_address(office)}"
    if affiliation.phone:
        yield f"{group}.TEL;TYPE=WORK,VOICE:{escaped(tel(affiliation.phone) or affiliation.phone)}"
    if office.has_exact_point:
        yield f"{group}.GEO:{office.latitude:.6f};{office.longitude:.6f}"
    yield f"{group}.X-ABLabel:{escaped(office.name)}"


def _name(practitioner: Practitioner) -> str:
    """Family name; given names; ; ; letters. That the last word is the family's is a guess, which
    address books use to sort by; they show FN.
    """
    given, _space, family = practitioner.name.strip().rpartition(" ")
    parts = (family, given, "", "", practitioner.letters)
    return ";".join(escaped(part) for part in parts)


def _address(office: Office) -> str:
    parts = ("", "", office.street, office.city, office.state_code, office.postcode)
    return ";".join(escaped(part) for part in (*parts, office.country_code))


def _uri(address: str) -> str:
    """A URI is no text, so its commas are not escaped; some address books would cut it there."""
    return quote(address, safe="%/:?#[]@!$&'()*+=~")
