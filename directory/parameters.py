"""The filters in a search's address: read with words for what is wrong, and written again."""

import math
from collections.abc import Callable, Iterator

from django.db.models import Model
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from directory.criteria import Criteria, Filters
from directory.models import Insurer, Language

SWITCHES = ("accepting", "step_free", "sliding", "verified")
CARE = frozenset({"telehealth", "home"})
HOURS = frozenset({"evenings", "weekends"})
PARAMETERS = (*SWITCHES, "care", "insurer", "language", "hours", "max_fee")
VALUES_READ = 40
HIGHEST_FEE_USD = 100_000

Say = Callable[[str], None]


def read_filters(data: MultiValueDict, say: Say) -> Filters:
    """All that can be read; `say` gets a sentence for every value that was left out.

    One query for the insurers and one for the languages, each only when some are asked for.
    """
    return Filters(
        **{name: _switch(data, name, say) for name in SWITCHES},
        care=_choices(data, "care", CARE, say),
        hours=_choices(data, "hours", HOURS, say),
        insurers=_rows(data, "insurer", Insurer, "slug", say),
        languages=_rows(data, "language", Language, "code", say),
        max_fee_usd=_fee_usd(data, say),
    )


def written(criteria: Criteria) -> Iterator[tuple[str, str]]:
    """Radius, specialties and filters as names and values of an address, as they are read."""
    filters = criteria.filters
    yield "radius", str(criteria.radius_miles)
    yield from (("specialty", specialty.slug) for specialty in criteria.specialties)
    yield from ((name, "1") for name in SWITCHES if getattr(filters, name))
    yield from (("care", value) for value in sorted(filters.care))
    yield from (("insurer", insurer.slug) for insurer in filters.insurers)
    yield from (("language", language.code) for language in filters.languages)
    yield from (("hours", value) for value in sorted(filters.hours))
    if filters.max_fee_usd is not None:
        yield "max_fee", str(filters.max_fee_usd)


def _asked(data: MultiValueDict, name: str) -> list[str]:
    """The values of a parameter, each once and none empty."""
    return [value for value in dict.fromkeys(data.getlist(name)[:VALUES_READ]) if value]


def _switch(data: MultiValueDict, name: str, say: Say) -> bool:
    return bool(_choices(data, name, frozenset({"1"}), say))


def _choices(data: MultiValueDict, name: str, known: frozenset[str], say: Say) -> frozenset[str]:
    asked = _asked(data, name)
    _say_unknown(name, asked, known, say)
    return known.intersection(asked)


def _rows(
    data: MultiValueDict, name: str, model: type[Model], key: str, say: Say
) -> tuple[Model, ...]:
    asked = _asked(data, name)
    found = tuple(model.objects.filter(**{f"{key}__in": asked})) if asked else ()
    _say_unknown(name, asked, {getattr(row, key) for row in found}, say)
    return found


def _say_unknown(name: str, asked: list[str], known: frozenset[str] | set[str], say: Say) -> None:
    for value in asked:
        if value not in known:
            say(
                _("The filter “%(name)s” knows no “%(typed)s”; it was left out.")
                % {"name": name, "typed": value[:60]}
            )


def _fee_usd(data: MultiValueDict, say: Say) -> int | None:
    """Whole dollars, rounded up."""
    typed = data.get("max_fee", "")
    if not typed:
        return None
    try:
        amount = float(typed.strip("$ ").replace(",", ""))
    except ValueError:
        amount = math.nan
    if 0 < amount <= HIGHEST_FEE_USD:
        return math.ceil(amount)
    say(
        _("“%(typed)s” is no amount in dollars; fees of any height are shown.")
        % {"typed": typed[:40]}
    )
    return None
