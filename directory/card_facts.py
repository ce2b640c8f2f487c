"""What the card of a practitioner says, in words.

No templates: on a page of twenty cards these words took a quarter of its time as templates.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _

from directory.letters import Title
from directory.models import Affiliation, CredentialKind, Language, Practitioner

UNSTATED = "unstated"


class LicenseState(Enum):
    """The best that can be said of somebody's licenses."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    LAPSED = "lapsed"
    UNSTATED = "unstated"


@dataclass(frozen=True)
class Fact:
    """One line of a card; `css` is its class, empty for none."""

    words: str
    css: str = ""


@dataclass(frozen=True)
class Meaning:
    """Letters as typed and what they stand for; `words` is empty when they are in no list."""

    letters: str
    words: str


def facts_of(
    practitioner: Practitioner,
    affiliation: Affiliation | None,
    languages: tuple[Language, ...],
    *,
    on: date,
) -> tuple[Fact, ...]:
    """What decides for or against somebody on the day `on`.

    No query when the licenses were fetched before.
    """
    return (
        _accepting(affiliation and affiliation.accepts_new_patients),
        _fees(practitioner),
        _languages(languages),
        _license(license_state(practitioner, on=on)),
    )


def license_state(practitioner: Practitioner, *, on: date) -> LicenseState:
    """No query when the licenses were fetched before."""
    licenses = practitioner.licenses.all()
    if not licenses:
        return LicenseState.UNSTATED
    valid = [held for held in licenses if not held.is_lapsed(on=on)]
    if not valid:
        return LicenseState.LAPSED
    is_verified = any(held.verified_on for held in valid)
    return LicenseState.VERIFIED if is_verified else LicenseState.UNVERIFIED


def meaning_of(title: Title) -> Meaning:
    """The name, who gives it, and how many hours of needling it takes."""
    if not title.plain_name:
        return Meaning(title.letters, "")
    parts = [title.plain_name, title.plain_issuer, *(_hours(title.kind) if title.kind else ())]
    return Meaning(title.letters, ". ".join(part for part in parts if part))


def _accepting(accepts: bool | None) -> Fact:
    if accepts is None:
        return Fact(_("New patients: not stated"), UNSTATED)
    return Fact(_("Takes new patients") if accepts else _("Takes no new patients"))


def _fees(practitioner: Practitioner) -> Fact:
    first, later = practitioner.first_visit_fee_usd, practitioner.follow_up_fee_usd
    is_sliding = practitioner.has_sliding_scale
    if first is None and later is None:
        return Fact(_("Sliding scale")) if is_sliding else Fact(_("Fees not stated"), UNSTATED)
    if first is None:
        words = _("Later visits $%(later)s") % {"later": intcomma(later)}
    elif later is None:
        words = _("First visit $%(first)s") % {"first": intcomma(first)}
    else:
        words = _("First visit $%(first)s, later $%(later)s") % {
            "first": intcomma(first),
            "later": intcomma(later),
        }
    return Fact(_("%(fees)s, sliding scale") % {"fees": words} if is_sliding else words)


def _languages(languages: tuple[Language, ...]) -> Fact:
    if not languages:
        return Fact(_("Languages not stated"), UNSTATED)
    return Fact(", ".join(language.name for language in languages))


def _license(state: LicenseState) -> Fact:
    return {
        LicenseState.VERIFIED: Fact(_("License verified")),
        LicenseState.UNVERIFIED: Fact(_("License not verified")),
        LicenseState.LAPSED: Fact(_("License lapsed"), "license__lapsed"),
        LicenseState.UNSTATED: Fact(_("License not stated"), UNSTATED),
    }[state]


def _hours(kind: CredentialKind) -> Iterator[str]:
    """Nothing when the hours are not known."""
    low, high = kind.hours_low, kind.hours_high
    if not low:
        return
    if high is None:
        words = _("%(low)s hours of acupuncture or needling and more")
    elif high == low:
        words = _("About %(low)s hours of acupuncture or needling")
    else:
        words = _("%(low)s to %(high)s hours of acupuncture or needling")
    yield words % {"low": intcomma(low), "high": intcomma(high or low)}
