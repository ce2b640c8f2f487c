"""What can be chosen to narrow an answer, in the order in which it is shown; still uncounted."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext as _

from directory.criteria import Criteria
from directory.lists import Lists
from directory.matching import CARE, HOURS, VERIFIED, fee_bit, fees_usd
from directory.models import Fact, Language


@dataclass(frozen=True)
class Choice:
    """One option: whoever has it has `bit` in a column of the search table."""

    parameter: str
    value: str
    label: str
    column: str
    bit: int
    is_chosen: bool


@dataclass(frozen=True)
class Shelf:
    """A facet before it is counted."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    is_multiple: bool = True


def shelves(criteria: Criteria, lists: Lists) -> list[Shelf]:
    """All but the radius, which is no bit."""
    filters = criteria.filters
    care = {"telehealth": _("Telehealth"), "home": _("Home visits")}
    hours = {"evenings": _("Evenings"), "weekends": _("Weekends")}
    switches = {
        "accepting": (_("Accepting new patients"), Fact.ACCEPTING, filters.accepting),
        "step_free": (_("Step-free access"), Fact.STEP_FREE, filters.step_free),
        "sliding": (_("Sliding scale"), Fact.SLIDING, filters.sliding),
        "verified": (_("License verified"), VERIFIED, filters.verified),
    }
    switch = {name: _fact(name, "1", *known) for name, known in switches.items()}
    asked = criteria.specialties
    return [
        _listed("specialty", _("Specialty"), lists.specialties, asked),
        Shelf("accepting", _("New patients"), (switch["accepting"],), is_multiple=False),
        _flags("care", _("Telehealth and home visits"), care, CARE, filters.care),
        _listed("insurer", _("Insurance"), lists.insurers, filters.insurers),
        _listed("language", _("Language"), lists.languages, filters.languages),
        _flags("hours", _("Evenings and weekends"), hours, HOURS, filters.hours),
        Shelf("step_free", _("Access"), (switch["step_free"],), is_multiple=False),
        Shelf("fee", _("First visit"), (switch["sliding"], *_fees(criteria)), is_multiple=False),
        Shelf("verified", _("License"), (switch["verified"],), is_multiple=False),
    ]


def _listed(parameter: str, label: str, rows: Iterable[Model], chosen: Collection[Model]) -> Shelf:
    """Languages are named by their code in an address, the others by their slug."""
    return Shelf(
        parameter,
        label,
        tuple(
            Choice(
                parameter,
                row.code if isinstance(row, Language) else row.slug,
                row.name,
                f"{parameter}_mask",
                1 << row.bit,
                row in chosen,
            )
            for row in rows
        ),
    )


def _flags(
    parameter: str,
    label: str,
    labels: dict[str, str],
    bits: dict[str, Fact],
    chosen: Collection[str],
) -> Shelf:
    choices = (
        _fact(parameter, value, text, bits[value], value in chosen)
        for value, text in labels.items()
    )
    return Shelf(parameter, label, tuple(choices))


def _fees(criteria: Criteria) -> list[Choice]:
    return [
        _fact(
            "max_fee",
            str(amount),
            _("Up to $%(amount)d") % {"amount": amount},
            fee_bit(criteria, amount),
            amount == criteria.filters.max_fee_usd,
        )
        for amount in fees_usd(criteria)
    ]


def _fact(parameter: str, value: str, label: str, bit: int, is_chosen: bool) -> Choice:
    return Choice(parameter, value, label, "fact_mask", int(bit), is_chosen)
