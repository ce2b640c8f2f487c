"""Archives of the publication that are kept for their owner, and the task that makes one.

They are in a folder under PRIVATE_ROOT, which no web server serves, named for their moment.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from acutake.archiving import export_archive

NAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{6}\.zip")


@dataclass(frozen=True)
class Kept:
    """An archive that can be fetched."""

    name: str
    bytes: int
    made_at: datetime


@dataclass(frozen=True)
class Making:
    """How far the last one that was asked for is; `bytes` are those written so far."""

    is_running: bool
    has_failed: bool
    bytes: int


def path_of(name: str) -> Path | None:
    """None for what is no name of an archive."""
    return _folder() / name if NAME.fullmatch(name) else None


def new_path(*, at: datetime) -> Path:
    """Where an archive of this moment belongs; its folder is there."""
    return _made_folder() / f"{at.astimezone(UTC):%Y-%m-%d-%H%M%S}.zip"


def kept_archives() -> list[Kept]:
    """The newest first."""
    paths = [path for path in _folder().glob("*.zip") if NAME.fullmatch(path.name)]
    return [
        Kept(path.name, path.stat().st_size, _moment(path)) for path in sorted(paths, reverse=True)
    ]


def ask_for_archive(*, at: datetime) -> bool:
    """Have a worker make one; False where one is being made."""
    if how_far().is_running:
        return False
    make_archive.enqueue(new_path(at=at).name)
    return True


def how_far() -> Making:
    """One query."""
    tasks = DBTaskResult.objects.filter(task_path=make_archive.module_path)
    last = tasks.order_by("-enqueued_at").first()
    status = last.status if last else ""
    partial = [path.stat().st_size for path in _folder().glob("*.zip.partial")]
    return Making(status in ("READY", "RUNNING"), status == "FAILED", sum(partial))


@task()
def make_archive(name: str) -> None:
    """E-mail addresses of commenters are left out: who needs them has the command line."""
    path = path_of(name)
    if path and not path.exists():
        _made_folder()
        export_archive(path, with_addresses=False)


def _folder() -> Path:
    return settings.PRIVATE_ROOT / "archives"


def _made_folder() -> Path:
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _moment(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
