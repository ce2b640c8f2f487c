"""What editors do with a listing: show it, take it back, give it another address."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from directory.models import Practitioner, PractitionerPath
from directory.search_index import index_practitioners

# The first part of other addresses under /acupuncturists/ (see directory/urls.py).
RESERVED_SLUGS = frozenset({"in", "letters", "places", "specialties"})


def list_practitioners(practitioners: Iterable[Practitioner]) -> int:
    """Makes them public; returns how many were not. The search finds them at once."""
    return _set_listing(practitioners, Practitioner.Listing.LISTED)


def withdraw_practitioners(practitioners: Iterable[Practitioner]) -> int:
    """Takes them out of every public page; returns how many were not withdrawn before."""
    return _set_listing(practitioners, Practitioner.Listing.WITHDRAWN)


@transaction.atomic
def confirm_practitioners(practitioners: Iterable[Practitioner], *, on: date) -> int:
    """Notes that they said on the day `on` that their facts are current; returns how many."""
    keys = [practitioner.pk for practitioner in practitioners]
    changing = Practitioner.objects.select_for_update().filter(pk__in=keys)
    changed = [practitioner.pk for practitioner in changing if practitioner.confirmed_on != on]
    rows = Practitioner.objects.filter(pk__in=changed)
    rows.update(confirmed_on=on, updated_at=Now())
    index_practitioners(changed)
    return len(changed)


def check_slug(slug: str, *, practitioner: Practitioner) -> None:
    """Raise ValidationError for an address that another page has or once had."""
    others = PractitionerPath.objects.exclude(practitioner=practitioner.pk)
    is_taken = (
        slug in RESERVED_SLUGS
        or Practitioner.objects.filter(slug=slug).exclude(pk=practitioner.pk).exists()
        or others.filter(slug=slug).exists()
    )
    if is_taken:
        raise ValidationError(_("Another page has this address."), code="slug_taken")


@transaction.atomic
def _set_listing(practitioners: Iterable[Practitioner], listing: str) -> int:
    keys = [practitioner.pk for practitioner in practitioners]
    changing = Practitioner.objects.select_for_update().filter(pk__in=keys)
    changed = [practitioner.pk for practitioner in changing if practitioner.listing != listing]
    rows = Practitioner.objects.filter(pk__in=changed)
    rows.update(listing=listing, updated_at=Now())
    index_practitioners(changed)
    return len(changed)
