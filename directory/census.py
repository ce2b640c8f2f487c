"""How many listed practitioners there are: by state, by town, by specialty. Each counted once.

None of them counts those whom nobody may see. One query each, whatever the number of rows; none
when `snapshot` is the rows as they were read before, for pages that count several things. `bit` is
that of a specialty: only those who offer it are counted then.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from directory.candidates import Candidates, everywhere, in_state, in_town
from directory.snapshot import UNKNOWN_FEE, Snapshot, current


@dataclass(frozen=True)
class Fees:
    """What `people` have stated for a first visit, in USD; half of them ask `middle` or less."""

    people: int
    lowest: int
    middle: int
    highest: int


def by_state(*, bit: int | None = None, snapshot: Snapshot | None = None) -> dict[str, int]:
    """Those with an office in it, by a code as in "US-NY"."""
    snapshot = snapshot or current()
    counts = _by("state", _offering(everywhere(snapshot), bit))
    return {code: counts[number] for code, number in snapshot.states.items() if number in counts}


def by_town(
    state_code: str | None = None,
    *,
    places: Collection[int] | None = None,
    country_code: str | None = None,
    bit: int | None = None,
    snapshot: Snapshot | None = None,
) -> dict[int, int]:
    """Those with an office in it, by the key of the Place: of a state, a country, some or all."""
    among = _among(snapshot or current(), state_code, None)
    if places is not None:
        among = among.take(np.isin(among.column("town"), list(places)))
    if country_code is not None:
        among = _in_country(among, country_code)
    return _towns(_offering(among, bit))


def by_specialty(state_code: str | None = None, place_id: int | None = None) -> dict[int, int]:
    """Those who offer it, by its bit; with an office in the state or the town, or all."""
    among = _among(current(), state_code, place_id)
    counts = among.crowd.count_bits(among.column("specialty_mask"))
    return {bit: people for bit, people in enumerate(counts) if people}


def towns_with_specialties(*, country_code: str, least: int) -> tuple[np.ndarray, np.ndarray]:
    """Every town and bit of a specialty that at least `least` people offer there, as two columns.

    Ascending by the key of the Place, then by bit. Some megabytes at most, however many there are.
    """
    among = _in_country(everywhere(current()), country_code)
    among = among.take(among.column("town") > 0)
    towns, at = np.unique(among.column("town"), return_inverse=True)
    masks, is_only, people = (
        among.column(name) for name in ("specialty_mask", "is_only", "person")
    )
    bits = range(int(np.bitwise_or.reduce(masks)).bit_length() if len(masks) else 0)
    counts = np.zeros((len(towns), len(bits)), dtype=np.int32)
    for bit in bits:
        offers = masks >> bit & 1 != 0
        several = offers & ~is_only
        once = _each_once(at[several], people[several])
        counted = np.concatenate([at[offers & is_only], once])
        counts[:, bit] = np.bincount(counted, minlength=len(towns))
    rows, found = np.nonzero(counts >= least)
    return towns[rows], found


def first_visit_fees(
    state_code: str | None = None,
    place_id: int | None = None,
    *,
    bit: int | None = None,
    snapshot: Snapshot | None = None,
) -> Fees | None:
    """Of those with an office in the state or the town, or of all; None when nobody states one."""
    among = _offering(_among(snapshot or current(), state_code, place_id), bit)
    _people, first = np.unique(among.column("person"), return_index=True)
    fees = np.sort(among.column("fee_usd")[first])
    stated = fees[: np.searchsorted(fees, UNKNOWN_FEE)]
    if not len(stated):
        return None
    lowest, middle, highest = (int(stated[at]) for at in (0, (len(stated) - 1) // 2, -1))
    return Fees(len(stated), lowest, middle, highest)


def _in_country(among: Candidates, code: str) -> Candidates:
    """Those with an office in a state of the country."""
    states = among.snapshot.states
    inside = [number for name, number in states.items() if name.startswith(f"{code}-")]
    return among.take(np.isin(among.column("state"), inside))


def _offering(among: Candidates, bit: int | None) -> Candidates:
    return among if bit is None else among.take(among.column("specialty_mask") >> bit & 1 != 0)


def _among(snapshot: Snapshot, state_code: str | None, place_id: int | None) -> Candidates:
    if place_id is not None:
        return in_town(snapshot, place_id)
    return everywhere(snapshot) if state_code is None else in_state(snapshot, state_code)


def _towns(among: Candidates) -> dict[int, int]:
    return {town: people for town, people in _by("town", among).items() if town}


def _by(name: str, among: Candidates) -> dict[int, int]:
    """The people who have each value of a column in one of their rows."""
    values, is_only = among.column(name), among.column("is_only")
    once = _each_once(values[~is_only], among.column("person")[~is_only])
    found, counts = np.unique(np.concatenate([values[is_only], once]), return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _each_once(values: np.ndarray, people: np.ndarray) -> np.ndarray:
    """The values, each as often as different people have it.

    Sorted by hand: `np.unique` over pairs takes several times as long.
    """
    order = np.lexsort((people, values))
    values, people = values[order], people[order]
    is_new = np.ones(len(values), dtype=np.bool_)
    is_new[1:] = (values[1:] != values[:-1]) | (people[1:] != people[:-1])
    return values[is_new]
