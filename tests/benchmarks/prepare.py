"""Makes the connected database one of so many offices, unless it is already, and says how long
each step took. Run by `tests.benchmarks.databases` as a program of its own, so that its memory is
its own: `python -m tests.benchmarks.prepare 50000`.
"""

import hashlib
import json
import resource
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
DIRECTORY = ROOT / "directory"
GENERATOR = (Path(__file__).with_name("population.py"), *sorted((DIRECTORY / "data").glob("*.*z")))
INDEX = (
    Path(__file__).with_name("population.py"),
    *sorted((DIRECTORY / "migrations").glob("*.py")),
    *(DIRECTORY / name for name in ("search_index.py", "grid.py", "geo.py")),
)


def main(offices: int) -> dict:
    """Steps by name, in seconds; those that were not needed are missing."""
    from django.core.management import call_command

    from directory.loading import load_gazetteer
    from directory.search_index import rebuild
    from directory.vocabulary import load_vocabulary
    from tests.benchmarks.population import fill

    steps: dict[str, float] = {}
    call_command("migrate", verbosity=0)
    if _is_needed("benchmark population", key := f"{offices} {_digest(GENERATOR)}"):
        call_command("flush", verbosity=0, interactive=False)
        load_gazetteer()
        load_vocabulary()
        _timed(steps, "population", lambda: fill(offices))
        _done("benchmark population", key)
    if _is_needed("benchmark index", key := _digest(INDEX)):
        _timed(steps, "search table", rebuild)
        _timed(steps, "statistics", _analyze)
        _done("benchmark index", key)
    if steps:
        steps["peak memory in MB"] = _memory_mb()
    return steps


def _timed(steps: dict[str, float], name: str, step) -> None:
    begin = time.perf_counter()
    step()
    steps[name] = time.perf_counter() - begin


def _memory_mb() -> float:
    """The most that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _digest(files: Iterable[Path]) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:40]


def _is_needed(name: str, key: str) -> bool:
    from directory.models import DataFile

    return not DataFile.objects.filter(name=name, sha256=key).exists()


def _done(name: str, key: str) -> None:
    from django.utils import timezone

    from directory.models import DataFile

    DataFile.objects.update_or_create(
        name=name, defaults={"sha256": key, "loaded_at": timezone.now()}
    )


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(int(sys.argv[1]))))
