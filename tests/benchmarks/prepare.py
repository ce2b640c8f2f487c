"""Makes the connected database one of so many offices, unless it is already."""

import hashlib
import resource
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from directory.loading import load_gazetteer
from directory.models import DataFile
from directory.search_index import rebuild
from directory.vocabulary import load_vocabulary
from tests.benchmarks import postgis
from tests.benchmarks.population import fill

DIRECTORY = Path(__file__).resolve().parents[2] / "directory"
GENERATOR = (Path(__file__).with_name("population.py"), DIRECTORY / "data" / "gazetteer.tsv.gz")
INDEX = (
    *GENERATOR,
    *(DIRECTORY / name for name in ("search_index.py", "models/search_entries.py")),
)


def main(offices: int) -> dict[str, float]:
    """The steps that were needed, in seconds, and the most memory that they took, in MB."""
    steps: dict[str, float] = {}
    call_command("migrate", verbosity=0)
    if is_needed("benchmark population", key := f"{offices} {digest(GENERATOR)}"):
        call_command("flush", verbosity=0, interactive=False)
        load_gazetteer()
        load_vocabulary()
        timed(steps, "population", lambda: fill(offices))
        timed(steps, "its statistics", analyze)
        done("benchmark population", key)
    if is_needed("benchmark index", key := digest(INDEX)):
        timed(steps, "search table", rebuild)
        postgis.forget()
        timed(steps, "statistics", analyze)
        done("benchmark index", key)
    if steps:
        steps["peak memory in MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return steps


def timed(steps: dict[str, float], name: str, step: Callable[[], object]) -> None:
    begin = time.perf_counter()
    step()
    steps[name] = time.perf_counter() - begin


def digest(files: Iterable[Path]) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:40]


def is_needed(name: str, key: str) -> bool:
    return not DataFile.objects.filter(name=name, sha256=key).exists()


def done(name: str, key: str) -> None:
    DataFile.objects.update_or_create(
        name=name, defaults={"sha256": key, "loaded_at": timezone.now()}
    )


def analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
