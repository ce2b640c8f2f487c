"""What is asked, as bits of the rows of the search table and as conditions on them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    BigIntegerField,
    Case,
    F,
    Func,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.lookups import GreaterThan

from directory.criteria import FEES_USD, Criteria
from directory.models import Fact, Practitioner, SearchEntry
from directory.search_index import mask_of

# Beside the stated facts, bits that depend on the day or on what is asked.
VERIFIED = 1 << 8
FEES_FROM_BIT = 9
RINGS_FROM_BIT = 24
CARE = {"telehealth": Fact.TELEHEALTH, "home": Fact.HOME}
HOURS = {"evenings": Fact.EVENINGS, "weekends": Fact.WEEKENDS}


@dataclass(frozen=True)
class Asked:
    """One filter that is set: a row has any of `bits` in `column`, which `condition` says too."""

    parameter: str
    column: str
    bits: int
    condition: Q | GreaterThan


def asked(criteria: Criteria, *, on: date) -> list[Asked]:
    """All filters that are set, but for the radius; `on` is today."""
    filters = criteria.filters
    masks = [
        ("specialty", "specialty_mask", mask_of(criteria.specialties)),
        ("accepting", "fact_mask", filters.accepting and Fact.ACCEPTING.value),
        ("care", "fact_mask", sum(CARE[name].value for name in filters.care)),
        ("insurer", "insurer_mask", mask_of(filters.insurers)),
        ("language", "language_mask", mask_of(filters.languages)),
        ("hours", "fact_mask", sum(HOURS[name].value for name in filters.hours)),
        ("step_free", "fact_mask", filters.step_free and Fact.STEP_FREE.value),
        ("sliding", "fact_mask", filters.sliding and Fact.SLIDING.value),
    ]
    found = [Asked(*mask, has_any(*mask[1:])) for mask in masks if mask[2]]
    if filters.max_fee_usd is not None:
        is_affordable = Q(first_visit_fee_usd__lte=filters.max_fee_usd)
        bit = fee_bit(criteria, filters.max_fee_usd)
        found.append(Asked("max_fee", "fact_mask", bit, is_affordable))
    if filters.verified:
        found.append(Asked("verified", "fact_mask", VERIFIED, Q(verified_until__gte=on)))
    return found


def wished(criteria: Criteria) -> QuerySet[SearchEntry]:
    """The rows of those whom the words typed mean, whatever the filters."""
    entries = SearchEntry.objects.all()
    if criteria.wish.specialties:
        entries = entries.filter(has_any("specialty_mask", mask_of(criteria.wish.specialties)))
    if criteria.wish.name_words:
        named = Practitioner.objects.listed().named(criteria.wish.name_words)
        entries = entries.filter(practitioner_id__in=named.values("pk"))
    return entries


def matching(entries: QuerySet[SearchEntry], all_asked: Iterable[Asked]) -> QuerySet[SearchEntry]:
    for one in all_asked:
        entries = entries.filter(one.condition)
    return entries


def has_any(column: str, bits: int) -> GreaterThan:
    """Not `bitand`: on PostgreSQL its result is an integer, too small for the mask."""
    common = Func(
        F(column),
        Value(bits, output_field=BigIntegerField()),
        template="(%(expressions)s)",
        arg_joiner=" & ",
        output_field=BigIntegerField(),
    )
    return GreaterThan(common, 0)


def fees_usd(criteria: Criteria) -> list[int]:
    """The amounts that are offered, with the one that is asked for."""
    amount = criteria.filters.max_fee_usd
    return sorted({*FEES_USD, *([] if amount is None else [amount])})


def fee_bit(criteria: Criteria, amount: int) -> int:
    return 1 << FEES_FROM_BIT + fees_usd(criteria).index(amount)


def ring_bit(number: int) -> int:
    return 1 << RINGS_FROM_BIT + number


def facts(criteria: Criteria, *, rings: Sequence[float], on: date) -> Combinable:
    """The stated facts, a license that is valid `on` that day, and what fees and rings include.

    `rings` are squared chords in ascending order; the rows must be annotated with theirs.
    """
    is_verified = When(verified_until__gte=on, then=VERIFIED)
    verified = Case(is_verified, default=0, output_field=BigIntegerField())
    found = F("fact_mask") + verified
    found += _ladder("first_visit_fee_usd", fees_usd(criteria), FEES_FROM_BIT)
    if rings:
        found += rings_within(rings)
    return found


def rings_within(rings: Sequence[float]) -> Case:
    """The bits of those rings, as in `facts`, that a row is within."""
    return _ladder("chord", rings, RINGS_FROM_BIT)


def _ladder(name: str, limits: Sequence[float], first_bit: int) -> Case:
    """A bit for every limit, in ascending order, that a value does not exceed."""
    every = range(len(limits))
    whens = [
        When(**{f"{name}__lte": limit}, then=sum(1 << first_bit + n for n in every[number:]))
        for number, limit in enumerate(limits)
    ]
    return Case(*whens, default=0, output_field=BigIntegerField())
