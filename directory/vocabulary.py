"""The controlled lists that come with the site: what is offered, sought, paid, spoken and meant."""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path

from django.db import models, transaction
from django.utils import timezone

from directory.models import (
    Condition,
    CredentialKind,
    DataFile,
    Insurer,
    Language,
    Specialty,
    SpecialtyPath,
)
from directory.models.vocabulary import MASK_BITS
from directory.search_index import note_change

DATA = Path(__file__).resolve().parent / "data"
FILES = ("specialties.csv", "conditions.csv", "insurers.csv", "languages.csv", "credentials.csv")
DATA_FILE_NAME = "vocabulary"


@dataclass(frozen=True)
class Report:
    """How many rows a load added; all zero when these very files were loaded before."""

    specialties: int = 0
    conditions: int = 0
    insurers: int = 0
    languages: int = 0
    credential_kinds: int = 0

    @property
    def added(self) -> int:
        return sum(astuple(self))


def load_vocabulary(folder: Path = DATA, *, at: datetime | None = None) -> Report:
    """Adds what the files hold and the database lacks; deletes nothing.

    A row that is there stays as the editors left it, but for notes on a specialty that are empty.
    One query when the files are unchanged.
    """
    digest = hashlib.sha256(b"".join((folder / name).read_bytes() for name in FILES)).hexdigest()
    if DataFile.objects.filter(name=DATA_FILE_NAME, sha256=digest).exists():
        return Report()
    with transaction.atomic():
        _fill_notes(folder)
        report = Report(
            specialties=len(_add(Specialty, "slug", _specialties(folder))),
            conditions=_add_conditions(folder),
            insurers=len(_add_numbered(Insurer, "slug", _rows(folder / "insurers.csv"))),
            languages=len(_add_numbered(Language, "code", _rows(folder / "languages.csv"))),
            credential_kinds=len(_add(CredentialKind, "slug", _credential_kinds(folder))),
        )
        DataFile.objects.update_or_create(
            name=DATA_FILE_NAME, defaults={"sha256": digest, "loaded_at": at or timezone.now()}
        )
        note_change([])
    return report


def free_bit(model: type[models.Model] = Specialty) -> int:
    """The highest bit that no row of a model has; the files take theirs from the lowest up.

    Raises ValueError when all are taken.
    """
    free = _free_bits(model)
    if not free:
        raise ValueError(f"All {MASK_BITS} bits of the search table's mask are taken.")
    return free[-1]


def _free_bits(model: type[models.Model]) -> list[int]:
    taken = set(model.objects.values_list("bit", flat=True))
    return [bit for bit in range(MASK_BITS) if bit not in taken]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _specialties(folder: Path) -> Iterator[dict]:
    for row in _rows(folder / "specialties.csv"):
        yield {**row, "bit": int(row["bit"]), "synonyms": row["synonyms"].replace("|", "\n")}


def _credential_kinds(folder: Path) -> Iterator[dict]:
    for row in _rows(folder / "credentials.csv"):
        hours = {
            name: int(row[name]) if row[name] else None for name in ("hours_low", "hours_high")
        }
        yield {
            **row,
            **hours,
            "spellings": row["spellings"].replace("|", "\n"),
            "looked_up_on": row["looked_up_on"] or None,
        }


def _fill_notes(folder: Path) -> None:
    """What a specialty is not, and its first visit, where nobody has written either yet."""
    notes = {row["slug"]: row for row in _specialties(folder)}
    empty = Specialty.objects.filter(slug__in=notes, limits="", first_visit="")
    for specialty in empty:
        row = notes[specialty.slug]
        specialty.limits, specialty.first_visit = row["limits"], row["first_visit"]
    Specialty.objects.bulk_update(empty, ["limits", "first_visit"])


def _add_conditions(folder: Path) -> int:
    """Those that are new, with the specialties that see them as far as there are such."""
    rows = list(_rows(folder / "conditions.csv"))
    seers = {row["slug"]: row.pop("specialties").split("|") for row in rows}
    lines = ({**row, "synonyms": row["synonyms"].replace("|", "\n")} for row in rows)
    new = _add(Condition, "slug", lines)
    specialties = Specialty.objects.in_bulk(field_name="slug")
    link = Condition.specialties.through
    link.objects.bulk_create(
        link(condition=condition, specialty=specialties[slug])
        for condition in new
        for slug in seers[condition.slug]
        if slug in specialties
    )
    return len(new)


def _add_numbered(model: type[models.Model], key: str, rows: Iterator[dict]) -> list[models.Model]:
    """The same for those whose bits stand in no file: each takes the lowest that is free."""
    new = _new(model, key, rows)
    for row, bit in zip(new, _free_bits(model), strict=False):
        row.bit = bit
    return model.objects.bulk_create(new)


def _add(model: type[models.Model], key: str, rows: Iterator[dict]) -> list[models.Model]:
    return model.objects.bulk_create(_new(model, key, rows))


def _new(model: type[models.Model], key: str, rows: Iterator[dict]) -> list[models.Model]:
    """Rows whose name an editor has given to another key, or that were merged, are left out."""
    keys = set(model.objects.values_list(key, flat=True))
    if model is Specialty:
        keys |= set(SpecialtyPath.objects.values_list("slug", flat=True))
    names = set(model.objects.values_list("name", flat=True))
    return [model(**row) for row in rows if row[key] not in keys and row["name"] not in names]
