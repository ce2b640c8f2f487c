"""Who did what and when: the admin's log and the decisions about comments, read as one list.

Nothing here writes: the log is kept by the admin, by `articles.publishing` and by
`comments.moderation`, and no page changes or deletes an entry.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from comments.decision_words import act_words, who_acted
from comments.models import Comment, ModerationAction

PAGE_SIZE = 50
# The sources of entries, in the order of those of one moment.
LOG, MODERATION = 1, 0
COMMENTS = "comments.comment"


@dataclass(frozen=True)
class Cursor:
    """The place of one entry in the list: by moment, by source, by key; newest first."""

    at: datetime
    source: int
    pk: int

    def __str__(self):
        return f"{self.at.isoformat()}~{self.source}~{self.pk}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """None for what is no cursor."""
        moment, _tilde, rest = text.partition("~")
        source, _tilde, pk = rest.partition("~")
        try:
            at = datetime.fromisoformat(moment)
        except ValueError:
            return None
        if timezone.is_naive(at) or source not in {"0", "1"} or not pk.isdecimal():
            return None
        return cls(at, int(source), min(int(pk[:19]), 2**63 - 1))


@dataclass(frozen=True)
class Criteria:
    """What is asked of the log; None and "" ask for everything. Both days are within it."""

    editor: User | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Entry:
    """One line. `url` leads to what it is about, and is empty for what was deleted."""

    place: Cursor
    who: str
    what: str
    kind: str
    thing: str
    url: str


@dataclass(frozen=True)
class Page:
    """Some entries, newest first; `older` is the place to go on from, None at the end."""

    entries: list[Entry]
    older: Cursor | None


def kinds_for(viewer: User) -> dict[str, ContentType]:
    """The kinds of things whose entries this user may read, by label; one query."""
    viewable = [
        model
        for model in admin.site._registry
        if viewer.has_perm(f"{model._meta.app_label}.{_viewing(model)}")
    ]
    kinds = ContentType.objects.get_for_models(*viewable)
    return {model._meta.label_lower: kind for model, kind in kinds.items()}


def read_log(
    criteria: Criteria, *, viewer: User, before: Cursor | None = None, limit: int = PAGE_SIZE
) -> Page:
    """Entries about what the viewer may see, older than `before`; at most four queries."""
    kinds = kinds_for(viewer)
    if criteria.kind:
        kinds = {label: kind for label, kind in kinds.items() if label == criteria.kind}
    most = limit + 1
    log = LogEntry.objects.filter(content_type__in=[kind.pk for kind in kinds.values()])
    entries = [_of_log(row) for row in _part(log, LOG, criteria, before)[:most]]
    if COMMENTS in kinds:
        decisions = _part(ModerationAction.objects.all(), MODERATION, criteria, before)
        entries += [_of_decision(row) for row in decisions[:most]]
    entries.sort(
        key=lambda entry: (entry.place.at, entry.place.source, entry.place.pk), reverse=True
    )
    shown = entries[:limit]
    return Page(shown, shown[-1].place if len(entries) > limit else None)


def _part(rows: QuerySet, source: int, criteria: Criteria, before: Cursor | None) -> QuerySet:
    """What one source has, in the order of the whole list."""
    at, who, related = {
        LOG: ("action_time", "user", ("user", "content_type")),
        MODERATION: ("at", "by", ("by", "comment")),
    }[source]
    if criteria.editor:
        rows = rows.filter(**{who: criteria.editor})
    if criteria.since:
        rows = rows.filter(**{f"{at}__gte": _midnight(criteria.since)})
    if criteria.until:
        rows = rows.filter(**{f"{at}__lt": _midnight(criteria.until + timedelta(days=1))})
    if before:
        older = Q(**{f"{at}__lt": before.at})
        if source < before.source:
            older |= Q(**{at: before.at})
        elif source == before.source:
            older |= Q(**{at: before.at, "pk__lt": before.pk})
        rows = rows.filter(older)
    return rows.select_related(*related).order_by(f"-{at}", "-pk")


def _of_log(row: LogEntry) -> Entry:
    return Entry(
        place=Cursor(row.action_time, LOG, row.pk),
        who=_name(row.user),
        what=row.get_change_message() or row.get_action_flag_display(),
        kind=capfirst(row.content_type.name),
        thing=row.object_repr,
        url="" if row.is_deletion() else row.get_admin_url() or "",
    )


def _of_decision(row: ModerationAction) -> Entry:
    return Entry(
        place=Cursor(row.at, MODERATION, row.pk),
        who=who_acted(row),
        what=act_words(row),
        kind=capfirst(Comment._meta.verbose_name),
        thing=str(row.comment),
        url=reverse("admin:comments_comment_change", args=[row.comment_id]),
    )


def _viewing(model) -> str:
    return get_permission_codename("view", model._meta)


def _name(user: User) -> str:
    return user.get_full_name() or user.get_username()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
