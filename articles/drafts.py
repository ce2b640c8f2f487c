"""What an editor has typed and not saved: kept as the form had it, given back to the form."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from taggit.utils import parse_tags

from articles.html import sanitize
from articles.models import Article, Byline, Draft
from articles.models.versions import SNAPSHOT_COLUMNS
from articles.snapshots import BYLINE_COLUMNS

Fields = dict[str, list[str]]

# What a form sends beside what was typed.
NOT_TYPED = {"csrfmiddlewaretoken", "base_number", "draft_version", "draft", "whole_article"}
BYLINE_FIELD = re.compile(r"bylines-(\d{1,4})-(\w+)")
MOST_FIELDS = 2_000
MOST_WAITING = 20


class OtherWindowError(Exception):
    """Another window of the same editor has kept other words; `draft` holds them."""

    def __init__(self, draft: Draft):
        super().__init__(draft)
        self.draft = draft


def typed_fields(sent: Mapping[str, list[str]]) -> Fields:
    """What was typed, out of all that a form sends, with a body that is safe to show."""
    fields = {
        _storable(name): [_storable(value) for value in values]
        for name, values in list(sent.items())[:MOST_FIELDS]
        if name not in NOT_TYPED and not name.startswith("_")
    }
    if "body" in fields:
        fields["body"] = [sanitize(value) for value in fields["body"]]
    return fields


def _storable(text: str) -> str:
    """Without what no database holds: NUL, and halves of a character."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


@transaction.atomic
def keep_draft(
    fields: Fields,
    *,
    article: Article | None,
    draft: Draft | None = None,
    editor: User,
    base_number: int,
    version: int,
    at: datetime,
) -> Draft:
    """Keep what was typed in place of what the same window kept before.

    `version` is that of the draft which the window knows, 0 for none; `draft` is the one of an
    article that was never saved. Raises OtherWindowError, and changes nothing, where another window
    of the editor has kept words since.
    """
    held = _held(article, draft, editor)
    if held is None:
        made = {"fields": fields, "base_number": base_number, "typed_at": at}
        if article is None:
            return Draft.objects.create(editor=editor, **made)
        held, is_new = Draft.objects.get_or_create(
            article=article, editor=editor, set_aside_at=None, defaults=made
        )
        if is_new:
            return held
    if held.version != version:
        if held.fields == fields:
            return held
        raise OtherWindowError(held)
    held.fields, held.base_number, held.typed_at = fields, base_number, at
    held.version += 1
    held.save(update_fields=["fields", "base_number", "typed_at", "version"])
    return held


def _held(article: Article | None, draft: Draft | None, editor: User) -> Draft | None:
    """The editor's draft in hand, locked."""
    drafts = Draft.objects.select_for_update().filter(editor=editor, set_aside_at=None)
    if article is not None:
        return drafts.filter(article=article).first()
    return drafts.filter(article=None, pk=draft.pk).first() if draft else None


def put_aside(fields: Fields, *, article: Article | None, editor: User, at: datetime) -> Draft:
    """Keep words that lost against others, to be looked at: they replace nothing."""
    return Draft.objects.create(
        article=article, editor=editor, fields=fields, typed_at=at, set_aside_at=at
    )


def forget_draft(article: Article, *, editor: User, version: int) -> None:
    """The words were saved. Those that another window has typed since stay."""
    held = Draft.objects.filter(article=article, editor=editor, set_aside_at=None)
    held.filter(version=version).delete()


def waiting_drafts(article: Article | None, *, editor: User) -> list[Draft]:
    """Unsaved words that an editor should know of: one's own, and what others have in hand.

    Without an article, one's own articles that were never saved.
    """
    drafts = Draft.objects.filter(article=article).select_related("editor")
    if article is None:
        return list(drafts.filter(editor=editor)[:MOST_WAITING])
    return list(drafts.filter(Q(editor=editor) | Q(set_aside_at=None))[:MOST_WAITING])


def form_data(draft: Draft, article: Article | None) -> QueryDict:
    """What a form sends that holds the words of the draft, on the article as it is now."""
    data = QueryDict(mutable=True)
    for name, values in draft.fields.items():
        if not name.startswith("bylines-"):
            data.setlist(name, values)
    for name, value in _byline_forms(typed_bylines(draft.fields), article):
        data[f"bylines-{name}"] = str(value)
    if article:
        _complete(data, article)
    data["base_number"] = str(draft.base_number)
    data["draft_version"] = str(0 if draft.set_aside_at else draft.version)
    return data


def _complete(data: QueryDict, article: Article) -> None:
    """What was typed on an article may be shown on its next version, and the other way round: each
    has fields that the other lacks, and a box that is not ticked sends nothing."""
    is_of_article = "slug" in data
    if article.next_of_id:
        if is_of_article:
            data["status"] = article.status
            _set_moment(data, "goes_out_at", article.next_of.next_version_at)
    elif not is_of_article:
        data["slug"], data["status"] = article.slug, article.status
        for name in ("published_at", "expires_at", "revised_at"):
            _set_moment(data, name, getattr(article, name))
        if article.takes_comments:
            data["takes_comments"] = "on"
        data["comment_hold"] = article.comment_hold
        days = article.comments_close_after_days
        data["comments_close_after_days"] = "" if days is None else str(days)


def _set_moment(data: QueryDict, name: str, moment: datetime | None) -> None:
    local = timezone.localtime(moment) if moment else None
    data[f"{name}_0"] = f"{local:%Y-%m-%d}" if local else ""
    data[f"{name}_1"] = f"{local:%H:%M:%S}" if local else ""


def typed_bylines(fields: Fields) -> list[dict[str, str]]:
    """The rows of the byline that have an author and were not taken out."""
    rows: dict[int, dict[str, str]] = {}
    for name, values in fields.items():
        if (match := BYLINE_FIELD.fullmatch(name)) and values:
            rows.setdefault(int(match[1]), {})[match[2]] = values[0]
    return [row for _, row in sorted(rows.items()) if row.get("author") and "DELETE" not in row]


def _byline_forms(rows: list[dict[str, str]], article: Article | None):
    """Names and values of a form set: those that the article has, then the new ones."""
    wanted = {row["author"]: row for row in rows}
    bylines = list(article.bylines.all()) if article else []
    for number, byline in enumerate(bylines):
        yield f"{number}-id", byline.pk
        yield f"{number}-article", article.pk
        yield f"{number}-author", byline.author_id
        row = wanted.pop(str(byline.author_id), None)
        for column in BYLINE_COLUMNS:
            yield f"{number}-{column}", (row or {}).get(column, getattr(byline, column))
        if row is None:
            yield f"{number}-DELETE", "on"
    for number, row in enumerate(wanted.values(), start=len(bylines)):
        for column in ("author", *BYLINE_COLUMNS):
            yield f"{number}-{column}", row.get(column, "")
    yield "TOTAL_FORMS", len(bylines) + len(wanted)
    yield "INITIAL_FORMS", len(bylines)
    yield from (("MIN_NUM_FORMS", 0), ("MAX_NUM_FORMS", 1_000))


def snapshot_of_fields(fields: Fields) -> dict:
    """What was typed as a snapshot, to be compared. What makes no sense yet stays as typed."""
    columns = {name: _typed_column(name, fields) for name in SNAPSHOT_COLUMNS}
    bylines = [
        {
            "author": _number(row["author"]),
            "role": row.get("role", Byline.Role.AUTHOR),
            "position": _number(row.get("position", "0")),
        }
        for row in typed_bylines(fields)
    ]
    return {
        **columns,
        "bylines": bylines,
        "tags": sorted(parse_tags(_first(fields, "tags"))),
        "specialties": sorted(_number(key) or 0 for key in fields.get("specialties", [])),
    }


def _typed_column(name: str, fields: Fields):
    field = Article._meta.get_field(name)
    if field.is_relation:
        return _number(_first(fields, name))
    if isinstance(field, models.DateTimeField):
        return _moment(f"{_first(fields, name + '_0')} {_first(fields, name + '_1')}".strip())
    if isinstance(field, models.DateField):
        return _first(fields, name) or None
    return _first(fields, name).replace("\r\n", "\n")


def _first(fields: Fields, name: str) -> str:
    return (fields.get(name) or [""])[0]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _moment(text: str) -> str | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        return text or None
    return timezone.make_aware(moment).astimezone(UTC).isoformat()
