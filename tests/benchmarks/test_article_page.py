"""How long the page of an article takes with many figures and comments, on SQLite and PostgreSQL.

Prints; judges nothing. The time of the processor is beside that on the clock, since it depends
less on what else the machine does.
"""

from tests.benchmarks.databases import databases
from tests.benchmarks.measure_article import COMMENTS, MOST_COMMENTS

# It needs no listings: the database is called after none.
OFFICES = 0


def test_article_page():
    for database in databases(OFFICES):
        found = database.run("tests.benchmarks.measure_article")
        plain = found["plain"]["processor"][0]
        print(f"\nPage of an article on {database.vendor}; milliseconds p50 / p95")
        heads = f"{'of plain':>10}{'queries':>9}{'kB':>7}{'sent':>7}"
        print(f"{'':<16}{'clock':>16}{'processor':>16}{heads}")
        for name, page in found.items():
            spent = "".join(f"{_pair(page[column]):>16}" for column in ("clock", "processor"))
            ratio = page["processor"][0] / plain
            print(
                f"{name:<16}{spent}{ratio:>9.1f}x{page['queries']:>9}{page['kB']:>7.0f}"
                f"{page['sent kB']:>7.1f}"
            )
        few, many = (found[f"{number} comments"] for number in (COMMENTS, MOST_COMMENTS))
        ratio = many["processor"][0] / few["processor"][0]
        print(f"{MOST_COMMENTS} comments take {ratio:.2f} times as long as {COMMENTS}")


def _pair(spent):
    return f"{spent[0]:.1f} / {spent[1]:.1f}"
