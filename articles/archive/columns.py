"""Rows in batches, their columns as JSON, and back under the rules of the model."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime
from functools import reduce
from operator import and_

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import models

from articles.archive.formats import RecordError


def batches_of(rows: models.QuerySet, *, size: int) -> Iterator[list]:
    """All of them in the order of their numbers; one batch is in memory at a time."""
    last = 0
    while batch := list(rows.order_by("pk").filter(pk__gt=last)[:size]):
        yield batch
        last = batch[-1].pk


def columns_of(
    row: models.Model, names: Iterable[str], *, later: Collection[str] = frozenset()
) -> dict:
    """Moments in UTC and days in ISO 8601; of a row that is referred to, its number.

    Those of `later`, which archives once lacked, are left out where they have their default.
    """
    values = {name: _as_json(_field(row, name).value_from_object(row)) for name in names}
    return {
        name: value
        for name, value in values.items()
        if name not in later or value != _default(row, name)
    }


def read_columns(model: type[models.Model], record: dict, names: Iterable[str]) -> dict:
    """The values of the record's columns. Raises RecordError for one that cannot be stored.

    What the record lacks has its default; `check_fields` knows what it may lack.
    """
    values = {}
    for name in names:
        try:
            value = record[name] if name in record else _default(model, name)
            values[name] = _read(_field(model, name), value)
        except RecordError as problem:
            raise RecordError(f"“{name}”: {problem}") from problem
    return values


def check_constraints(row: models.Model) -> None:
    """Raise RecordError for a row, which need not be stored, that the database would refuse.

    One query where all is well.
    """
    checks = [one for one in row._meta.constraints if isinstance(one, models.CheckConstraint)]
    together = reduce(and_, (check.condition for check in checks))
    if _words_of(models.CheckConstraint(condition=together, name="together"), row):
        for check in checks:
            if words := _words_of(check, row):
                raise RecordError(words)


def _words_of(check: models.CheckConstraint, row: models.Model) -> str:
    """Why the row does not pass; empty when it does."""
    try:
        check.validate(type(row), row)
    except ValidationError as error:
        return _words(error)
    return ""


def _field(model, name: str) -> models.Field:
    return model._meta.get_field(name)


def _default(model, name: str):
    return _as_json(_field(model, name).get_default())


def _as_json(value):
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, str):
        # The default of a column may be a member of its choices.
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _read(field: models.Field, value):
    if value is None:
        if not field.null:
            raise RecordError("it may not be null")
        return None
    if isinstance(field, models.DateTimeField):
        value = _moment(value)
    elif isinstance(field, models.DateField):
        value = _day(value)
    elif type(value) is not _type_of(field):
        raise RecordError(f"{_type_of(field).__name__} is expected")
    if field.choices and value and value not in dict(field.flatchoices):
        raise RecordError("it is none of the choices")
    try:
        # An address that came from another site need not be one that a form would take.
        for validator in field.validators:
            if value != "" and not isinstance(validator, EmailValidator):
                validator(value)
    except ValidationError as error:
        raise RecordError(_words(error)) from error
    return value


def _type_of(field: models.Field) -> type:
    if isinstance(field, models.BooleanField):
        return bool
    if isinstance(field, models.JSONField):
        return list
    return int if isinstance(field, models.IntegerField) else str


def _moment(value) -> datetime:
    moment = _iso(datetime, value)
    if moment.tzinfo is None:
        raise RecordError("the moment has no offset from UTC")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise RecordError("no calendar has that moment") from error


def _day(value) -> date:
    return _iso(date, value)


def _iso(kind: type, value):
    if not isinstance(value, str):
        raise RecordError("a moment or a day in ISO 8601 is expected")
    try:
        return kind.fromisoformat(value)
    except ValueError as error:
        raise RecordError("it is no moment or day in ISO 8601") from error


def _words(error: ValidationError) -> str:
    return " ".join(error.messages).rstrip(".")
