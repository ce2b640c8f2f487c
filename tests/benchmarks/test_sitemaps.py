"""What the sitemap of many listings takes, on SQLite and on PostgreSQL. Prints; judges nothing.

In the databases of the searches: 50,000 offices, and `BENCH_ROWS=1000000 make bench` for a million.
"""

from tests.benchmarks.databases import databases
from tests.benchmarks.test_search_speed import SIZES


def test_sitemaps():
    for database in (one for size in sorted(SIZES) for one in databases(size)):
        database.run("tests.benchmarks.prepare", str(database.offices))
        _print(database, database.run("tests.benchmarks.measure_sitemaps"))


def _print(database, found):
    print(f"\nSitemap on {database.vendor}, {database.offices:,} offices")
    print(f"{'list of pages':<20}{found['index']:>8.2f} s")
    for name, section in found["sections"].items():
        pages, entries = f"{section['pages']:,} pages", f"{section['entries']:,} entries"
        print(f"{name:<20}{section['slowest']:>8.2f} s the slowest of {pages}, {entries} in all")
    memory = f"{found['more']:.0f} MB beside the {found['held']:.0f} MB of a process that searches"
    print(f"{'all of it':<20}{found['all']:>8.2f} s, {memory}")
