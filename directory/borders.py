"""Which of the United States touch each other."""

import csv
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent / "data" / "state_borders.csv"


def neighbors_of(state_code: str) -> tuple[str, ...]:
    """The codes of the states with which one has a border; none for islands and Alaska."""
    return _borders().get(state_code, ())


@cache
def _borders() -> dict[str, tuple[str, ...]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["state_code"]: tuple(filter(None, row["neighbors"].split("|")))
            for row in csv.DictReader(file)
        }
