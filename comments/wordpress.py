"""Comments of a WordPress export, on the articles that came with them."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape

import nh3
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from acutake.lib.addresses import normalize
from acutake.lib.text import clean_lines, clean_text
from articles.wordpress.answers import Answer, Outcome
from articles.wordpress.convert import person_name, plain
from articles.wordpress.job import Job
from articles.wordpress.planning import moment_of
from articles.wordpress.posts import Brought
from articles.wordpress.records import OldComment
from comments.erasing import emptied, erase_comments, note_as_erased
from comments.ledger import erased_until
from comments.models import LONGEST_BODY, LONGEST_NAME, Comment, ModerationAction, Notice

Status = Comment.Status
STATUSES = {
    "1": Status.APPROVED,
    "approved": Status.APPROVED,
    "0": Status.PENDING,
    "hold": Status.PENDING,
    "spam": Status.SPAM,
    "trash": Status.REMOVED,
    "post-trashed": Status.REMOVED,
}
ORDINARY = frozenset({"", "comment"})
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', re.IGNORECASE | re.DOTALL)
ENDS_LINE = re.compile(r"<br\b[^>]*>\n?", re.IGNORECASE)
ENDS_PARAGRAPH = re.compile(r"</?(?:p|div|blockquote|ul|ol|pre)\b[^>]*>|<li\b[^>]*>", re.IGNORECASE)
CONTENTS = ("commenter_name", "commenter_email", "body", "status", "created_at")


@dataclass
class Planned:
    """A comment to be. `parent` is the key of the one that it answers, in the same article.

    `erased_at` is set where its writer had everything erased; then `values` hold nothing of it.
    """

    old: OldComment
    key: str
    parent: str
    values: dict
    notes: list[str]
    erased_at: datetime | None = None


def bring_comments(job: Job, brought: Sequence[Brought]) -> list[list[Answer]]:
    """The answers to the comments of each item, in the file's order.

    Eight statements at most for any number, and one for each level of the deepest thread, beside
    those for comments that have to be erased again.
    """
    planned = {one.key: _plan(job, one) for one in brought if one.article_id is not None}
    by_key = {plan.key: plan for plans in planned.values() for plan in plans.values()}
    _withhold(by_key.values())
    rows = _known(by_key)
    answers = [_answers(one, planned.get(one.key), rows) for one in brought]
    if not job.is_dry_run:
        articles = {one.key: one.article_id for one in brought}
        fresh = [
            (articles[key], plan)
            for key, plans in planned.items()
            for plan in plans.values()
            if plan.key not in rows
        ]
        _create(fresh, rows_by_key=dict(rows))
        _update(by_key, rows)
    return answers


def _withhold(plans: Iterable[Planned]) -> None:
    """Take the words from those whose writers had them erased. What has no date is from before."""
    until = erased_until(plan.values["commenter_email"] for plan in plans)
    for plan in plans:
        erased_at = until.get(normalize(plan.values["commenter_email"]))
        if erased_at and not (_has_date(plan) and plan.values["created_at"] > erased_at):
            plan.values |= emptied(erased_at=erased_at)
            plan.notes = [_("Its writer had everything erased: it has no words and no name.")]
            plan.erased_at = erased_at


def _known(keys) -> dict[str, Comment]:
    """With `is_on_record` and `was_mailed`: what was done about each here, in the same query."""
    found = Comment.objects.filter(submission_key__in=list(keys)).annotate(
        is_on_record=Exists(ModerationAction.objects.filter(comment=OuterRef("pk"))),
        was_mailed=Exists(Notice.objects.filter(comment=OuterRef("pk"))),
    )
    return {row.submission_key: row for row in found}


def _plan(job: Job, one: Brought) -> dict[int, Planned]:
    """By the place in the item."""
    keys: dict[str, str] = {}
    plans: dict[int, Planned] = {}
    for place, old in enumerate(one.item.comments):
        if old.kind in ORDINARY:
            is_known = not old.id or old.id in keys
            key = _key(job.source, one.key, f"{old.id} {place}" if is_known else old.id)
            keys.setdefault(old.id, key)
            plans[place] = _planned(job, old, key)
    for plan in plans.values():
        _set_parent(plan, keys)
    _break_circles({plan.key: plan for plan in plans.values()})
    return plans


def _key(source: str, item: str, comment: str) -> str:
    """What a comment is known by: a hash, so that it says nothing of the old site."""
    words = "\0".join(("wordpress", source, item, comment))
    return hashlib.sha256(words.encode()).hexdigest()


def _planned(job: Job, old: OldComment, key: str) -> Planned:
    notes = []
    whole_name = clean_text(person_name(old.name), limit=1_000)
    name = clean_text(whole_name, limit=LONGEST_NAME)
    if whole_name != name:
        notes.append(_("The name is cut, since it is too long: %s") % whole_name)
    if person_name(old.name) != plain(old.name):
        notes.append(_("The name was an e-mail address; what stands before the @ is shown."))
    email = _email(old.email)
    if old.email and not email:
        notes.append(_("What stands for an e-mail address is none, and is left out."))
    body = words_of(old.body)
    if len(body) > LONGEST_BODY:
        notes.append(_("It is longer than a comment may be, and is kept as it is."))
    status = STATUSES.get(old.status)
    if status is None:
        notes.append(_("Its status is unknown, so it waits for a moderator: %s") % old.status[:40])
    moment = moment_of(old.written_gmt, old.written)
    if moment is None:
        notes.append(_("It has no date; it gets that of the import."))
    values = {
        "commenter_name": name,
        "commenter_email": email,
        "body": body,
        "status": status or Status.PENDING,
        "created_at": moment or job.at,
    }
    return Planned(old, key, "", values, notes)


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text if len(text) <= 254 else ""


def words_of(html: str) -> str:
    """The comment as plain text: an address stands behind the words that linked to it."""
    linked = LINK.sub(_spelled_out, html)
    broken = ENDS_PARAGRAPH.sub("\n\n", ENDS_LINE.sub("\n", linked))
    bare = nh3.clean(broken, tags=set(), clean_content_tags={"script", "style"})
    return clean_lines(unescape(bare).replace("\xa0", " "))


def _spelled_out(match: re.Match) -> str:
    address, words = unescape(match[1]), match[2]
    if not address.startswith(("http:", "https:")) or address in unescape(words):
        return words
    return f"{words} ({match[1]})"


def _set_parent(plan: Planned, keys: dict[str, str]) -> None:
    number = plan.old.parent
    if number.strip("0"):
        plan.parent = keys.get(number, "")
        if not plan.parent:
            plan.notes.append(_("What it answers is not there: it stands by itself."))


def _break_circles(plans: dict[str, Planned]) -> None:
    """Two comments that answer each other: the first in the file stands by itself."""
    settled: set[str] = set()
    for key in plans:
        trail = []
        while key and key not in settled:
            if key in trail:
                plans[key].parent = ""
                plans[key].notes.append(_("It would answer itself: it stands by itself."))
                break
            trail.append(key)
            key = plans[key].parent
        settled.update(trail)


def _create(fresh: list[tuple[int, Planned]], rows_by_key: dict[str, Comment]) -> None:
    """Level by level, since an answer needs the number of what it answers."""
    waiting = fresh
    while waiting:
        ready = [pair for pair in waiting if not pair[1].parent or pair[1].parent in rows_by_key]
        made = Comment.objects.bulk_create(
            [
                Comment(
                    article_id=article,
                    parent=rows_by_key.get(plan.parent),
                    submission_key=plan.key,
                    **plan.values,
                )
                for article, plan in ready
            ],
            batch_size=500,
        )
        rows_by_key |= {row.submission_key: row for row in made}
        note_as_erased([row for row in made if row.is_erased()])
        taken = {plan.key for _article, plan in ready}
        waiting = [pair for pair in waiting if pair[1].key not in taken]


def _update(by_key: dict[str, Planned], rows: dict[str, Comment]) -> None:
    changed = []
    for key, row in rows.items():
        plan = by_key[key]
        if plan.erased_at:
            if not row.is_erased():
                erase_comments([row.pk], erased_at=plan.erased_at)
        elif (names := _changed(plan, row)) and not _is_touched(row):
            for name in names:
                setattr(row, name, plan.values[name])
            changed.append(row)
    Comment.objects.bulk_update(changed, CONTENTS, batch_size=200)


def _changed(plan: Planned, row: Comment) -> list[str]:
    """The fields in which the export differs from the row; no date there is no change."""
    names = CONTENTS if _has_date(plan) else CONTENTS[:-1]
    return [name for name in names if getattr(row, name) != plan.values[name]]


def _has_date(plan: Planned) -> bool:
    return moment_of(plan.old.written_gmt, plan.old.written) is not None


def _is_touched(row: Comment) -> bool:
    """Whether anything was done about it here, by whomever.

    Readers may have hidden it, and its address may be proven or disowned. A link that was mailed
    may still prove the address, and must meet the one to which it went.
    """
    moments = (row.decided_at, row.edited_at, row.withdrawn_at, row.proven_at)
    return any(moments) or bool(row.practitioner_id or row.is_on_record or row.was_mailed)


def _answers(one: Brought, plans: dict[int, Planned] | None, rows: dict) -> list[Answer]:
    return [
        _answer(one, old, plans.get(place) if plans is not None else None, rows)
        for place, old in enumerate(one.item.comments)
    ]


def _answer(one: Brought, old: OldComment, plan: Planned | None, rows: dict) -> Answer:
    name = f"{clean_text(person_name(old.name), limit=80)}: {words_of(old.body[:400])[:60]}"
    about = {"line": old.line, "kind": old.kind or "comment", "id": old.id, "name": name}
    if old.kind not in ORDINARY:
        note = _("It was sent by another site, not written by a reader: %s") % old.url[:300]
        return Answer(**about, outcome=Outcome.SKIPPED, notes=(note,))
    if plan is None:
        note = _("There is no article that it could stand under.")
        return Answer(**about, outcome=Outcome.SKIPPED, notes=(note,))
    row = rows.get(plan.key)
    if plan.erased_at or (row and row.is_erased()):
        about["name"] = ""
    if row is None:
        return Answer(**about, outcome=Outcome.CREATED, notes=tuple(plan.notes))
    return Answer(**about, **_again(plan, row))


def _again(plan: Planned, row: Comment) -> dict:
    changed = _changed(plan, row)
    if not changed:
        return {"outcome": Outcome.UNCHANGED, "notes": tuple(plan.notes)}
    if row.edited_at or row.withdrawn_at:
        note = _("Its writer has changed it here; the export has another: %s.")
        return {"outcome": Outcome.SKIPPED, "notes": (note % ", ".join(changed),)}
    if row.decided_at:
        note = _("A moderator has decided about it here; the export has another: %s.")
        return {"outcome": Outcome.SKIPPED, "notes": (note % ", ".join(changed),)}
    if _is_touched(row):
        note = _("Something was done about it here; the export has another: %s.")
        return {"outcome": Outcome.SKIPPED, "notes": (note % ", ".join(changed),)}
    return {"outcome": Outcome.UPDATED, "changed": tuple(changed), "notes": tuple(plan.notes)}
