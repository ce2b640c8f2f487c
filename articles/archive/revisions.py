"""What was saved of each article, with editor and moment."""

from collections.abc import Iterator, Sequence

from django.db.models import Q

from articles.archive.columns import batches_of, columns_of, read_columns
from articles.archive.formats import Answer, Outcome, check_fields, check_known
from articles.archive.running import Kind, Run, Survey
from articles.archive.words import check_words, names_in, plain, with_names, with_numbers
from articles.models import Revision

COLUMNS = ("number", "is_of_next_version", "note", "saved_at")
FIELDS = {*COLUMNS, "article", "editor", "words"}
BATCH = 100


def revision_records() -> Iterator[dict]:
    """Every revision of every article, in the order of the saves."""
    revisions = Revision.objects.select_related("article", "editor")
    revisions = revisions.defer("article__body", "article__search_text")
    for batch in batches_of(revisions, size=BATCH):
        names = names_in([revision.snapshot for revision in batch])
        for revision in batch:
            yield {
                **columns_of(revision, COLUMNS),
                "article": revision.article.slug,
                "editor": revision.editor.username if revision.editor else None,
                "words": with_names(revision.snapshot, names),
            }


def _check(record: dict, survey: Survey) -> None:
    check_fields(record, FIELDS)
    read_columns(Revision, record, COLUMNS)
    check_known("article", record["article"] or "", survey.articles)
    check_known("account", record["editor"], survey.accounts)
    check_words(record["words"], images=survey.images, authors=survey.authors)


def _restore(records: Sequence[dict], run: Run) -> list[Answer]:
    """A revision is never changed: one that is there and says something else stays."""
    wanted = Q(pk=None)
    for record in records:
        if article := run.articles.get(record["article"]):
            wanted |= Q(article=article, number=record["number"])
    known = {(row.article_id, row.number): row for row in Revision.objects.filter(wanted)}
    answers, new = [], []
    for record in records:
        article, name = run.articles.get(record["article"]), _name(record)
        if article is None:
            note = "its article was refused"
            answers.append(Answer("revisions", name, Outcome.REFUSED, (note,)))
            continue
        snapshot, _notes = with_numbers(record["words"], run.numbers)
        there = known.get((article, record["number"]))
        if there is None:
            outcome = Outcome.CREATED
            new.append(_row(article, record, snapshot, run))
        else:
            is_same = plain(there.snapshot) == plain(snapshot)
            outcome = Outcome.SAME if is_same else Outcome.DIFFERENT
        answers.append(Answer("revisions", name, outcome))
    if not run.is_dry_run:
        Revision.objects.bulk_create(new)
    return answers


def _row(article: int, record: dict, snapshot: dict, run: Run) -> Revision:
    editor = run.accounts.get(record["editor"])
    columns = read_columns(Revision, record, COLUMNS)
    return Revision(article_id=article, editor_id=editor, snapshot=snapshot, **columns)


def _name(record: dict) -> str:
    return f"{record['article']}, {record['number']}"


REVISIONS = Kind("revisions", _check, _restore, at_once=BATCH)
