"""How long it takes to move a WordPress site here, and this site elsewhere, and what memory; on
SQLite and on PostgreSQL.

10,000 posts with 100,000 comments, then a dry run of a file of 500 MB; `BENCH_POSTS=1000` and
`BENCH_MEGABYTES=50` for less. Prints; judges no time.
"""

import os

from tests.benchmarks.databases import databases
from tests.benchmarks.measure_wordpress import STEPS

POSTS = os.environ.get("BENCH_POSTS", "10000")
MEGABYTES = os.environ.get("BENCH_MEGABYTES", "500")
# No other measurement empties the database of this number.
DATABASE = 1


def test_wordpress():
    for database in databases(DATABASE):
        print(f"\n{database.vendor}, {int(POSTS):,} posts")
        print(f"{'':<22}{'minutes':>9}{'processor':>11}{'MB':>7}")
        for step, name in enumerate(STEPS):
            found = database.run("tests.benchmarks.measure_wordpress", str(step), POSTS, MEGABYTES)
            if found:
                times = f"{found['seconds'] / 60:>9.1f}{found['of the processor'] / 60:>11.1f}"
                print(f"{name:<22}{times}{found['memory']:>7.0f}  {found['result']}", flush=True)
