"""Where each state's licenses are looked up: `data/license_registers.csv`."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).resolve().parent / "data" / "license_registers.csv"


@dataclass(frozen=True)
class Register:
    """The body that licenses acupuncturists in a state, and its look-up or the way to it."""

    board: str
    url: str


def register_of(state_code: str) -> Register | None:
    """None for a state that licenses no acupuncturists, and for other countries."""
    return _registers().get(state_code.upper())


@cache
def _registers() -> dict[str, Register]:
    with PATH.open(encoding="utf-8", newline="") as file:
        return {
            row["state_code"]: Register(row["board"], row["url"]) for row in csv.DictReader(file)
        }
