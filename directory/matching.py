"""What is asked, as bits of the rows that a search looks at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from directory.candidates import Candidates
from directory.criteria import FEES_USD, Criteria
from directory.models import Fact, Practitioner
from directory.search_index import mask_of
from directory.understanding import Wish

# Beside the stated facts, bits that depend on the day or on what is asked.
VERIFIED = 1 << 8
FEES_FROM_BIT = 9
CARE = {"telehealth": Fact.TELEHEALTH, "home": Fact.HOME}
HOURS = {"evenings": Fact.EVENINGS, "weekends": Fact.WEEKENDS}


@dataclass(frozen=True)
class Asked:
    """One filter that is set: a row has any of `bits` in `column`."""

    parameter: str
    column: str
    bits: int


class Matches:
    """Candidates with the filters that each of them holds. `on` is today."""

    def __init__(self, candidates: Candidates, criteria: Criteria, *, on: date):
        self.candidates = candidates
        self.criteria = criteria
        self.on = on
        self._without: dict[str | None, Candidates] = {}

    def masks(self, column: str) -> np.ndarray:
        return self._facts if column == "fact_mask" else self.candidates.column(column)

    def all_but(self, parameter: str | None = None) -> np.ndarray | slice:
        """Which candidates match all filters, or all but that of one parameter, as an index."""
        held = [mask for name, mask in self.held.items() if name != parameter]
        return np.logical_and.reduce(held) if held else slice(None)

    def without(self, parameter: str | None) -> Candidates:
        """The candidates who match all filters, but for that of one parameter."""
        if parameter not in self._without:
            is_filtered = any(name != parameter for name in self.held)
            found = (
                self.candidates.take(self.all_but(parameter)) if is_filtered else self.candidates
            )
            self._without[parameter] = found
        return self._without[parameter]

    @property
    def matched(self) -> Candidates:
        return self.without(None)

    def within(self, radius_miles: float) -> "Matches":
        """The same for a smaller circle."""
        return Matches(self.candidates.within(radius_miles), self.criteria, on=self.on)

    @cached_property
    def held(self) -> dict[str, np.ndarray]:
        """By parameter of every filter that is set, which candidates it lets through."""
        return {
            one.parameter: (self.masks(one.column) & one.bits) != 0 for one in asked(self.criteria)
        }

    @cached_property
    def _facts(self) -> np.ndarray:
        """The stated facts, a license that is valid that day, and what fees include."""
        facts = self.candidates.column("fact_mask")
        is_verified = self.candidates.column("verified_until") >= self.on.toordinal()
        limits = fees_usd(self.criteria)
        # A fee has the bits of all amounts that are not below it.
        every = range(len(limits))
        steps = np.array([*(sum(map(_fee_bit, every[lowest:])) for lowest in every), 0])
        fees = np.searchsorted(limits, self.candidates.column("fee_usd"))
        return facts | is_verified * VERIFIED | steps[fees]


def asked(criteria: Criteria) -> Iterator[Asked]:
    """All filters that are set, but for the radius."""
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
        ("verified", "fact_mask", filters.verified and VERIFIED),
    ]
    if filters.max_fee_usd is not None:
        masks.append(("max_fee", "fact_mask", fee_bit(criteria, filters.max_fee_usd)))
    return (Asked(*mask) for mask in masks if mask[2])


def wished(candidates: Candidates, wish: Wish, named: np.ndarray | None) -> Candidates:
    """Those whom the words typed mean, whatever the filters; of `named` people when it is given."""
    if wish.specialties:
        mask = mask_of(wish.specialties)
        candidates = candidates.take(candidates.column("specialty_mask") & mask != 0)
    if named is not None:
        candidates = candidates.take(np.isin(candidates.column("person"), named))
    return candidates


def named_people(wish: Wish) -> np.ndarray:
    """The keys of all listed who have the words of the name that was typed. One query."""
    named = Practitioner.objects.listed().named(wish.name_words).order_by()
    return np.fromiter(named.values_list("pk", flat=True).iterator(), dtype=np.int64)


def fees_usd(criteria: Criteria) -> list[int]:
    """The amounts that are offered, with the one that is asked for."""
    amount = criteria.filters.max_fee_usd
    return sorted({*FEES_USD, *([] if amount is None else [amount])})


def fee_bit(criteria: Criteria, amount: int) -> int:
    return _fee_bit(fees_usd(criteria).index(amount))


def _fee_bit(number: int) -> int:
    return 1 << FEES_FROM_BIT + number
