"""One step of an import of many listings, in a process of its own: its seconds and its memory."""

import resource
import time
from collections.abc import Callable

from django.core.management import call_command
from django.utils import timezone

from directory.exporting import export_lines
from directory.importing.reports import tally
from directory.importing.running import prepare, run
from directory.loading import load_gazetteer
from directory.models import SearchEntry
from directory.search_index import rebuild
from directory.vocabulary import load_vocabulary
from tests.benchmarks.databases import FOLDER
from tests.benchmarks.listings import write

STEPS = ("nothing", "dry run", "import", "import again", "export", "rebuild")


def main(step: int, rows: int) -> dict:
    """The first step empties the database and writes the file, the others are measured."""
    path = FOLDER / f"listings-{rows}.csv"
    if STEPS[step] == "nothing":
        call_command("migrate", verbosity=0)
        call_command("flush", verbosity=0, interactive=False)
        load_gazetteer()
        load_vocabulary()
        with path.open("w", encoding="utf-8", newline="") as file:
            write(rows, file)
        return {}
    if STEPS[step] == "export":
        return _measured(lambda: sum(lines.count("\r\n") for lines in export_lines()))
    if STEPS[step] == "rebuild":
        return _measured(rebuild)
    return _measured(lambda: _import(path, is_dry_run=STEPS[step] == "dry run"))


def _import(path, *, is_dry_run: bool) -> dict[str, int]:
    counts = tally(())
    with path.open("rb") as file:
        job = prepare(file, at=timezone.now())
        run(job, is_dry_run=is_dry_run, listen=lambda answers: counts.update(tally(answers)))
    return {**counts, "entries": SearchEntry.objects.count()}


def _measured(step: Callable[[], object]) -> dict:
    before = _memory()
    begin, began = time.perf_counter(), time.process_time()
    result = step()
    return {
        "seconds": time.perf_counter() - begin,
        "of the processor": time.process_time() - began,
        "result": result,
        "memory before": before,
        "memory": _memory(),
    }


def _memory() -> float:
    """The most so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
