"""Which rows have certain terms: the one place that branches on the database for it.

A row's terms (`acutake.lib.terms`) stand in one column, each behind the letters of the levels at
which it has them: "a" is the narrowest level and part of "b", and so on. SQLite finds them with
FTS5, PostgreSQL with an inverted index over the same words; neither takes a text apart by rules of
its own, so that both find the same rows. How the rows are ordered is for the caller to say.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from django.db import connection, models
from django.db.migrations.operations.base import Operation
from django.db.models import Case, Expression, QuerySet, Value, When

LEVELS = "abcd"
# A word is common when it stands in so many times as many rows as are wanted.
COMMON = 4
# PostgreSQL refuses a vector of more than a megabyte. A book of 100,000 words has half of this.
MOST_BYTES = 400_000


def document(*levels: Iterable[str]) -> str:
    """What a row is found by: the terms of each level, the narrowest first.

    Of a text that is too long for an index the terms that come first in the alphabet are kept.
    """
    known: set[str] = set()
    written: list[str] = []
    for letter, found in zip(LEVELS, levels, strict=False):
        known.update(found)
        written += [letter + term for term in sorted(known)]
    while written and len(" ".join(written).encode()) > MOST_BYTES:
        del written[len(written) * 9 // 10 :]
    return " ".join(written)


def best_first(find: Callable[[str], Iterable[int]], *, levels: str, limit: int) -> dict[int, int]:
    """The keys that `find` finds at some level, with the number of their narrowest one, by that.

    Within a level they stay in the order in which they were found. `find` gives `limit` + 1 keys at
    most, and so many are returned at most; wider levels are not asked when there are enough.
    """
    found: dict[int, int] = {}
    for number, level in enumerate(levels):
        if len(found) > limit:
            break
        for key in find(level):
            found.setdefault(key, number)
    return dict(islice(found.items(), limit + 1))


class TermsField(models.TextField):
    """What `document` makes. The column needs `CreateTermsIndex`."""


def having(
    rows: QuerySet, model: type[models.Model], terms: Sequence[str], *, limit: int
) -> QuerySet:
    """Those of `rows` whose key is one of `model` with all of `terms`, of which some `limit` are
    wanted in the order of `rows`. A query.

    A term has the letter of its level before it; one that ends with "*" is the beginning of one.
    No planner knows how common a word is: of a rare one all rows are looked up and sorted, of a
    common one it ends early to walk through `rows` in their order, which a CASE makes sure of.
    """
    keys = Keys(model, terms)
    count = keys.count()
    if not count:
        return rows.none()
    if count <= COMMON * limit:
        return rows.filter(pk__in=keys)
    is_found = Case(When(pk__in=keys, then=Value(True)), default=Value(False))
    return rows.alias(is_found=is_found).filter(is_found=True)


class Keys(Expression):
    """The keys of the rows of a model that have all of some terms."""

    output_field = models.BigIntegerField()

    def __init__(self, model: type[models.Model], terms: Sequence[str]):
        super().__init__()
        self.table = model._meta.db_table
        self.terms = terms

    def count(self) -> int:
        """How many there are, public or not; some milliseconds for ten thousand."""
        write = {"sqlite": self.as_sqlite, "postgresql": self.as_postgresql}[connection.vendor]
        rows, params = write(None, connection)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {rows} AS found", params)  # noqa: S608
            return cursor.fetchone()[0]

    def as_sqlite(self, compiler, connection):
        index = _index_name(self.table)
        terms = " AND ".join(_quoted(term, '"', "*") for term in self.terms)
        return f'(SELECT rowid FROM "{index}" WHERE "{index}" MATCH %s)', [terms]  # noqa: S608

    def as_postgresql(self, compiler, connection):
        terms = " & ".join(_quoted(term, "'", ":*") for term in self.terms)
        return f'(SELECT "{_keys_name(self.table)}"(%s::tsquery))', [terms]


class TermsOperation(Operation):
    """Something that a database needs beside the table of a model with a `TermsField`."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str, column: str):
        self.model_name = model_name
        self.column = column

    def state_forwards(self, app_label, state):
        """It is no part of the model."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self._execute(self.made, schema_editor, to_state.apps.get_model(app_label, self.model_name))

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        model = from_state.apps.get_model(app_label, self.model_name)
        self._execute(self.dropped, schema_editor, model)

    def _execute(self, statements, schema_editor, model):
        options = model._meta
        for statement in statements(
            schema_editor.connection.vendor, options.db_table, options.pk.column
        ):
            schema_editor.execute(statement, params=None)


class CreateTermsIndex(TermsOperation):
    """Makes the index of a model's `TermsField`.

    A later migration that alters the table on SQLite, which makes the table anew, has to run this
    once more after it.
    """

    def made(self, vendor: str, table: str, key: str) -> Sequence[str]:
        if vendor == "sqlite":
            return _sqlite_index(table, key, self.column)
        return _postgresql_index(table, self.column)

    def dropped(self, vendor: str, table: str, key: str) -> Sequence[str]:
        index = _index_name(table)
        if vendor == "postgresql":
            return [f'DROP FUNCTION "{index}"(text) CASCADE']
        events = ("insert", "delete", "update")
        return [*(f'DROP TRIGGER "{index}_{event}"' for event in events), f'DROP TABLE "{index}"']

    def describe(self):
        return f"Make the index of the terms of {self.model_name}"


class CreateTermsKeys(TermsOperation):
    """Makes the function of PostgreSQL that asks the index, whatever its planner thinks: reading a
    long text in every row to save an index takes it seconds. SQLite needs nothing."""

    def made(self, vendor: str, table: str, key: str) -> Sequence[str]:
        if vendor == "sqlite":
            return []
        has_all = f'"{_index_name(table)}"("{self.column}") @@ wanted'
        rows = f'SELECT "{key}" FROM "{table}" WHERE {has_all}'  # noqa: S608  own names
        return [
            f'CREATE FUNCTION "{_keys_name(table)}"(wanted tsquery) RETURNS SETOF bigint LANGUAGE '
            f"plpgsql STABLE STRICT ROWS 1000 SET enable_seqscan = off AS "
            f"$$ BEGIN RETURN QUERY {rows}; END $$"
        ]

    def dropped(self, vendor: str, table: str, key: str) -> Sequence[str]:
        return [] if vendor == "sqlite" else [f'DROP FUNCTION "{_keys_name(table)}"(tsquery)']

    def describe(self):
        return f"Make the function that finds the keys of {self.model_name}"


def _index_name(table: str) -> str:
    return f"{table}_index"


def _keys_name(table: str) -> str:
    return f"{table}_keys"


def _quoted(term: str, quote: str, star: str) -> str:
    """A term holds letters and digits only, and so can end nothing."""
    word = term.removesuffix("*")
    if not word.isalnum():
        raise ValueError(f"No term: {term!r}")
    return f"{quote}{word}{quote}{star if term.endswith('*') else ''}"


def _sqlite_index(table: str, key: str, column: str) -> Sequence[str]:
    """FTS5 beside the table, which triggers keep the same. The `ascii` tokenizer leaves letters of
    every other script as they are."""
    index = _index_name(table)
    into = f'INSERT INTO "{index}"'
    forget = f"{into}(\"{index}\", rowid, {column}) VALUES ('delete', OLD.{key}, OLD.{column});"
    learn = f"{into}(rowid, {column}) VALUES (NEW.{key}, NEW.{column});"
    work = {"insert": [learn], "delete": [forget], "update": [forget, learn]}
    options = f"content={table}, content_rowid={key}, tokenize='ascii', detail=none, columnsize=0"
    return [
        f'CREATE VIRTUAL TABLE "{index}" USING fts5({column}, {options})',
        f"{into}(\"{index}\") VALUES ('rebuild')",
        *(
            f'CREATE TRIGGER "{index}_{event}" AFTER {event} ON "{table}" '
            f"BEGIN {' '.join(statements)} END"
            for event, statements in work.items()
        ),
    ]


def _postgresql_index(table: str, column: str) -> Sequence[str]:
    index = _index_name(table)
    return [
        f'CREATE FUNCTION "{index}"(terms text) RETURNS tsvector LANGUAGE plpgsql '
        "IMMUTABLE STRICT PARALLEL SAFE COST 100000 AS $$ BEGIN "
        "RETURN array_to_tsvector(string_to_array(terms, ' ')); END $$",
        f'CREATE INDEX "{index}_terms" ON "{table}" USING gin ("{index}"("{column}"))',
        # Long texts out of the way of the narrow rows that a common word reads.
        f'ALTER TABLE "{table}" SET (toast_tuple_target = 128)',
    ]
