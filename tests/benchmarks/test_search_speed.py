"""How long searches take among many offices, on SQLite and on PostgreSQL. Prints; judges no time.

50,000 and 1,000,000 offices; `BENCH_ROWS=50000 make bench` for the smaller number alone. To make a
million takes ten minutes; the databases are kept for the next run (`tests.benchmarks.databases`).
"""

import os
from collections.abc import Iterator

import pytest

from tests.benchmarks.databases import Database, databases

SIZES = [int(size) for size in os.environ.get("BENCH_ROWS", "50000,1000000").split(",")]
Found = dict[tuple[str, int], dict]


@pytest.fixture(scope="module")
def found() -> Found:
    """What was measured, by vendor and number of offices."""
    results = {}
    for database in (one for size in sorted(SIZES) for one in databases(size)):
        steps = database.run("tests.benchmarks.prepare", str(database.offices))
        _print_steps(database, steps)
        results[database.vendor, database.offices] = database.run("tests.benchmarks.measure_search")
    return results


def test_search_speed(found):
    for (vendor, offices), result in found.items():
        print(f"\n{vendor}, {offices:,} offices; milliseconds p50 / p95; {_candidates(result)}")
        columns = ("work", "database", "python", "http")
        names = ("search", "database", "python", "whole page")
        print(f"{'':<20}{''.join(f'{name:>18}' for name in names)}{'queries':>9}{'of page':>9}")
        for name, case in result["cases"].items():
            spent = "".join(f"{_pair(case[column]):>18}" for column in columns)
            print(f"{name:<20}{spent}{case['queries']:>9}{case['page queries'] or '':>9}")


def test_against_postgis(found):
    compared = {key: result for key, result in found.items() if result["postgis"]}
    if not compared:
        print("\nPostGIS is not measured: PostgreSQL does not offer it.")
    for (_, offices), result in compared.items():
        print(f"\nTotal, facets and a page read among {offices:,} offices; ms p50 / p95")
        print(f"{'':<20}{'in memory':>18}{'PostGIS':>18}{'as long as':>12}")
        for name, theirs in result["postgis"].items():
            ours = result["cases"][name]["work"]
            print(f"{name:<20}{_pair(ours):>18}{_pair(theirs):>18}{ours[0] / theirs[0]:>11.2f}x")


def test_growth(found):
    for vendor, (small, large) in _grown(found):
        before, after = found[vendor, small], found[vendor, large]
        print(f"\n{vendor}: p50 of {large:,} offices against {small:,}")
        for name, case in after["cases"].items():
            growth = case["work"][0] / before["cases"][name]["work"][0]
            print(f"{name:<20}{growth:>6.1f}x")


def _grown(found: Found) -> Iterator[tuple[str, tuple[int, int]]]:
    for vendor in dict.fromkeys(vendor for vendor, _ in found):
        sizes = [size for name, size in found if name == vendor]
        if len(sizes) > 1:
            yield vendor, (sizes[0], sizes[-1])


def _print_steps(database: Database, steps: dict[str, float]) -> None:
    told = ", ".join(f"{name} {spent:.0f}" for name, spent in steps.items())
    print(f"\n{database.vendor}, {database.offices:,} offices: {told or 'from the last run'}")


def _candidates(result: dict) -> str:
    told = ", ".join(f"{kind} {count:,}" for kind, count in result["candidates"].items())
    held = f"read in {result['reading']:.1f} s, {result['memory']:.0f} MB"
    return f"within 25 miles: {told}; {held}"


def _pair(spent: list[float]) -> str:
    return f"{spent[0]:.1f} / {spent[1]:.1f}" if spent else ""
