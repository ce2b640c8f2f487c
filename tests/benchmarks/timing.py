"""Times one piece of work: whole, its statements alone, and the page that does it."""

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client

# The best of so many is taken: what else the machine does is not what is measured.
REPETITIONS = 3

Statement = tuple[str, Sequence]


@dataclass(frozen=True)
class Case:
    """`work` and the page at `address`, each for every one of `inputs`."""

    name: str
    inputs: Sequence
    work: Callable[[object], object]
    address: Callable[[object], str] | None = None


def measure(case: Case) -> dict:
    """Milliseconds as [p50, p95] over the inputs, and the most queries of one input."""
    whole, database, http = [], [], []
    queries = page_queries = 0
    client = Client()
    for value in case.inputs:
        work = partial(case.work, value)
        done = statements_of(work)
        queries = max(queries, len(done))
        whole.append(best(work))
        database.append(sum(best(partial(_replay, statement)) for statement in done))
        if case.address:
            # The limits on how often a network may ask begin anew.
            cache.clear()
            ask = partial(get, client, case.address(value))
            page_queries = max(page_queries, len(statements_of(ask)))
            http.append(best(ask))
    python = [max(all_of_it - spent, 0.0) for all_of_it, spent in zip(whole, database, strict=True)]
    return {
        "work": quantiles(whole),
        "database": quantiles(database),
        "python": quantiles(python),
        "http": quantiles(http),
        "queries": queries,
        "page queries": page_queries,
    }


def best(work: Callable[[], object]) -> float:
    """Milliseconds."""
    return min(_once(work) for _ in range(REPETITIONS))


def quantiles(durations: Iterable[float]) -> list[float]:
    """The median and the 95th percentile; empty for nothing."""
    durations = list(durations)
    if len(durations) < 2:
        return durations * 2
    return [
        statistics.median(durations),
        statistics.quantiles(durations, n=20, method="inclusive")[-1],
    ]


def spent_by(works: Iterable[Callable[[], object]]) -> dict[str, list[float]]:
    """Milliseconds on the clock and of the processor over the works, both as [p50, p95]."""
    passed, worked = [], []
    for work in works:
        begin, began = time.perf_counter(), time.process_time()
        work()
        worked.append((time.process_time() - began) * 1000)
        passed.append((time.perf_counter() - begin) * 1000)
    return {"clock": quantiles(passed), "processor": quantiles(worked)}


def get(client: Client, path: str) -> HttpResponse:
    """Raises AssertionError when the page does not answer 200."""
    response = client.get(path)
    assert response.status_code == 200, (response.status_code, path)
    return response


def statements_of(work: Callable[[], object]) -> list[Statement]:
    """What `work` asks the database."""
    done: list[Statement] = []

    def note(execute, sql, parameters, many, context):
        done.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        work()
    return done


def _once(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def _replay(statement: Statement) -> None:
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        cursor.fetchall()
