"""Files with listings for tests, and what an import answers."""

import csv
import io
from datetime import UTC, datetime

from directory.importing.running import prepare, run

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def file_of(*rows: dict[str, str]) -> io.BytesIO:
    """A CSV file of these rows, with every column that one of them has."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode())


def run_file(file: io.BytesIO, *, is_dry_run: bool = False, **options) -> list:
    """The answers to all rows."""
    answers = []
    run(prepare(file, at=AT), is_dry_run=is_dry_run, listen=answers.extend, **options)
    return answers


def imported(*rows: dict[str, str]) -> list[tuple]:
    """Imports the rows after a dry run, which has to answer the same and to change nothing."""
    file = file_of(*rows)
    before = facts_of_all()
    dry = run_file(file, is_dry_run=True)
    assert facts_of_all() == before
    answers = run_file(file)
    assert dry == answers
    return [(answer.row, str(answer.outcome), answer.changed, answer.notes) for answer in answers]


def facts_of_all() -> list[str]:
    """Everything that an export says, line by line."""
    from directory.exporting import export_lines

    return list(export_lines())
