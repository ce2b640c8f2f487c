"""The directory: offices and vocabulary are the truth, SearchEntry is derived from them."""

from directory.models.credentials import Credential, License, Verification
from directory.models.imports import ListingImport
from directory.models.offices import Affiliation, Office, OpeningHours
from directory.models.places import DataFile, Place, PlaceName
from directory.models.practitioners import Practitioner, PractitionerPath
from directory.models.reports import Report, Subject
from directory.models.search_entries import Fact, SearchChange, SearchEntry
from directory.models.search_terms import KnownWord, PractitionerTerms
from directory.models.vocabulary import (
    Condition,
    CredentialKind,
    Insurer,
    Language,
    Specialty,
    SpecialtyPath,
)

__all__ = [
    "Affiliation",
    "Condition",
    "Credential",
    "CredentialKind",
    "DataFile",
    "Fact",
    "Insurer",
    "KnownWord",
    "Language",
    "License",
    "ListingImport",
    "Office",
    "OpeningHours",
    "Place",
    "PlaceName",
    "Practitioner",
    "PractitionerPath",
    "PractitionerTerms",
    "Report",
    "SearchChange",
    "SearchEntry",
    "Specialty",
    "SpecialtyPath",
    "Subject",
    "Verification",
]
