"""Whose comments were erased until when, by keyed hashes of addresses alone.

It is kept in the database and in ERASURES_FILE: a restored backup of the one learns of later
erasures from the other. A line of the file is a moment, the name of the ADDRESS_KEY and the hash.
"""

import fcntl
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import transaction

from acutake.lib.addresses import address_key, key_name, normalize
from comments.models import Erasure

HEADING = (
    "# Addresses whose comments were erased: when, and a keyed hash of each. Keep this file when\n"
    "# the database is restored from a backup, and then run: manage.py reapply_erasures\n"
)
LINE = re.compile(r"(\S+) ([0-9a-f]{8}) ([0-9a-f]{64})\n?")
# No line is as long; a file of something else need not have lines at all.
LONGEST_LINE = 300
BATCH = 500
# While the file is gone through once, for each as many of the table's rows.
ROWS_COMPARED = 10_000


@dataclass
class Read:
    """What a file of erasures held: entries, those of another ADDRESS_KEY, numbers of lines that
    make no sense, and how many entries the database did not have yet."""

    entries: int = 0
    of_another_key: int = 0
    broken: list[int] = field(default_factory=list)
    new: int = 0


def erased_until(addresses: Iterable[str]) -> dict[str, datetime]:
    """By address as `normalize` writes it: until when its comments are erased. One query."""
    keys = {address_key(address): normalize(address) for address in addresses if address}
    rows = Erasure.objects.filter(address_key__in=keys) if keys else []
    return {keys[row.address_key]: row.erased_at for row in rows}


def enter(address: str, *, at: datetime) -> None:
    """Write down that the comments of `address` are erased up to `at`.

    To be called last in the transaction of the erasure: where the file cannot be written, OSError
    undoes it. Where the transaction fails after it, the file asks for an erasure that the next
    `reapply_erasures` does.
    """
    key = address_key(address)
    _enter_rows({key: at})
    _append([(key, at)])


def take_in(path: Path) -> Read:
    """Bring what the file has into the database, a batch at a time. A file that is not there
    holds nothing; any other OSError is raised."""
    read = Read()
    entries = _entries(path, read)
    while batch := list(islice(entries, BATCH)):
        latest: dict[str, datetime] = {}
        for key, at in batch:
            latest[key] = max(at, latest.get(key, at))
        read.new += _enter_rows(latest)
    return read


def complete_file() -> int:
    """Write what only the database has into the file; returns how many lines that took."""
    written, last = 0, 0
    while rows := list(Erasure.objects.filter(pk__gt=last).order_by("pk")[:ROWS_COMPARED]):
        lacking = {row.address_key: row.erased_at for row in rows}
        for key, at in _entries(settings.ERASURES_FILE, Read()):
            if key in lacking and lacking[key] <= at:
                del lacking[key]
        if lacking:
            _append(lacking.items())
        written, last = written + len(lacking), rows[-1].pk
    return written


@transaction.atomic
def _enter_rows(latest: dict[str, datetime]) -> int:
    """How many of these the database did not have, or with an earlier moment."""
    rows = Erasure.objects.filter(address_key__in=latest).order_by("pk")
    known = set(rows.values_list("address_key", flat=True))
    lacking = [key for key in sorted(latest) if key not in known]
    Erasure.objects.bulk_create(
        (Erasure(address_key=key, erased_at=latest[key]) for key in lacking), ignore_conflicts=True
    )
    # Of two that erase at once, the later moment has to stay.
    earlier = [row for row in rows.select_for_update() if row.erased_at < latest[row.address_key]]
    for row in earlier:
        row.erased_at = latest[row.address_key]
    Erasure.objects.bulk_update(earlier, ["erased_at"])
    return len(lacking) + len(earlier)


def _append(entries: Iterable[tuple[str, datetime]]) -> None:
    """Add lines that are on the disk when this returns."""
    path = settings.ERASURES_FILE
    name = key_name()
    lines = "".join(f"{at.isoformat()} {name} {key}\n" for key, at in entries)
    file_number = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with open(file_number, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        size = file.seek(0, os.SEEK_END)
        file.write((_before(file, size) + lines).encode())
        file.flush()
        os.fsync(file)
    if size == 0:
        _sync_folder(path.parent)


def _before(file, size: int) -> str:
    """What has to stand before the next line: whoever was killed may have left half a line."""
    if size == 0:
        return HEADING
    file.seek(size - 1)
    return "" if file.read(1) == b"\n" else "\n"


def _sync_folder(folder: Path) -> None:
    """The name of a new file is on the disk only with its folder."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _entries(path: Path, read: Read) -> Iterator[tuple[str, datetime]]:
    """Those that can be used; `read` counts them and what else there is."""
    own = key_name()
    try:
        file = path.open(encoding="ascii", errors="replace", newline="\n")
    except FileNotFoundError:
        return
    with file:
        number = 0
        while line := file.readline(LONGEST_LINE):
            number += 1
            match = LINE.fullmatch(line)
            at = _moment(match[1]) if match else None
            if at is None:
                if not line.startswith("#") and line.strip():
                    read.broken.append(number)
            elif match[2] != own:
                read.of_another_key += 1
            else:
                read.entries += 1
                yield match[3], at


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None
