"""The directory: offices and vocabulary are the truth, SearchEntry is derived from them."""

from directory.models.offices import Affiliation, Office, OpeningHours
from directory.models.places import DataFile, Place, PlaceName
from directory.models.practitioners import Credential, License, Practitioner, PractitionerPath
from directory.models.reports import Report, Subject
from directory.models.search_entries import Fact, SearchEntry
from directory.models.vocabulary import Condition, Insurer, Language, Specialty

__all__ = [
    "Affiliation",
    "Condition",
    "Credential",
    "DataFile",
    "Fact",
    "Insurer",
    "Language",
    "License",
    "Office",
    "OpeningHours",
    "Place",
    "PlaceName",
    "Practitioner",
    "PractitionerPath",
    "Report",
    "SearchEntry",
    "Specialty",
    "Subject",
]
