"""How editors find a listing: by what they have before them, a name, a number, a line of a mail."""

import re
from functools import reduce

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace

from acutake.lib.text import clean_text
from directory.models import Affiliation, License, Practitioner
from directory.phrases import words

# What stands between the digits of a telephone number.
PHONE_MARKS = "()-. +/"
# Fewer digits are part of many numbers, and of names.
LEAST_DIGITS = 4


def matching_practitioners(
    practitioners: QuerySet[Practitioner], typed: str
) -> QuerySet[Practitioner]:
    """Those with all the words in their names and offices, or with that number.

    Numbers are telephone numbers however they are written, licenses, NPI and e-mail addresses.
    """
    text = clean_text(typed)
    if not text:
        return practitioners
    found = reduce(Q.__and__, (Q(search_text__contains=f" {word}") for word in words(text)), Q())
    if not words(text):
        found = Q(pk__in=[])
    digits = re.sub(r"\D", "", text)
    if len(digits) >= LEAST_DIGITS:
        found |= Q(pk__in=_with_phone(digits)) | Q(npi__startswith=digits)
    if any(character.isdigit() for character in text):
        number = License.objects.filter(number__icontains=text)
        found |= Q(pk__in=number.values("practitioner_id"))
    if "@" in text:
        found |= Q(email__iexact=text)
    return practitioners.filter(found)


def _with_phone(digits: str) -> QuerySet:
    plain = reduce(lambda phone, mark: Replace(phone, Value(mark)), PHONE_MARKS, F("phone"))
    rows = Affiliation.objects.annotate(plain_phone=plain).filter(plain_phone__contains=digits)
    return rows.order_by().values("practitioner_id")
