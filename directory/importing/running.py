"""From a file to the answers to all its rows, by the batch."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.importing.answers import Answer
from directory.importing.claims import Claims
from directory.importing.columns import IDENTITY, WHY, Words
from directory.importing.known import load_words
from directory.importing.ordering import Survey, people, survey
from directory.importing.planning import claim_again, plan_batch
from directory.importing.rows import Row, read_row
from directory.importing.sheets import ENCODING_NAMES, Sheet, SheetError, examine
from directory.importing.writing import write
from directory.town_lookup import Towns

BATCH_PEOPLE = 500
# What is kept of each row to find doubles takes some hundred bytes: a larger file is split.
MOST_ROWS = 200_000

Listen = Callable[[Sequence[Answer]], None]


@dataclass
class Job:
    """A file that can be imported: how it is read, and what the first look over it found."""

    file: BinaryIO
    sheet: Sheet
    survey: Survey
    words: Words
    at: datetime
    notes: list[str] = field(default_factory=list)
    towns: Towns = field(default_factory=Towns)


def open_sheet(file: BinaryIO) -> Sheet:
    """Raises SheetError when it is no file with listings, in words for who chose it."""
    known = Words().columns
    return examine(file, known=known, required=[IDENTITY], ignored=[WHY])


def prepare(file: BinaryIO, *, at: datetime) -> Job:
    """Looks over the whole file, and reads the lists that cells name things of.

    Raises SheetError.
    """
    sheet = open_sheet(file)
    found = survey(file, sheet, most_rows=MOST_ROWS)
    if found.rows > MOST_ROWS:
        raise SheetError(_("The file has more than %d rows: split it.") % MOST_ROWS)
    today = timezone.localdate(at)
    return Job(file, sheet, found, load_words(today=today), at, _notes(sheet, found))


def run(
    job: Job,
    *,
    is_dry_run: bool,
    listen: Listen,
    after: int = 0,
    refused_before: Collection[int] = (),
) -> None:
    """Every row of the job, in batches that are a transaction each, or change nothing at all.

    `listen` is given the answers to each batch within its transaction, so that what it keeps in
    the database is kept with the batch or not at all. A run that goes on after one that was killed
    says how many rows were answered, and which of them were refused.
    """
    claims = Claims()
    groups = _groups(job)
    _pass_over(groups, after, refused_before, job.words, claims)
    while batch := list(islice(groups, BATCH_PEOPLE)):
        with nullcontext() if is_dry_run else transaction.atomic():
            plans, answers = plan_batch(
                batch, job.words, claims, towns=job.towns, is_locking=not is_dry_run
            )
            if not is_dry_run:
                write(plans, job.words, towns=job.towns, at=job.at)
            listen(answers)


def _groups(job: Job) -> Iterator[list[Row]]:
    for records in people(job.file, job.sheet, job.survey):
        yield [read_row(record, job.sheet, job.words) for record in records]


def _pass_over(
    groups: Iterator[list[Row]],
    rows: int,
    refused: Collection[int],
    words: Words,
    claims: Claims,
) -> None:
    """What was answered before is only remembered for what it took."""
    while rows > 0:
        group = next(groups)
        rows -= len(group)
        taken = [row for row in group if row.number not in refused]
        if taken:
            claim_again([taken], words, claims)


def _notes(sheet: Sheet, found: Survey) -> list[str]:
    notes = [_("Read as %s.") % ENCODING_NAMES[sheet.encoding]]
    if sheet.encoding == "cp1252":
        notes.append(_("It is not UTF-8, so this is a guess: look at the letters with accents."))
    if sheet.unknown:
        notes.append(_("Nothing is read from these columns: %s.") % ", ".join(sheet.unknown))
    if found.empty:
        text = ngettext("%d row is empty.", "%d rows are empty.", found.empty)
        notes.append(text % found.empty)
    return notes
