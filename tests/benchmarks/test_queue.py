"""How long the moderators' queue takes among very many comments, on SQLite and PostgreSQL.

Prints; judges nothing.
"""

from tests.benchmarks.databases import databases
from tests.benchmarks.measure_queue import COMMENTS, WAITING

# It needs no listings: the database is called after none.
OFFICES = 0


def test_queue():
    for database in databases(OFFICES, purpose="queue_"):
        found = database.run("tests.benchmarks.measure_queue")
        print(f"\nQueue of {WAITING:,} among {COMMENTS:,} comments on {database.vendor}")
        print(f"{'milliseconds p50 / p95':<24}{'clock':>16}{'processor':>16}{'queries':>9}")
        for name, page in found.items():
            spent = "".join(f"{_pair(page[column]):>16}" for column in ("clock", "processor"))
            print(f"{name:<24}{spent}{page.get('queries', ''):>9}")


def _pair(spent):
    return f"{spent[0]:.1f} / {spent[1]:.1f}"
