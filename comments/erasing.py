"""Erasing all that is kept for an address. A thread keeps its shape: the emptied comments stay.

Out of reach are the words of others who quote a comment, mails that were sent, and what was written
without an address or with another one.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Concat

from acutake.lib.addresses import normalize
from comments import ledger
from comments.models import Comment, Flag, ModerationAction, Notice
from comments.reasons import REASONS
from directory.models import Report

# What an erased comment holds. Its `submission_key` stays, so that neither a form sent twice nor an
# import run again brings the words back: it is a keyed hash, or one of an old site's numbers.
EMPTIED = {
    "commenter_name": "",
    "commenter_email": "",
    "website": "",
    "body": "",
    "practitioner_id": None,
    "proven_at": None,
    "wants_decision": False,
    "wants_replies": False,
    "network_key": "",
    "body_key": "",
    "screening": [],
    "edited_at": None,
    "status": Comment.Status.REMOVED,
}
BATCH = 500


@dataclass
class Erased:
    """How many comments were emptied, and from how many reports about listings the address went."""

    comments: int = 0
    reports: int = 0


@dataclass
class Reapplied(Erased):
    """What `reapply` found and did: what each file held, and lines added to ERASURES_FILE."""

    files: dict[Path, ledger.Read] = field(default_factory=dict)
    lines_added: int = 0


def emptied(*, erased_at: datetime) -> dict:
    """The columns of a comment that was erased."""
    return {**EMPTIED, "withdrawn_at": erased_at}


@transaction.atomic
def erase_address(address: str, *, at: datetime) -> Erased:
    """Empty every comment of the address, however it is spelled, and write it into the ledger.

    Raises OSError when ERASURES_FILE cannot be written, and then nothing is erased: a restored
    backup would bring everything back, and nobody would know.
    """
    keys = Comment.objects.of_address(address).order_by("pk").values_list("pk", flat=True)
    comments = sum(erase_comments(batch, erased_at=at) for batch in _batches(list(keys)))
    reports = Report.objects.filter(reporter_email__iexact=address.strip())
    erased = Erased(comments, reports.update(reporter_email=""))
    ledger.enter(address, at=at)
    return erased


@transaction.atomic
def erase_comments(keys: Collection[int], *, erased_at: datetime) -> int:
    """Empty these comments and what else repeats their words; those that are so stay as they are.

    Returns how many there were. As many queries for any number.
    """
    rows = Comment.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    found = {row.pk: row.status for row in rows if not row.is_erased()}
    Comment.objects.filter(pk__in=found).update(**emptied(erased_at=erased_at))
    _forget_what_was_said(found, at=erased_at)
    ModerationAction.objects.bulk_create(
        ModerationAction(
            comment_id=key,
            act=ModerationAction.Act.ERASED,
            from_status=status,
            to_status=Comment.Status.REMOVED,
            at=erased_at,
        )
        for key, status in found.items()
    )
    return len(found)


def note_as_erased(comments: Collection[Comment]) -> None:
    """Of rows that an import has just written as `emptied`: log it, and empty what was decided in
    words."""
    if not comments:
        return
    _forget_what_was_said([comment.pk for comment in comments], at=comments[0].withdrawn_at)
    ModerationAction.objects.bulk_create(
        ModerationAction(
            comment=comment,
            act=ModerationAction.Act.ERASED,
            to_status=comment.status,
            at=comment.withdrawn_at,
        )
        for comment in comments
    )


def _forget_what_was_said(keys: Collection[int], *, at: datetime) -> None:
    """The notes about comments that may repeat their words or the names of their writers."""
    Notice.objects.filter(comment__in=keys).delete()
    actions = ModerationAction.objects.filter(comment__in=keys)
    actions.exclude(reason__in=["", *REASONS]).update(reason="")
    flags = Flag.objects.filter(comment__in=keys)
    flags.exclude(note="").update(note="")
    flags.filter(settled_at=None).update(settled_at=at)
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Comment), object_id__in=map(str, keys)
    )
    number = Concat(Value("#"), F("object_id"), output_field=CharField())
    entries.update(object_repr=number, change_message="")


def reapply(paths: Iterable[Path] = ()) -> Reapplied:
    """Erase again what the ledger says is erased: after a backup was restored, or an import.

    Erasures are read from ERASURES_FILE and from `paths`, and what only the database knows is
    written into ERASURES_FILE. What somebody wrote after the erasure stays. A batch of addresses is
    in memory at a time; it can be killed and run again.
    """
    done = Reapplied()
    for path in dict.fromkeys([settings.ERASURES_FILE, *paths]):
        done.files[path] = ledger.take_in(path)
    done.lines_added = ledger.complete_file()
    for batch in _with_address(Comment.objects.all(), "commenter_email"):
        for at, keys in _erased_among(batch).items():
            done.comments += erase_comments(keys, erased_at=at)
    for batch in _with_address(Report.objects.all(), "reporter_email"):
        keys = [key for some in _erased_among(batch).values() for key in some]
        done.reports += Report.objects.filter(pk__in=keys).update(reporter_email="")
    return done


def _with_address(rows: QuerySet, column: str) -> Iterator[list[tuple]]:
    """Number, address and moment of those that have an address, a batch at a time."""
    last = 0
    rows = rows.filter(~Q(**{column: ""})).order_by("pk")
    while batch := list(rows.filter(pk__gt=last).values_list("pk", column, "created_at")[:BATCH]):
        yield batch
        last = batch[-1][0]


def _erased_among(batch: list[tuple]) -> dict[datetime, list[int]]:
    """By the moment of the erasure, the numbers of what was written before it."""
    until = ledger.erased_until(address for _key, address, _at in batch)
    found: dict[datetime, list[int]] = {}
    for key, address, created_at in batch:
        erased_at = until.get(normalize(address))
        if erased_at and created_at <= erased_at:
            found.setdefault(erased_at, []).append(key)
    return found


def _batches(keys: list[int]) -> Iterator[list[int]]:
    keys = iter(keys)
    while batch := list(islice(keys, BATCH)):
        yield batch
