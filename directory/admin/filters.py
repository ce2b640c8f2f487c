"""Filters of the lists: what is not verified, not current, not complete."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Affiliation, License, Office
from directory.models.practitioners import STALE_AFTER

ROUGH = [Office.Precision.POSTCODE, Office.Precision.PLACE]


class ChoiceFilter(admin.SimpleListFilter):
    """Choices by name: `choices_of` says what each is called and which rows it leaves."""

    def lookups(self, request, model_admin):
        return [(value, words) for value, (words, _rows) in self.choices_of.items()]

    def queryset(self, request, queryset):
        if self.value() not in self.choices_of:
            return queryset
        return queryset.filter(self.choices_of[self.value()][1]())


def _licensed(*conditions: Q) -> Exists:
    return Exists(License.objects.filter(*conditions, practitioner=OuterRef("pk")))


def _at(*conditions: Q) -> Exists:
    return Exists(Affiliation.objects.filter(*conditions, practitioner=OuterRef("pk")))


def _unverified():
    return _licensed(Q(verified_on=None))


def _lapsed():
    """A license is past its last day, and none is there that is not."""
    today = timezone.localdate()
    is_valid = Q(expires_on=None) | Q(expires_on__gte=today)
    return _licensed(Q(expires_on__lt=today)) & ~_licensed(is_valid)


class LicenseFilter(ChoiceFilter):
    """Whose license nobody has looked up, or is over."""

    title = _("license")
    parameter_name = "license"
    choices_of = {
        "unverified": (_("Not verified"), _unverified),
        "lapsed": (_("Lapsed"), _lapsed),
        "none": (_("None recorded"), lambda: ~_licensed()),
    }


class ConfirmedFilter(ChoiceFilter):
    """Whose facts nobody has confirmed for long: listings that sink, and then leave."""

    title = _("last confirmed")
    parameter_name = "confirmed"
    choices_of = {
        "stale": (
            _("Over 90 days ago, or never"),
            lambda: Q(confirmed_on=None) | Q(confirmed_on__lt=timezone.localdate() - STALE_AFTER),
        ),
        "never": (_("Never"), lambda: Q(confirmed_on=None)),
        "current": (
            _("In the last 90 days"),
            lambda: Q(confirmed_on__gte=timezone.localdate() - STALE_AFTER),
        ),
    }


class PointFilter(ChoiceFilter):
    """Who is in no search by place, or only near it."""

    title = _("place on the map")
    parameter_name = "point"
    choices_of = {
        "none": (_("No office with a point"), lambda: ~_at(Q(office__latitude__isnull=False))),
        "rough": (
            _("In the middle of a postcode or town"),
            lambda: _at(Q(office__precision__in=ROUGH)),
        ),
        "no-office": (_("No office"), lambda: ~_at()),
    }


class PhotoFilter(ChoiceFilter):
    """Who has a face."""

    title = _("photo")
    parameter_name = "photo"
    choices_of = {
        "none": (_("Without"), lambda: Q(photo="")),
        "set": (_("With"), lambda: ~Q(photo="")),
    }


class OfficePointFilter(ChoiceFilter):
    """Offices that no search by place can find, or only near where they are."""

    title = _("place on the map")
    parameter_name = "point"
    choices_of = {
        "none": (_("Without a point"), lambda: Q(latitude=None)),
        "rough": (_("In the middle of a postcode or town"), lambda: Q(precision__in=ROUGH)),
        "set": (_("With a point"), lambda: Q(latitude__isnull=False)),
    }


class PeopleFilter(ChoiceFilter):
    """Offices that nobody works at any more."""

    title = _("people")
    parameter_name = "people"
    choices_of = {
        "none": (
            _("Nobody"),
            lambda: ~Exists(Affiliation.objects.filter(office=OuterRef("pk"))),
        )
    }
