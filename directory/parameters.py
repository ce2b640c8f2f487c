"""The filters in a search's address: read with words for what is wrong, and written again."""

import math
from collections.abc import Callable, Iterator

from django.db.models import Model, Value
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from directory.criteria import Criteria, Filters
from directory.models import Insurer, Language, Specialty, SpecialtyPath

SWITCHES = ("accepting", "step_free", "sliding", "verified")
CARE = frozenset({"telehealth", "home"})
HOURS = frozenset({"evenings", "weekends"})
PARAMETERS = (*SWITCHES, "care", "insurer", "language", "hours", "max_fee")
VALUES_READ = 40
HIGHEST_FEE_USD = 100_000
# The lists that values are taken from, each with the field that an address holds.
LISTS = {
    "specialty": (Specialty, "slug"),
    "insurer": (Insurer, "slug"),
    "language": (Language, "code"),
}

Say = Callable[[str], None]
Terms = tuple[Model, ...]


def read_terms(data: MultiValueDict, say: Say) -> dict[str, Terms]:
    """The specialties, insurers and languages that are asked for, by parameter and name.

    `say` gets a sentence for every value that was left out. One query, none when nothing is asked,
    one more when a specialty is asked for that is none, or is no longer called so; what the rows
    hold beside name, value and bit is fetched when it is used.
    """
    asked = {name: _asked(data, name) for name in LISTS}
    found = _rows(asked)
    unknown = {name: _unknown(name, values, found[name]) for name, values in asked.items()}
    if unknown["specialty"]:
        renamed = _renamed(unknown["specialty"])
        unknown["specialty"] = [slug for slug in unknown["specialty"] if slug not in renamed]
        rows = {row.pk: row for row in [*found["specialty"], *renamed.values()]}
        found["specialty"] = sorted(rows.values(), key=lambda row: row.name)
    for name, values in unknown.items():
        _say_unknown(name, values, say)
    return {name: tuple(terms) for name, terms in found.items()}


def _rows(asked: dict[str, list[str]]) -> dict[str, list[Model]]:
    """Those that are called so today. One query at most."""
    queries = [
        model.objects.order_by()
        .filter(**{f"{key}__in": asked[name]})
        .values_list(Value(name), "pk", key, "name", "bit")
        for name, (model, key) in LISTS.items()
        if asked[name]
    ]
    rows = queries[0].union(*queries[1:], all=True) if queries else []
    found: dict[str, list[Model]] = {name: [] for name in LISTS}
    for name, pk, value, label, bit in sorted(rows, key=lambda row: row[3]):
        model, key = LISTS[name]
        found[name].append(
            model.from_db(rows.db, ["id", key, "name", "bit"], [pk, value, label, bit])
        )
    return found


def _unknown(name: str, asked: list[str], found: list[Model]) -> list[str]:
    known = {getattr(row, LISTS[name][1]) for row in found}
    return [value for value in asked if value not in known]


def _renamed(slugs: list[str]) -> dict[str, Specialty]:
    """The specialties that these once meant, by the old slug. One query."""
    paths = SpecialtyPath.objects.filter(slug__in=slugs).select_related("specialty")
    return {path.slug: path.specialty for path in paths}


def read_filters(data: MultiValueDict, terms: dict[str, Terms], say: Say) -> Filters:
    """All the filters that can be read; `say` gets a sentence for every value left out."""
    return Filters(
        **{name: _switch(data, name, say) for name in SWITCHES},
        care=_choices(data, "care", CARE, say),
        hours=_choices(data, "hours", HOURS, say),
        insurers=terms["insurer"],
        languages=terms["language"],
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
    _say_unknown(name, [value for value in asked if value not in known], say)
    return known.intersection(asked)


def _say_unknown(name: str, values: list[str], say: Say) -> None:
    for value in values:
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
