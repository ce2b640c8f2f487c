"""One step of moving a WordPress site, in a process of its own: its seconds and its memory."""

import io
import resource
import shutil
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from django.core.files.storage import default_storage
from django.core.management import call_command

from articles.models import Article, Image
from comments.models import Comment
from directory.vocabulary import load_vocabulary
from tests.benchmarks.databases import FOLDER
from tests.benchmarks.wxr import write, write_media

STEPS = (
    *("nothing", "dry run", "import", "import again", "export", "nothing left"),
    *("import of the archive", "import of it again", "export again", "a large file", "its dry run"),
)
COMMENTS_A_POST = 10
# A post with its comments takes so much of the file.
BYTES_A_POST = 14_100


def main(step: int, posts: int, megabytes: int) -> dict:
    """The first step empties the database and writes the file; those that prepare give nothing."""
    name = STEPS[step]
    small, large = FOLDER / f"wordpress-{posts}.xml", FOLDER / "wordpress-large.xml"
    first, second = FOLDER / "publication.zip", FOLDER / "publication-again.zip"
    media = FOLDER / "wordpress-media"
    if name in ("nothing", "nothing left"):
        _empty()
    if name == "nothing":
        _write(small, posts)
        shutil.rmtree(media, ignore_errors=True)
        write_media(media, posts)
    elif name == "a large file":
        _write(large, megabytes * 2**20 // BYTES_A_POST)
    elif name != "nothing left":
        return _measured(
            {
                "dry run": lambda: _import_wordpress(small, media=media, dry_run=True),
                "import": lambda: _import_wordpress(small, media=media),
                "import again": lambda: _import_wordpress(small, media=media),
                "export": lambda: _export(first),
                "import of the archive": lambda: _import_archive(first),
                "import of it again": lambda: _import_archive(first),
                "export again": lambda: _export(second, like=first),
                "its dry run": lambda: _import_wordpress(large, dry_run=True),
            }[name]
        )
    return {}


def _empty() -> None:
    call_command("migrate", verbosity=0)
    for name in Image.objects.values_list("file", flat=True):
        default_storage.delete(name)
    call_command("flush", verbosity=0, interactive=False)
    load_vocabulary()


def _write(path: Path, posts: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        write(file, posts, posts * COMMENTS_A_POST)


def _import_wordpress(path: Path, **options) -> str:
    return (
        f"{path.stat().st_size / 2**20:.0f} MB: {_last_line('import_wordpress', path, **options)}"
    )


def _import_archive(path: Path) -> str:
    _last_line("import_articles", path)
    return _count()


def _export(path: Path, *, like: Path | None = None) -> str:
    _last_line("export_articles", out=path, with_addresses=True)
    size = f"{path.stat().st_size / 2**20:.0f} MB"
    if like is None:
        return size
    return f"{size}, {'the same' if path.read_bytes() == like.read_bytes() else 'ANOTHER'} archive"


def _last_line(command: str, *arguments, **options) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out, **options)
    lines = Counter(out.getvalue().splitlines())
    return next(line for line in reversed(lines) if not line.startswith("This was"))


def _count() -> str:
    counts = {model: model.objects.count() for model in (Article, Comment, Image)}
    return ", ".join(f"{count:,} {model._meta.verbose_name}s" for model, count in counts.items())


def _measured(step: Callable[[], str]) -> dict:
    begin, began = time.perf_counter(), time.process_time()
    result = step()
    return {
        "seconds": time.perf_counter() - begin,
        "of the processor": time.process_time() - began,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "result": result,
    }
