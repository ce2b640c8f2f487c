"""What is asked of the directory, and how an answer counts what can be asked next."""

from dataclasses import dataclass, field

from directory.models import Insurer, Language, Place, Specialty
from directory.understanding import NO_WISH, Wish

DEFAULT_RADIUS_MILES = 25
RADII_MILES = (5, 10, 25, 50, 100)
# Up to so much for a first visit.
FEES_USD = (50, 75, 100, 125, 150, 200)


@dataclass(frozen=True)
class Filters:
    """Which of those found are wanted; what is not asked is False, None or empty.

    All that is asked must hold, of what stands in one collection any. What a practitioner has not
    stated never holds. `care` is of "telehealth" and "home", `hours` of "evenings" and "weekends";
    `max_fee_usd` is for a first visit; `verified` means a license that was checked and is valid.
    """

    accepting: bool = False
    care: frozenset[str] = frozenset()
    insurers: tuple[Insurer, ...] = ()
    languages: tuple[Language, ...] = ()
    hours: frozenset[str] = frozenset()
    step_free: bool = False
    sliding: bool = False
    max_fee_usd: int | None = None
    verified: bool = False


@dataclass(frozen=True)
class Criteria:
    """What was asked. `specialties` and those of `wish` are each "any of these".

    Without a place everybody listed is meant, unless `is_place_unknown`: then nobody is. A state
    means those in it, any other place those in the circle around it, or with `is_inside` those with
    an office in that very town.
    """

    place: Place | None = None
    is_place_unknown: bool = False
    is_inside: bool = False
    radius_miles: int = DEFAULT_RADIUS_MILES
    specialties: tuple[Specialty, ...] = ()
    wish: Wish = NO_WISH
    page: int = 1
    filters: Filters = field(default_factory=Filters)

    @property
    def is_state(self) -> bool:
        return self.place is not None and self.place.kind == Place.Kind.STATE


@dataclass(frozen=True)
class Option:
    """One value that can be asked for, as `parameter=value` in an address.

    `count` is of the practitioners who have it and match all but the option's own filter.
    """

    parameter: str
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """What can be filtered by. Of the options of one parameter several can be chosen, or one."""

    name: str
    label: str
    options: tuple[Option, ...]
    is_multiple: bool


@dataclass(frozen=True)
class Cost:
    """How many match when the filter of one parameter is left out."""

    parameter: str
    label: str
    total_without: int
