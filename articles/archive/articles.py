"""Articles: their words, dates and addresses, and the next version of each."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import Max

from acutake.lib.numbers import reserve
from articles.archive.addresses import (
    ADDRESS_FIELDS,
    Addresses,
    addresses_of,
    check_addresses,
    has_addresses,
)
from articles.archive.columns import batches_of, check_constraints, columns_of, read_columns
from articles.archive.formats import Answer, Outcome, RecordError, check_fields
from articles.archive.putting import LASTING, LATER, STAMPS, create, update
from articles.archive.running import ArticleClaim, Kind, Run, Survey
from articles.archive.words import (
    PLAIN_COLUMNS,
    check_words,
    names_in,
    plain,
    with_names,
    with_numbers,
)
from articles.models import Article, ArticlePath, Feature
from articles.models.versions import SNAPSHOT_FIELDS
from articles.publishing import RESERVED_SLUGS
from articles.search_index import index_articles
from articles.snapshots import snapshots_of

OF_NEXT_VERSION = ("status", *STAMPS)
FIELDS = {*LASTING, *STAMPS, *ADDRESS_FIELDS, "number", "words", "feature", "next_version"}
BATCH = 100
PLANNED_AT_ONCE = 500
# Written in one transaction, for which editors wait on SQLite.
AT_ONCE = 25


def article_records() -> Iterator[dict]:
    """Every article with its next version; a batch of them is in memory at a time, for which there
    are eleven queries."""
    articles = Article.objects.filter(next_of=None).defer("search_text")
    articles = articles.select_related("feature", "next_version")
    for batch in batches_of(articles, size=BATCH):
        versions = [article.next_version for article in batch if _has_next_version(article)]
        snapshots = snapshots_of([*batch, *versions])
        names = names_in(snapshots.values())
        words = {number: with_names(snapshot, names) for number, snapshot in snapshots.items()}
        addresses = addresses_of("article", [article.pk for article in batch])
        yield from (_record(article, words, addresses) for article in batch)


def _record(article: Article, words: dict[int, dict], addresses: dict[int, Addresses]) -> dict:
    version = article.next_version if _has_next_version(article) else None
    return {
        "number": article.pk,
        **columns_of(article, (*LASTING, *STAMPS), later=LATER),
        "words": words[article.pk],
        **addresses[article.pk],
        "feature": _position(article),
        "next_version": version
        and {**columns_of(version, OF_NEXT_VERSION), "words": words[version.pk]},
    }


def _has_next_version(article: Article) -> bool:
    return hasattr(article, "next_version")


def _position(article: Article) -> int | None:
    return article.feature.position if hasattr(article, "feature") else None


def _check(record: dict, survey: Survey) -> None:
    check_fields(record, FIELDS - LATER, optional=LATER)
    number = record["number"]
    survey.check_number("articles", number)
    values = read_columns(Article, record, (*LASTING, *STAMPS))
    slug = values["slug"]
    if not slug or slug in RESERVED_SLUGS or slug in survey.articles:
        raise RecordError(f"the address “{slug}” is reserved, or stands there twice")
    check_addresses("article", record)
    if record["feature"] is not None:
        read_columns(Feature, {"position": record["feature"]}, ["position"])
    _check_version(record["words"], values, survey)
    version = record["next_version"]
    if version is not None:
        survey.next_versions += 1
        check_fields(version, {*OF_NEXT_VERSION, "words"})
        columns = read_columns(Article, version, OF_NEXT_VERSION)
        _check_version(version["words"], {**columns, "next_of_id": number}, survey)
    survey.articles[slug] = ArticleClaim(number, values["created_at"])


def _check_version(words: dict, values: dict, survey: Survey) -> None:
    check_fields(words, set(SNAPSHOT_FIELDS))
    check_words(words, images=survey.images, authors=survey.authors)
    columns = read_columns(Article, words, PLAIN_COLUMNS)
    reviewer = 1 if words["reviewed_by"] else None
    check_constraints(Article(**values, **columns, reviewed_by_id=reviewer))


def _begin(run: Run) -> None:
    """Decide for each article of the archive which row it is here, before any is written: a link
    may lead from the first to the last."""
    highest = run.survey.highest["articles"]
    own = Article.objects.aggregate(highest=Max("pk"))["highest"] or 0
    run.unused_number = max(own, highest) + 1
    claims = iter(run.survey.articles.items())
    while batch := dict(islice(claims, PLANNED_AT_ONCE)):
        _plan(batch, run)
    if not run.is_dry_run:
        reserve(Article, run.unused_number + run.survey.next_versions)


def _plan(claims: dict[str, ArticleClaim], run: Run) -> None:
    """Three queries. An article is known by its address, or, where that has changed here, by its
    number and the moment in which it was made."""
    rows = Article.objects.only("slug", "created_at", "next_of_id")
    by_slug = {row.slug: row for row in rows.filter(slug__in=claims)}
    by_number = rows.in_bulk([claim.number for claim in claims.values()])
    once = set(ArticlePath.objects.filter(slug__in=claims).values_list("slug", flat=True))
    for slug, claim in claims.items():
        same_number = by_number.get(claim.number)
        if slug in by_slug:
            run.articles[slug] = by_slug[slug].pk
        elif same_number and same_number.created_at == claim.created_at:
            run.articles[slug] = same_number.pk
        elif slug in once:
            run.refused[slug] = "another article here once had its address"
        else:
            run.articles[slug] = run.take_number() if same_number else claim.number
            run.new_articles.add(slug)


def _restore(records: Sequence[dict], run: Run) -> list[Answer]:
    """What the search compares is written for all of them together."""
    keys = [run.articles[record["slug"]] for record in records if record["slug"] in run.articles]
    here = _Here(keys)
    answers = []
    created = []
    for record in records:
        slug = record["slug"]
        if slug in run.refused:
            answers.append(Answer("articles", slug, Outcome.REFUSED, (run.refused[slug],)))
            continue
        notes: list[str] = []
        snapshots = _snapshots(record, run, notes)
        number = run.articles[slug]
        outcome = _outcome(here, record, snapshots, run)
        if outcome == Outcome.CREATED:
            created.append(number)
            if number != record["number"]:
                notes.append(f"its number here is {number}: feeds tell of it as of another one")
        if not run.is_dry_run:
            notes += _put(outcome, record, snapshots, run)
        answers.append(Answer("articles", slug, outcome, tuple(notes)))
    if not run.is_dry_run:
        index_articles(created)
    return answers


def _put(outcome: Outcome, record: dict, snapshots: list[dict], run: Run) -> list[str]:
    if outcome == Outcome.CREATED:
        return create(record, snapshots, run)
    return update(record, snapshots, run) if outcome == Outcome.UPDATED else []


def _snapshots(record: dict, run: Run, notes: list[str]) -> list[dict]:
    """Of the article, and of its next version if it has one."""
    snapshots = []
    for part in (record, record["next_version"]):
        if part:
            snapshot, said = with_numbers(part["words"], run.numbers)
            snapshots.append(snapshot)
            notes += said
    return snapshots


def _outcome(here: "_Here", record: dict, snapshots: list[dict], run: Run) -> Outcome:
    number = run.articles[record["slug"]]
    if record["slug"] in run.new_articles or number not in here.articles:
        return Outcome.CREATED
    if here.says(here.articles[number], record, snapshots):
        return Outcome.SAME
    return Outcome.UPDATED if run.may_update else Outcome.DIFFERENT


class _Here:
    """The articles of this site that some records mean; six queries for any number of them."""

    def __init__(self, numbers: Sequence[int]):
        rows = Article.objects.select_related("feature", "next_version")
        self.articles = rows.in_bulk(numbers)
        self.addresses = addresses_of("article", self.articles)
        versions = [version for row in self.articles.values() for version in _versions(row)]
        self.snapshots = snapshots_of(versions)

    def says(self, article: Article, record: dict, snapshots: list[dict]) -> bool:
        """Whether the row, its addresses and its next version say what the record says."""
        lasting = read_columns(Article, record, LASTING)
        states = [version.status for version in _versions(article)[1:]]
        expected = [record["next_version"]["status"]] if record["next_version"] else []
        own = [plain(self.snapshots[version.pk]) for version in _versions(article)]
        return (
            all(getattr(article, name) == value for name, value in lasting.items())
            and has_addresses(self.addresses[article.pk], record)
            and _position(article) == record["feature"]
            and states == expected
            and own == [plain(snapshot) for snapshot in snapshots]
        )


def _versions(article: Article) -> list[Article]:
    return [article, article.next_version] if _has_next_version(article) else [article]


ARTICLES = Kind("articles", _check, _restore, begin=_begin, at_once=AT_ONCE)
