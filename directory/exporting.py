"""All listings as CSV, in the columns that an import reads (docs/listings-csv.md)."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone

from directory.importing.columns import Part, Words
from directory.importing.known import Facts, KnownPerson, load_words, read_people
from directory.importing.sheets import BYTE_ORDER_MARK, line_of
from directory.models import Practitioner

BATCH_PEOPLE = 500


def export_lines(people: QuerySet[Practitioner] | None = None) -> Iterator[str]:
    """The header, then a line for each practitioner at each office; everybody by default.

    Read a batch at a time, so that a million take no more memory than a thousand.
    """
    words = load_words(today=timezone.localdate())
    yield BYTE_ORDER_MARK + line_of(list(words.columns))
    keys = (Practitioner.objects if people is None else people).order_by("pk")
    last = 0
    while batch := list(keys.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH_PEOPLE]):
        known = read_people(batch)
        yield "".join(line for pk in batch if pk in known for line in _lines(known[pk], words))
        last = batch[-1]


def _lines(person: KnownPerson, words: Words) -> Iterator[str]:
    if not person.affiliations:
        yield _line(person.facts, words)
    for one in person.affiliations:
        yield _line({**person.facts, **one.office, **one.facts, "office_id": one.office_pk}, words)


def _line(facts: Facts, words: Words) -> str:
    """A fact that nobody has stated, or that has no cell here, is an empty cell."""
    cells = []
    for column in words.columns.values():
        is_there = column.part is Part.PERSON or "office_id" in facts
        cells.append(column.write(facts[column.name]) if is_there else "")
    return line_of(cells)
