"""Makes the connected database one of so many articles and practitioners, unless it is already."""

from pathlib import Path

from django.core.management import call_command

from articles import search_index as articles_index
from directory.loading import load_gazetteer
from directory.search_index import rebuild
from directory.vocabulary import load_vocabulary
from tests.benchmarks import population, prepare, publication

ROOT = Path(__file__).resolve().parents[2]
GENERATOR = (*prepare.GENERATOR, Path(publication.__file__))
INDEX = (
    *GENERATOR,
    *prepare.INDEX,
    *(ROOT / "acutake" / "lib" / name for name in ("terms.py", "fulltext.py")),
    *(ROOT / name for name in ("articles/search_index.py", "directory/term_index.py")),
)
# One in twelve has two offices.
OFFICES_A_PERSON = 1.085


def main(count: int) -> dict[str, float]:
    """The steps that were needed, in seconds."""
    steps: dict[str, float] = {}
    call_command("migrate", verbosity=0)
    if prepare.is_needed("benchmark site", key := f"{count} {prepare.digest(GENERATOR)}"):
        call_command("flush", verbosity=0, interactive=False)
        load_gazetteer()
        load_vocabulary()
        prepare.timed(
            steps, "practitioners", lambda: population.fill(int(count * OFFICES_A_PERSON))
        )
        prepare.timed(steps, "articles", lambda: publication.fill(count))
        prepare.done("benchmark site", key)
    if prepare.is_needed("benchmark site index", key := prepare.digest(INDEX)):
        prepare.timed(steps, "index of practitioners", rebuild)
        prepare.timed(steps, "index of articles", articles_index.rebuild)
        prepare.analyze()
        prepare.done("benchmark site index", key)
    return steps
