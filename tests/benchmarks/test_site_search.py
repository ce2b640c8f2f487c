"""How long searches over the whole site take among 50,000 articles and 50,000 practitioners, on
SQLite and on PostgreSQL. Prints; judges no time. Making the databases takes some minutes, once.
"""

import os

from tests.benchmarks.databases import databases

COUNT = int(os.environ.get("BENCH_ARTICLES", "50000"))


def test_site_search():
    for database in databases(COUNT, purpose="site_"):
        steps = database.run("tests.benchmarks.prepare_site", str(COUNT))
        for name, seconds in steps.items():
            print(f"{database.vendor}: {name} in {seconds:.0f} s")
        busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
        found = database.run("tests.benchmarks.measure_site_search")
        _print(f"{database.vendor}, {COUNT:,} of each; load before it {busy}", found)


def _print(title: str, cases: dict[str, dict]) -> None:
    print(f"\n{title}; milliseconds p50 / p95")
    columns = {"work": "search", "database": "database", "http": "whole page"}
    print(f"{'':<16}{''.join(f'{name:>18}' for name in columns.values())}{'queries':>9}")
    for name, case in cases.items():
        spent = "".join(f"{_pair(case[column]):>18}" for column in columns)
        print(f"{name:<16}{spent}{case['page queries']:>9}")


def _pair(quantiles: list[float]) -> str:
    return " / ".join(f"{value:.1f}" for value in quantiles)
