"""Accounts, tags and authors: what articles and comments refer to."""

from collections.abc import Iterator, Sequence
from functools import partial

from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from taggit.models import Tag

from acutake.lib.numbers import reserve
from articles.archive.addresses import (
    ADDRESS_FIELDS,
    addresses_of,
    check_addresses,
    has_addresses,
    keep_addresses,
)
from articles.archive.columns import batches_of, columns_of, read_columns
from articles.archive.formats import Answer, Outcome, RecordError, check_fields
from articles.archive.running import Kind, Run, Survey
from articles.archive.words import GONE_NUMBER, number_of
from articles.models import Author

ACCOUNT_COLUMNS = ("username", "first_name", "last_name")
TAG_COLUMNS = ("name", "slug")
BATCH = 500
AUTHOR_COLUMNS = ("name", "slug", "letters", "role", "bio")


def account_records(accounts: QuerySet[User]) -> Iterator[dict]:
    """Names alone: nothing with which somebody could log in or be written to."""
    for account in accounts.order_by("pk").only(*ACCOUNT_COLUMNS).iterator():
        yield columns_of(account, ACCOUNT_COLUMNS)


def tag_records() -> Iterator[dict]:
    """All tags, whether anything stands under them or not."""
    for batch in batches_of(Tag.objects.all(), size=BATCH):
        addresses = addresses_of("tag", [tag.pk for tag in batch])
        for tag in batch:
            yield {"number": tag.pk, **columns_of(tag, TAG_COLUMNS), **addresses[tag.pk]}


def author_records() -> Iterator[dict]:
    """All authors, with their listings by slug."""
    for batch in batches_of(Author.objects.select_related("practitioner"), size=BATCH):
        addresses = addresses_of("author", [author.pk for author in batch])
        for author in batch:
            yield {
                "number": author.pk,
                **columns_of(author, AUTHOR_COLUMNS),
                **addresses[author.pk],
                "practitioner": author.practitioner.slug if author.practitioner else None,
            }


def _check_account(record: dict, survey: Survey) -> None:
    check_fields(record, set(ACCOUNT_COLUMNS))
    _check_new(read_columns(User, record, ACCOUNT_COLUMNS)["username"], survey.accounts)


def _check_tag(record: dict, survey: Survey) -> None:
    check_fields(record, {"number", *TAG_COLUMNS, *ADDRESS_FIELDS})
    check_addresses("tag", record)
    survey.check_number("tags", record["number"])
    _check_new(read_columns(Tag, record, TAG_COLUMNS)["name"], survey.tags)


def _check_author(record: dict, survey: Survey) -> None:
    check_fields(record, {"number", *AUTHOR_COLUMNS, *ADDRESS_FIELDS, "practitioner"})
    check_addresses("author", record)
    survey.check_number("authors", record["number"])
    if not isinstance(record["practitioner"], str | None):
        raise RecordError("“practitioner” is neither a slug nor null")
    _check_new(read_columns(Author, record, AUTHOR_COLUMNS)["slug"], survey.authors)


def _check_new(name: str, known: set[str]) -> None:
    if not name:
        raise RecordError("it has no name")
    if name in known:
        raise RecordError(f"“{name}” stands there twice")
    known.add(name)


def _restore_account(records: Sequence[dict], run: Run) -> Iterator[Answer]:
    """One that is not here is made without a way to log in, so that nobody gains a right."""
    for record in records:
        name, notes, outcome = record["username"], (), Outcome.SAME
        account = User.objects.filter(username=name).first()
        if account is None:
            outcome = Outcome.CREATED
            notes = ("the account is inactive and has no password",)
            if not run.is_dry_run:
                account = User.objects.create_user(**record, is_active=False)
        run.accounts[name] = account.pk if account else None
        yield Answer("accounts", name, outcome, notes)


def _restore_tag(records: Sequence[dict], run: Run) -> Iterator[Answer]:
    """One that has another address here keeps it, since pages lead there."""
    for record in records:
        name, slug = record["name"], record["slug"]
        tag = Tag.objects.filter(name__iexact=name).order_by("pk").first()
        outcome = _outcome("tag", tag, {}, record, run)
        notes = []
        if tag and tag.slug != slug:
            outcome = Outcome.DIFFERENT
            notes.append(f"it stays at “{tag.slug}” here, and does not come to “{slug}”")
        elif tag is None and Tag.objects.filter(slug=slug).exists():
            notes.append(f"the address “{slug}” belongs to another tag here")
            slug = ""
        if _is_to_be_written(outcome, run):
            if tag is None:
                tag = Tag(pk=_free(Tag, record), name=name, slug=slug)
                tag.save(force_insert=True)
            notes += keep_addresses("tag", tag, record)
        if tag:
            run.tags[name] = tag.pk
        yield Answer("tags", name, outcome, tuple(notes))


def _restore_author(records: Sequence[dict], run: Run) -> Iterator[Answer]:
    for record in records:
        slug = record["slug"]
        fields, notes = _author_fields(record)
        author = Author.objects.filter(slug=slug).first()
        outcome = _outcome("author", author, fields, record, run)
        if _is_to_be_written(outcome, run):
            author = author or Author(pk=_free(Author, record))
            for name, value in fields.items():
                setattr(author, name, value)
            author.save(force_insert=outcome == Outcome.CREATED)
            notes += keep_addresses("author", author, record)
        # In a dry run a number that no author has stands for the new one.
        run.authors[slug] = author.pk if author else GONE_NUMBER
        yield Answer("authors", slug, outcome, tuple(notes))


def _author_fields(record: dict) -> tuple[dict, list[str]]:
    fields = {name: record[name] for name in AUTHOR_COLUMNS}
    listing = record["practitioner"]
    number = number_of("practitioner", listing)
    notes = []
    if listing and number is None:
        notes.append(f"the practitioner “{listing}” is not here")
    others = Author.objects.exclude(slug=record["slug"])
    if number and others.filter(practitioner=number).exists():
        notes.append(f"the practitioner “{listing}” is another author here")
        number = None
    return {**fields, "practitioner_id": number}, notes


def _free(model: type[Model], record: dict) -> int | None:
    """The record's own number, which is part of the ids of feeds; None where it is taken."""
    is_taken = model.objects.filter(pk=record["number"]).exists()
    return None if is_taken else record["number"]


def _reserve(model: type[Model], kind: str, run: Run) -> None:
    if not run.is_dry_run:
        reserve(model, run.survey.highest[kind])


def _outcome(owner: str, row: Model | None, fields: dict, record: dict, run: Run) -> Outcome:
    if row is None:
        return Outcome.CREATED
    has_fields = all(getattr(row, name) == value for name, value in fields.items())
    if has_fields and has_addresses(addresses_of(owner, [row.pk])[row.pk], record):
        return Outcome.SAME
    return Outcome.UPDATED if run.may_update else Outcome.DIFFERENT


def _is_to_be_written(outcome: Outcome, run: Run) -> bool:
    return outcome in (Outcome.CREATED, Outcome.UPDATED) and not run.is_dry_run


ACCOUNTS = Kind("accounts", _check_account, _restore_account)
TAGS = Kind("tags", _check_tag, _restore_tag, begin=partial(_reserve, Tag, "tags"))
AUTHORS = Kind(
    "authors", _check_author, _restore_author, begin=partial(_reserve, Author, "authors")
)
