"""From an export to the answers to all of its items, some of them at a time."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from django.db import transaction

from articles.wordpress.answers import Answer
from articles.wordpress.job import Job
from articles.wordpress.library import bring_pictures, load_pictures
from articles.wordpress.people import bring_authors, bring_terms, load_authors, load_tags
from articles.wordpress.posts import Brought, bring_posts
from articles.wordpress.records import Item
from articles.wordpress.survey import Keys, survey
from articles.wordpress.wxr import Export

BATCH_PICTURES = 10
# A batch ends when one of these is reached: items, their comments, characters of their bodies.
BATCH_ITEMS, BATCH_COMMENTS, BATCH_CHARACTERS = 100, 2_000, 2_000_000

Listen = Callable[[Sequence[Answer]], None]
BringComments = Callable[[Job, Sequence[Brought]], list[list[Answer]]]


def prepare(
    file: BinaryIO, *, media: Path | None, pages: str, at: datetime, is_dry_run: bool
) -> Job:
    """Reads the whole file, and writes nothing. Raises WxrError with the line and the reason when
    the file is broken, wherever that is."""
    found = survey(file, pages=pages)
    return Job(file, found, media, pages, at, is_dry_run)


def run(job: Job, *, listen: Listen, bring_comments: BringComments, after: int = 0) -> None:
    """Everything in the file, in batches that are a transaction each; a dry run writes nothing.

    `listen` is given the answers to each batch within its transaction. A run that goes on after
    one that was killed says how many answers that had given; a dry run begins anew.
    """
    done = _passed_over(after)
    for bring in _steps(job, bring_comments):
        with nullcontext() if job.is_dry_run else transaction.atomic():
            listen(done(bring()))


def _passed_over(after: int) -> Callable[[list[Answer]], list[Answer]]:
    """Leaves the first `after` answers out: they were given before."""
    left = after

    def rest(answers: list[Answer]) -> list[Answer]:
        nonlocal left
        passed = min(left, len(answers))
        left -= passed
        return answers[passed:]

    return rest


def _steps(job: Job, bring_comments: BringComments) -> Iterator[Callable[[], list[Answer]]]:
    """What is to be done, in order; each step relies on those before it."""
    yield lambda: bring_authors(job)
    yield lambda: bring_terms(job)
    load_pictures(job)
    pictures = iter(list(job.survey.pictures.by_path.values()))
    while batch := list(islice(pictures, BATCH_PICTURES)):
        yield lambda batch=batch: bring_pictures(job, batch)
    load_authors(job)
    load_tags(job)
    for items in _batches(job):
        yield lambda items=items: _bring_items(job, items, bring_comments)


def _bring_items(job: Job, items, bring_comments: BringComments) -> list[Answer]:
    brought = bring_posts(job, items)
    comments = bring_comments(job, brought)
    answers = []
    for one, told in zip(brought, comments, strict=True):
        answers += [*([one.answer] if one.answer else []), *told]
    return answers


def _batches(job: Job) -> Iterator[list[tuple[Item, str, bool]]]:
    job.file.seek(0)
    keys, batch, comments, characters = Keys(), [], 0, 0
    for record in Export(job.file):
        if not isinstance(record, Item):
            continue
        batch.append((record, *keys.take(record)))
        comments += len(record.comments)
        characters += len(record.body)
        is_full = len(batch) >= BATCH_ITEMS or comments >= BATCH_COMMENTS
        if is_full or characters >= BATCH_CHARACTERS:
            yield batch
            batch, comments, characters = [], 0, 0
    if batch:
        yield batch
