"""How many listed practitioners there are: by state, by town, by specialty. Each counted once.

One query each, whatever the number of rows; none of them counts those whom nobody may see.
"""

import numpy as np

from directory.candidates import Candidates, everywhere, in_state, in_town
from directory.snapshot import current
from directory.tally import count_bits


def by_state() -> dict[str, int]:
    """Those with an office in it, by a code as in "US-NY"."""
    snapshot = current()
    counts = _by("state", everywhere(snapshot))
    return {code: counts[number] for code, number in snapshot.states.items() if number in counts}


def by_town(state_code: str | None = None) -> dict[int, int]:
    """Those with an office in it, by the key of the Place; in one state or in all."""
    return _towns(_among(state_code, None))


def by_specialty(state_code: str | None = None, place_id: int | None = None) -> dict[int, int]:
    """Those who offer it, by its bit; with an office in the state or the town, or all."""
    among = _among(state_code, place_id)
    counts = count_bits(
        among.column("specialty_mask"), among.column("person"), among.column("is_only")
    )
    return {bit: people for bit, people in enumerate(counts) if people}


def by_town_and_specialty(state_code: str | None = None) -> dict[tuple[int, int], int]:
    """By (key of the Place, bit of the specialty)."""
    among = _among(state_code, None)
    masks = among.column("specialty_mask")
    return {
        (town, bit): people
        for bit in range(int(np.bitwise_or.reduce(masks)).bit_length())
        for town, people in _towns(among.take(masks >> bit & 1 != 0)).items()
    }


def _among(state_code: str | None, place_id: int | None) -> Candidates:
    snapshot = current()
    if place_id is not None:
        return in_town(snapshot, place_id)
    return everywhere(snapshot) if state_code is None else in_state(snapshot, state_code)


def _towns(among: Candidates) -> dict[int, int]:
    return {town: people for town, people in _by("town", among).items() if town}


def _by(name: str, among: Candidates) -> dict[int, int]:
    """The people who have each value of a column in one of their rows."""
    values, is_only = among.column(name), among.column("is_only")
    several = np.stack([values[~is_only], among.column("person")[~is_only]])
    once = np.unique(several, axis=1)[0]
    found, counts = np.unique(np.concatenate([values[is_only], once]), return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))
