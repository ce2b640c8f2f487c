"""Comments that come faster than anybody reads them: none is lost, none is there twice.

50 a second for a minute on PostgreSQL, 20 on SQLite, every fifth with a double click, while others
read the article. Most are sent in place, as a browser with our script does; every tenth comes from
one without, which then loads the page that follows. Each comes from a network of its own, through a
proxy. Prints the times; judges that every answer is a good one.
`BENCH_SECONDS=10` is for less. What else the machine does shows in the times at once.
"""

import asyncio
import os
import re
import resource
import secrets
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import redis

from tests.benchmarks.arrivals import Answer, Site, arrive
from tests.benchmarks.databases import FOLDER, ROOT, Database, databases
from tests.benchmarks.timing import quantiles

SECONDS = float(os.environ.get("BENCH_SECONDS", "60"))
READERS_A_SECOND = 5
DOUBLE_CLICK_EVERY = 5
WITHOUT_SCRIPT_EVERY = 10
START_SECONDS = 60
MEASURE = "tests.benchmarks.measure_comment_load"
# A form that comes back sooner was filled by a program.
TYPING_SECONDS = 12
HIDDEN = re.compile(rb'<input type="hidden" name="(\w+)" value="([^"]*)"')
WORDS = ("calf", "heel", "tendon", "knee", "step", "shoe", "ankle", "arch", "week", "sleep")


@dataclass(frozen=True)
class Load:
    """How many comments a second come to which server."""

    a_second: int
    workers: int
    threads: int
    cache: str


# As `make run` serves SQLite, and as the README says for PostgreSQL.
LOADS = {
    "SQLite": Load(20, workers=1, threads=8, cache="locmemcache://"),
    "PostgreSQL": Load(
        50,
        workers=2,
        threads=8,
        cache=os.environ.get("TEST_CACHE_URL", "redis://127.0.0.1:6379/9"),
    ),
}


@dataclass(frozen=True)
class Writer:
    """What became of one who wrote: an answer for each click, and the page that followed where
    there was no script."""

    name: str
    clicks: list[Answer]
    page: Answer | None


def test_comment_load():
    for database in databases(0, purpose="comments_"):
        load = LOADS[database.vendor]
        address = database.run(MEASURE, "0")["address"]
        if load.cache.startswith("redis:"):
            # What an earlier run counted would reach the limits of this one.
            redis.from_url(load.cache).flushdb()
        before = _processor_seconds()
        with _server(database, load) as origin:
            writers, readers = asyncio.run(_visits(Site(origin), address, load.a_second))
        worked = _processor_seconds() - before
        found = database.run(MEASURE, "1")
        _print(database, load, writers, readers, found, worked)
        _judge(writers, readers, found)


async def _visits(site: Site, address: str, a_second: int):
    form = await _form(site, address)
    await asyncio.sleep(TYPING_SECONDS)
    return await asyncio.gather(
        arrive(partial(_write, site, address, form), a_second=a_second, seconds=SECONDS),
        arrive(partial(_read, site, address), a_second=READERS_A_SECOND, seconds=SECONDS),
    )


async def _form(site: Site, address: str) -> dict[str, str]:
    """The hidden values of the form under the article."""
    due = time.monotonic()
    answer = await site.ask(address, due=due, network="2001:db8::1", is_packed=False)
    assert answer.status == 200, answer.status
    page = answer.page.partition(b'action="%scomments/' % address.encode())[2]
    hidden = dict(HIDDEN.findall(page.partition(b"</form>")[0]))
    assert b"token" in hidden, "the page holds no form"
    return {name.decode(): value.decode() for name, value in hidden.items()}


async def _write(site: Site, address: str, form: dict[str, str], number: int, due: float) -> Writer:
    network = f"2001:db8:{secrets.token_hex(2)}:{secrets.token_hex(2)}::1"
    name = f"Walker {number}"
    typed = {**form, "name": name, "email": f"walker-{number}@example.org", "body": _body(number)}
    clicks = 1 if number % DOUBLE_CLICK_EVERY else 2
    in_place = number % WITHOUT_SCRIPT_EVERY != 1
    send = partial(
        site.ask,
        f"{address}comments/",
        due=due,
        form=typed,
        network=network,
        headers=("X-In-Place: 1",) if in_place else (),
    )
    answers = await asyncio.gather(*(send() for _ in range(clicks)))
    if in_place:
        return Writer(name, answers, None)
    following = answers[-1].location.partition("#")[0] or address
    page = await site.ask(following, due=time.monotonic(), network=network)
    return Writer(name, answers, page)


async def _read(site: Site, address: str, number: int, due: float) -> Answer:
    return await site.ask(address, due=due, network=f"2001:db8:0:{number:x}::1")


def _body(number: int) -> str:
    """A few words, different for each."""
    chosen = [WORDS[number // len(WORDS) ** place % len(WORDS)] for place in range(4)]
    return (
        f"I was asked about the {', the '.join(chosen)}. Was it so for you, too, on day {number}?"
    )


@contextmanager
def _server(database: Database, load: Load) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    origin = f"http://127.0.0.1:{port}"
    env = {
        **os.environ,
        "DATABASE_URL": database.url,
        "CACHE_URL": load.cache,
        "VAR_DIR": str(FOLDER),
        "SITE_URL": origin,
        "TRUSTED_PROXY_COUNT": "1",
    }
    command = [sys.executable, "-m", "gunicorn", "acutake.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--workers", str(load.workers)]
    command += ["--threads", str(load.threads), "--limit-request-line", "0"]
    command += ["--log-level", "warning", "--no-control-socket"]
    process = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        _wait_for(port, process)
        yield origin
    finally:
        process.terminate()
        process.wait(timeout=40)


def _wait_for(port, process):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _processor_seconds() -> float:
    """Of the processes that this one began and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _print(database, load, writers, readers, found, worked):
    print(
        f"\n{database.vendor}: {load.a_second} comments and {READERS_A_SECOND} readers a second, "
        f"{SECONDS:.0f} s, {load.workers} x {load.threads} threads"
    )
    print(f"{'milliseconds':<22}{'p50':>8}{'p95':>8}{'most':>8}  answers")
    clicks = [click for writer in writers for click in writer.clicks]
    for name, answers in (
        ("posting", clicks),
        ("the page that follows", _pages(writers)),
        ("reading", readers),
    ):
        times = [answer.seconds * 1000 for answer in answers]
        columns = "".join(f"{value:>8.0f}" for value in (*quantiles(times), max(times)))
        print(f"{name:<22}{columns}  {_counted(answer.status for answer in answers)}")
    print(
        f"{len(writers):,} wrote, {len(clicks) - len(writers):,} clicked twice, "
        f"{len(found['names']):,} are stored: {found['statuses']}; "
        f"{worked:.0f} s of the processor",
        flush=True,
    )


def _counted(statuses) -> str:
    return ", ".join(f"{count:,} x {status}" for status, count in Counter(statuses).most_common())


def _pages(writers: list[Writer]) -> list[Answer]:
    return [writer.page for writer in writers if writer.page]


def _judge(writers, readers, found):
    for writer in writers:
        assert {click.status for click in writer.clicks} == {303 if writer.page else 200}
    assert {page.status for page in _pages(writers)} == {200}
    assert {reader.status for reader in readers} == {200}
    assert sorted(found["names"]) == sorted(writer.name for writer in writers)
