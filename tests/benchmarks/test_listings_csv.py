"""How long a file with listings takes, and what memory, on SQLite and on PostgreSQL.

50,000 rows with 500 bad ones of ten kinds; `BENCH_ROWS=5000` for fewer. Prints; judges no time.
"""

import os

from tests.benchmarks.databases import databases
from tests.benchmarks.measure_listings import STEPS

ROWS = int(os.environ.get("BENCH_ROWS", "50000").split(",")[0])


def test_listings_csv():
    for database in databases(0):
        print(f"\n{database.vendor}, a file of {ROWS:,} rows")
        print(f"{'':<16}{'seconds':>9}{'processor':>11}{'MB more':>9}{'MB':>7}  rows")
        for step, name in enumerate(STEPS):
            found = database.run("tests.benchmarks.measure_listings", str(step), str(ROWS))
            if found:
                _print(name, found)


def _print(name: str, found: dict) -> None:
    times = f"{found['seconds']:>9.1f}{found['of the processor']:>11.1f}"
    memory = f"{found['memory'] - found['memory before']:>9.0f}{found['memory']:>7.0f}"
    print(f"{name:<16}{times}{memory}  {found['result']}")
    if name == "rebuild":
        per_100_000 = 100_000 / found["result"]
        spent = f"{found['seconds'] * per_100_000:>9.1f}"
        print(f"{'for 100,000':<16}{spent}{found['of the processor'] * per_100_000:>11.1f}")
