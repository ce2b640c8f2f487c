"""The columns of a file with listings, in the order in which they are exported.

docs/listings-csv.md describes them for those who fill them in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property

from directory.hours_text import Span
from directory.importing import cells, lists
from directory.importing.lists import Credential, License
from directory.models import Office, Practitioner

# What may name a person, the first one that a row has.
IDENTITY = ("reference", "slug", "npi")
# What names an office that has no number yet.
OFFICE_IDENTITY = ("office_name", "street", "city", "state", "country")
# What an office has besides, on which all who write about it must agree.
OFFICE_DETAILS = ("postcode", "latitude", "longitude", "precision", "timezone", "is_step_free")
# What an office that is named by its name cannot be without.
NEEDED_BY_OFFICE = ("city", "state")
# The column that a file of refused rows has more.
WHY = "why"
# A cell that empties the fact; an empty cell leaves it as it is.
CLEAR = frozenset({"-", "(none)"})

Value = (
    str | int | float | bool | frozenset | tuple[License | Credential | Span, ...] | object | None
)


class Part(Enum):
    """What a column tells about."""

    PERSON = "person"
    OFFICE = "office"
    AFFILIATION = "affiliation"


@dataclass(frozen=True)
class Words:
    """The lists that cells name things of: keys by folded name or slug, labels by key.

    `states` are the codes by country and folded code or name; a country without any is not known.
    `kinds` are those of credentials, by their letters as `directory.letters.folded` has them.
    Nothing is confirmed after `today`.
    """

    specialties: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    insurers: Mapping[str, int] = field(default_factory=dict)
    specialty_labels: Mapping[int, str] = field(default_factory=dict)
    language_labels: Mapping[int, str] = field(default_factory=dict)
    insurer_labels: Mapping[int, str] = field(default_factory=dict)
    states: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    today: date | None = None

    @cached_property
    def columns(self) -> dict[str, "Column"]:
        """By name, in order."""
        listed = [*_person_columns(self), *_office_columns(), *_affiliation_columns()]
        return {column.name: column for column in listed}


@dataclass(frozen=True)
class Column:
    """How its cells are read and written. `cleared` is its empty value; REQUIRED has none."""

    name: str
    part: Part
    read: Callable[[str], Value]
    cleared: Value
    write: Callable[[Value], str] = cells.write_plain


REQUIRED = object()


def _person_columns(words: Words) -> list[Column]:
    yes_or_no = (cells.yes_or_no, None, cells.write_yes_or_no)
    labels = dict(Practitioner.Listing.choices)
    rows = [
        ("reference", cells.text(60), ""),
        ("slug", cells.slug, REQUIRED),
        ("npi", cells.npi, ""),
        ("name", cells.text(120), REQUIRED),
        ("letters", cells.text(60), ""),
        ("listing", cells.choice(labels), REQUIRED),
        ("statement", cells.paragraphs, ""),
        ("specialties", *_names(words.specialties, words.specialty_labels)),
        ("languages", *_names(words.languages, words.language_labels)),
        ("insurers", *_names(words.insurers, words.insurer_labels)),
        ("first_visit_fee_usd", cells.dollars, None),
        ("follow_up_fee_usd", cells.dollars, None),
        ("has_sliding_scale", *yes_or_no),
        ("offers_telehealth", *yes_or_no),
        ("offers_home_visits", *yes_or_no),
        ("email", cells.email, ""),
        ("website", cells.url, ""),
        ("booking_url", cells.url, ""),
        ("confirmed_on", cells.day, None),
        ("licenses", lists.licenses, (), lists.write_licenses),
        ("credentials", lists.credentials, (), lists.write_credentials),
    ]
    return [Column(name, Part.PERSON, *rest) for name, *rest in rows]


def _office_columns() -> list[Column]:
    labels = dict(Office.Precision.choices)
    rows = [
        ("office_id", cells.number, REQUIRED),
        ("office_name", cells.text(120), REQUIRED),
        ("street", cells.text(120), ""),
        ("city", cells.text(120), REQUIRED),
        ("state", cells.text(80), REQUIRED),
        ("postcode", cells.text(12), ""),
        ("country", cells.country, REQUIRED),
        ("latitude", cells.degrees(90), None),
        ("longitude", cells.degrees(180), None),
        ("precision", cells.choice(labels), ""),
        ("timezone", cells.timezone, ""),
        ("is_step_free", cells.yes_or_no, None, cells.write_yes_or_no),
    ]
    return [Column(name, Part.OFFICE, *rest) for name, *rest in rows]


def _affiliation_columns() -> list[Column]:
    rows = [
        ("phone", cells.text(30), ""),
        ("accepts_new_patients", cells.yes_or_no, None, cells.write_yes_or_no),
        ("hours", cells.hours, (), cells.write_hours_in_line),
    ]
    return [Column(name, Part.AFFILIATION, *rest) for name, *rest in rows]


def _names(known: Mapping[str, int], labels: Mapping[int, str]) -> tuple:
    return lists.names(known), frozenset(), lists.write_names(labels)
