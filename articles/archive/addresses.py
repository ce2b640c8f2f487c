"""What leads to an article, an author, a tag or an image beside its own address: slugs that it once
had, and paths on another site that it came from. An image has no slug."""

from collections.abc import Iterable

from django.db.models import Model

from articles.archive.columns import read_columns
from articles.archive.formats import check_texts
from articles.models import ArticlePath, AuthorPath, OldAddress, TagPath

PATHS = {"article": ArticlePath, "author": AuthorPath, "tag": TagPath}
ELSEWHERE = "addresses_elsewhere"
ADDRESS_FIELDS = ("old_addresses", ELSEWHERE)

Addresses = dict[str, list[str]]


def addresses_of(owner: str, numbers: Iterable[int]) -> dict[int, Addresses]:
    """Those of some rows of a kind, by number, each list in its order; two queries."""
    tables = _tables(owner)
    found: dict[int, Addresses] = {
        number: {name: [] for name, _model, _column in tables} for number in numbers
    }
    for name, model, column in tables:
        rows = model.objects.filter(**{f"{owner}__in": found})
        for number, address in rows.values_list(owner, column):
            found[number][name].append(address)
    return {
        number: {name: sorted(some) for name, some in addresses.items()}
        for number, addresses in found.items()
    }


def check_addresses(owner: str, record: dict) -> None:
    """Raise RecordError unless they can be stored."""
    for name, model, column in _tables(owner):
        for address in check_texts(record[name], name):
            read_columns(model, {column: address}, [column])


def has_addresses(own: Addresses, record: dict) -> bool:
    """Whether a row that has `own` has those of the record, and perhaps others."""
    return all(set(record[name]) <= set(some) for name, some in own.items())


def keep_addresses(owner: str, row: Model, record: dict) -> list[str]:
    """Let those of the record lead to the row; notes of those that lead elsewhere and stay so."""
    notes = []
    for name, model, column in _tables(owner):
        if not record[name]:
            continue
        known = dict(
            model.objects.filter(**{f"{column}__in": record[name]}).values_list(column, owner)
        )
        model.objects.bulk_create(
            model(**{column: address, owner: row})
            for address in record[name]
            if address not in known
        )
        leads_elsewhere = [address for address in known if known[address] != row.pk]
        notes += [f"“{address}” leads somewhere else here" for address in leads_elsewhere]
    return notes


def _tables(owner: str) -> list[tuple[str, type[Model], str]]:
    """Each field with its table and the column of the address in it."""
    tables = [("old_addresses", PATHS[owner], "slug")] if owner in PATHS else []
    return [*tables, (ELSEWHERE, OldAddress, "path")]
