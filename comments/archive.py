"""Comments in an archive of the publication: threads, statuses and what moderators decided."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from itertools import islice

from django.contrib.auth.models import User
from django.db.models import Max, Q, QuerySet

from acutake.lib.addresses import normalize
from acutake.lib.numbers import reserve
from articles.archive.columns import columns_of, read_columns
from articles.archive.formats import Answer, Outcome
from articles.archive.running import Kind, Run
from comments.archive_records import (
    ADDRESS,
    COLUMNS,
    LATER,
    LATER_OF_ACTION,
    OF_ACTION,
    OF_ADDRESS,
    check,
)
from comments.erasing import emptied, erase_comments, note_as_erased
from comments.ledger import erased_until
from comments.models import Comment, ModerationAction

# What tells two comments of an article apart where their numbers do not.
CONTENT = ("created_at", "commenter_name", "body")
# What a comment with the number of another one does not share with it.
SAME = ("article_id", "created_at")
ERASED = "its writer had everything erased: it has no words and no name"
BATCH = 500


def comment_records(*, with_addresses: bool) -> Iterator[dict]:
    """Every comment, each behind the one that it answers; e-mail addresses only when asked for."""
    for batch in _batches(_keys()):
        rows = Comment.objects.select_related("article", "editor", "practitioner", "decided_by")
        rows = rows.defer("article__body", "article__search_text")
        rows = rows.prefetch_related("moderation_actions__by").in_bulk(batch)
        yield from (_record(rows[key], with_addresses) for key in batch if key in rows)


def accounts_on_comments() -> QuerySet[User]:
    """Those that wrote or decided something."""
    return User.objects.filter(
        Q(pk__in=Comment.objects.values("editor"))
        | Q(pk__in=Comment.objects.values("decided_by"))
        | Q(pk__in=ModerationAction.objects.values("by"))
    )


def _keys() -> Iterator[int]:
    """By number, but those behind what they answer come last; these alone are kept in memory."""
    late: dict[int, int] = {}
    for key, parent in Comment.objects.order_by("pk").values_list("pk", "parent").iterator():
        if parent is not None and (parent > key or parent in late):
            late[key] = parent
        else:
            yield key
    while late:
        ready = [key for key, parent in late.items() if parent not in late]
        yield from ready
        for key in ready:
            del late[key]


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    keys = iter(keys)
    while batch := list(islice(keys, BATCH)):
        yield batch


def _record(comment: Comment, with_addresses: bool) -> dict:
    columns = (*COLUMNS, *OF_ADDRESS) if with_addresses else COLUMNS
    actions = sorted(comment.moderation_actions.all(), key=lambda action: action.pk)
    return {
        "number": comment.pk,
        "article": comment.article.slug,
        "parent": comment.parent_id,
        **columns_of(comment, columns, later=LATER),
        "editor": _username(comment.editor),
        "practitioner": comment.practitioner.slug if comment.practitioner else None,
        "decided_by": _username(comment.decided_by),
        "actions": list(map(_action_record, actions)),
    }


def _action_record(action: ModerationAction) -> dict:
    columns = columns_of(action, OF_ACTION, later=LATER_OF_ACTION)
    return {**columns, "by": _username(action.by)}


def _username(account: User | None) -> str | None:
    return account.username if account else None


def _begin(run: Run) -> None:
    """Numbers are part of the addresses of comments: they are kept where they are free."""
    own = Comment.objects.aggregate(highest=Max("pk"))["highest"] or 0
    run.unused_comment = max(own, run.survey.highest["comments"]) + 1
    if not run.is_dry_run:
        reserve(Comment, run.unused_comment + len(run.survey.comments))


def _restore(records: Sequence[dict], run: Run) -> list[Answer]:
    known = _Known(records, run)
    answers, new = [], []
    for record in records:
        article, name = run.articles.get(record["article"]), _name(record)
        if article is None:
            answers.append(Answer("comments", name, Outcome.REFUSED, ("its article was refused",)))
            continue
        fields, notes = _fields(record, article, run)
        erased_at = known.erased_at(fields)
        if erased_at:
            fields |= emptied(erased_at=erased_at)
        there = known.find(record, fields)
        if _comes_back(there, record, erased_at):
            notes = [ERASED]
        number = there.pk if there else known.number_for(record)
        if there is None:
            outcome = Outcome.CREATED
            new.append((Comment(pk=number, **fields), record))
        else:
            outcome = _meet(there, record, fields, run, erased_at=erased_at)
        if number != record["number"]:
            run.renumbered[record["number"]] = number
            notes.append(f"its number here is {number}")
        answers.append(Answer("comments", name, outcome, tuple(notes)))
    if not run.is_dry_run:
        _create(new, run)
    return answers


def _comes_back(there: Comment | None, record: dict, erased_at: datetime | None) -> bool:
    """Whether the record has words that were erased."""
    return bool(record["body"] and (erased_at or (there and there.is_erased())))


def _meet(there: Comment, record: dict, fields: dict, run: Run, *, erased_at) -> Outcome:
    """What becomes of a comment that is here: the words of an erased one never come back."""
    if there.is_erased():
        return Outcome.SAME
    outcome = Outcome.UPDATED if erased_at else _outcome(there, record, fields, run)
    if run.is_dry_run or outcome != Outcome.UPDATED:
        return outcome
    if erased_at:
        erase_comments([there.pk], erased_at=erased_at)
    else:
        _update(there, fields, record, run)
    return outcome


class _Known:
    """The comments here that some records may mean; seven queries for any number of them."""

    def __init__(self, records: Sequence[dict], run: Run):
        self.records, self.run = records, run
        self.rows = Comment.objects.prefetch_related("moderation_actions__by").order_by("pk")
        self.by_number = self.rows.in_bulk([record["number"] for record in records])
        self.erased = erased_until(record.get(ADDRESS, "") for record in records)

    def erased_at(self, fields: dict) -> datetime | None:
        """When its writer had it erased, which only an archive with addresses can tell."""
        moment = self.erased.get(normalize(fields.get(ADDRESS, "")))
        return moment if moment and fields["created_at"] <= moment else None

    def find(self, record: dict, fields: dict) -> Comment | None:
        """The one of this number, or one that got another number when it came here."""
        row = self.by_number.get(record["number"])
        if row and all(getattr(row, name) == fields[name] for name in SAME):
            return row
        comment = Comment(**fields)
        # What was erased here is known by its moment: an archive may have its words and no address.
        emptied = (comment.article_id, comment.created_at, "", "")
        others = self.by_content[_content(comment)] or self.by_content[emptied]
        return others.pop(0) if others else None

    @cached_property
    def by_content(self) -> dict[tuple, list[Comment]]:
        """Those whose numbers are not of the archive."""
        articles = {self.run.articles.get(record["article"]) for record in self.records} - {None}
        moments = [read_columns(Comment, row, CONTENT)["created_at"] for row in self.records]
        found = defaultdict(list)
        for row in self.rows.filter(article__in=articles, created_at__in=moments):
            if row.pk not in self.run.survey.comments:
                found[_content(row)].append(row)
        return found

    def number_for(self, record: dict) -> int:
        if record["number"] not in self.by_number:
            return record["number"]
        self.run.unused_comment += 1
        return self.run.unused_comment - 1


def _content(comment: Comment) -> tuple:
    return (comment.article_id, *(getattr(comment, name) for name in CONTENT))


def _fields(record: dict, article: int, run: Run) -> tuple[dict, list[str]]:
    """The columns of the row; an address that the archive does not have is left out."""
    notes = []
    practitioner = run.numbers["practitioner"](record["practitioner"])
    if record["practitioner"] and practitioner is None:
        notes.append(f"the practitioner “{record['practitioner']}” is not here")
    columns = (*COLUMNS, *OF_ADDRESS) if ADDRESS in record else COLUMNS
    fields = {
        **read_columns(Comment, record, columns),
        "article_id": article,
        "parent_id": run.renumbered.get(record["parent"], record["parent"]),
        "editor_id": run.accounts.get(record["editor"]),
        "practitioner_id": practitioner,
        "decided_by_id": run.accounts.get(record["decided_by"]),
    }
    return fields, notes


def _outcome(there: Comment, record: dict, fields: dict, run: Run) -> Outcome:
    actions = sorted(there.moderation_actions.all(), key=lambda action: action.pk)
    is_same = all(getattr(there, name) == value for name, value in fields.items())
    if is_same and list(map(_action_record, actions)) == _read_actions(record):
        return Outcome.SAME
    return Outcome.UPDATED if run.may_update else Outcome.DIFFERENT


def _read_actions(record: dict) -> list[dict]:
    """With moments as this site writes them."""
    rows = record["actions"]
    read = [ModerationAction(**read_columns(ModerationAction, row, OF_ACTION)) for row in rows]
    return [
        {**_action_record(action), "by": row["by"]} for action, row in zip(read, rows, strict=True)
    ]


def _create(new: list[tuple[Comment, dict]], run: Run) -> None:
    Comment.objects.bulk_create(comment for comment, _record in new)
    ModerationAction.objects.bulk_create(
        action for comment, record in new for action in _actions(comment, record, run)
    )
    note_as_erased([row for row, record in new if row.is_erased() and record["body"]])


def _update(comment: Comment, fields: dict, record: dict, run: Run) -> None:
    """What moderators did is on record for good: only what is missing is added."""
    Comment.objects.filter(pk=comment.pk).update(**fields)
    known = set(map(_what, comment.moderation_actions.all()))
    ModerationAction.objects.bulk_create(
        action for action in _actions(comment, record, run) if _what(action) not in known
    )


def _what(action: ModerationAction) -> tuple:
    return (action.at, action.to_status, action.act)


def _actions(comment: Comment, record: dict, run: Run) -> Iterator[ModerationAction]:
    for row in record["actions"]:
        columns = read_columns(ModerationAction, row, OF_ACTION)
        yield ModerationAction(comment=comment, by_id=run.accounts.get(row["by"]), **columns)


def _name(record: dict) -> str:
    return f"{record['number']} on {record['article']}"


COMMENTS = Kind("comments", check, _restore, begin=_begin, at_once=BATCH)
