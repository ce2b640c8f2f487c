"""From an archive to the answers to its records: looked over as a whole first, then restored."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial
from itertools import islice

from django.db import IntegrityError, transaction

from articles.archive.formats import Answer, ArchiveError, RecordError
from articles.archive.reading import Archive, at_line
from articles.archive.words import GONE_NUMBER, Numbers, number_of


@dataclass(frozen=True)
class ArticleClaim:
    """By what an article of the archive is known."""

    number: int
    created_at: datetime


@dataclass
class Survey:
    """What has been seen of an archive: names, so that a later record may refer to them."""

    archive: Archive
    accounts: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    images: set[str] = field(default_factory=set)
    authors: set[str] = field(default_factory=set)
    articles: dict[str, ArticleClaim] = field(default_factory=dict)
    next_versions: int = 0
    # By number, the article that it is on.
    comments: dict[int, str] = field(default_factory=dict)
    highest: Counter = field(default_factory=Counter)

    def check_number(self, kind: str, number: object) -> None:
        """Raise RecordError unless it is one, and higher than those of the kind before it."""
        if type(number) is not int or not self.highest[kind] < number < GONE_NUMBER:
            raise RecordError("“number” is none, or is not higher than the one before it")
        self.highest[kind] = number


@dataclass
class Run:
    """An import under way. The dictionaries say which row here a name of the archive means."""

    survey: Survey
    at: datetime
    is_dry_run: bool
    may_update: bool
    accounts: dict[str, int] = field(default_factory=dict)
    # By the very name that the archive has.
    tags: dict[str, int] = field(default_factory=dict)
    images: dict[str, int] = field(default_factory=dict)
    authors: dict[str, int] = field(default_factory=dict)
    articles: dict[str, int] = field(default_factory=dict)
    # Of the articles: which are to be made, and which cannot be, with the reason.
    new_articles: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)
    # For articles whose own number is taken, and for next versions.
    unused_number: int = 1
    unused_comment: int = 1
    # Numbers of comments that got another one here.
    renumbered: dict[int, int] = field(default_factory=dict)
    numbers: Numbers = field(init=False)

    def __post_init__(self):
        self.numbers = {
            "image": self.images.get,
            "author": self.authors.get,
            "article": lambda name: self.articles.get(name) or number_of("article", name),
            "specialty": lru_cache(maxsize=None)(partial(number_of, "specialty")),
            "practitioner": lru_cache(maxsize=5_000)(partial(number_of, "practitioner")),
        }

    def take_number(self) -> int:
        """A number for an article, that neither the site nor the archive has."""
        self.unused_number += 1
        return self.unused_number - 1


@dataclass(frozen=True)
class Kind:
    """A part of the archive: how a record of it is checked, and how some at once are restored.

    `check` raises RecordError. `begin` is called before the first of them is restored. Those that
    are restored at once are in one transaction.
    """

    name: str
    check: Callable[[dict, Survey], None]
    restore: Callable[[Sequence[dict], Run], Iterable[Answer]]
    begin: Callable[[Run], None] = lambda run: None
    at_once: int = 1


def look_over(archive: Archive, kinds: Sequence[Kind]) -> Survey:
    """Read every record and every picture; writes nothing.

    Raises ArchiveError for the first that cannot be taken, with its line.
    """
    survey = Survey(archive)
    for kind in kinds:
        for number, record in archive.records(kind.name):
            try:
                kind.check(record, survey)
            except RecordError as problem:
                raise at_line(kind.name, number, problem) from problem
    if unused := archive.file_names() - survey.images:
        raise ArchiveError(f"The picture {min(unused)[:200]} belongs to no record.")
    return survey


def restore(run: Run, kinds: Sequence[Kind]) -> Iterator[Answer]:
    """Bring the records of an archive that has been looked over into the site, some at once.

    What is there already is found again, so a run that was killed is simply repeated.
    """
    for kind in kinds:
        kind.begin(run)
        records = (record for _number, record in run.survey.archive.records(kind.name))
        while batch := list(islice(records, kind.at_once)):
            try:
                with nullcontext() if run.is_dry_run else transaction.atomic():
                    answers = list(kind.restore(batch, run))
            except IntegrityError as error:
                raise ArchiveError(
                    f"The database refused something of {kind.name}.jsonl, likely because somebody "
                    f"else wrote the same: run the import again. It said: {error}"
                ) from error
            yield from answers
