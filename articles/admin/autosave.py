"""What the page of an article asks the server while somebody types."""

import json

from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.differences import compare
from articles.drafts import (
    OtherWindowError,
    keep_draft,
    put_aside,
    snapshot_of_fields,
    typed_fields,
    waiting_drafts,
)
from articles.editing_forms import NUMBER_LIMIT
from articles.models import Article, Draft
from articles.next_versions import settle
from articles.revisions import latest_revision


@require_safe
def token(request, *, model_admin):
    """The token that a page needs after its editor has logged in again; 401 before that."""
    if not model_admin.admin_site.has_permission(request):
        return JsonResponse({}, status=401)
    return JsonResponse({"token": get_token(request)})


@require_POST
def autosave(request, pk=None, *, model_admin):
    """Keep what was typed as the editor's draft.

    200 says which version of the draft it is. 409 says that there are other words: of another
    window (nothing was kept), of another editor who saved (it was kept), or that the row is gone.
    """
    if not model_admin.admin_site.has_permission(request):
        return JsonResponse({}, status=401)
    try:
        sent = _read(request)
    except RequestDataTooBig:
        return JsonResponse({}, status=413)
    if sent is None:
        return JsonResponse({"error": _("This is not what a form sends.")}, status=400)
    with transaction.atomic():
        article = _find(pk)
        if pk and article is None:
            return JsonResponse({"kind": "gone"}, status=409)
        if not _may_write(model_admin, request, article):
            return JsonResponse({}, status=403)
        return _keep(request, article, sent)


def _may_write(model_admin, request, article):
    if article is None:
        return model_admin.has_add_permission(request)
    return model_admin.has_change_permission(request, article)


def _find(pk):
    article = Article.objects.filter(pk=pk).first()
    if article:
        settle(article.next_of or article, at=timezone.now())
    return Article.objects.filter(pk=pk).first()


def _read(request):
    """The parts of the JSON that was sent; None where it is something else."""
    try:
        sent = json.loads(request.body)
        numbers = {name: int(sent.get(name) or 0) for name in ("base_number", "version", "draft")}
        fields = typed_fields({str(name): list(sent["fields"][name]) for name in sent["fields"]})
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None
    is_sane = all(0 <= numbers[name] <= NUMBER_LIMIT for name in ("base_number", "version"))
    if not (is_sane and 0 <= numbers["draft"] < 2**63):
        return None
    return {**numbers, "fields": fields, "is_merge": sent.get("is_merge") is True}


def _keep(request, article, sent):
    now = timezone.now()
    mine = {"article": article, "editor": request.user, "base_number": sent["base_number"]}
    if article is None:
        mine["draft"] = Draft.objects.filter(pk=sent["draft"], article=None).first()
    try:
        draft = keep_draft(sent["fields"], version=sent["version"], at=now, **mine)
    except OtherWindowError as error:
        if not sent["is_merge"]:
            return _other_window(error.draft, sent["fields"])
        put_aside(error.draft.fields, article=article, editor=request.user, at=now)
        draft = keep_draft(sent["fields"], version=error.draft.version, at=now, **mine)
    answer = {"version": draft.version, "draft": draft.pk}
    latest = latest_revision(article) if article else None
    if latest and latest.number != sent["base_number"]:
        return _overtaken(latest, draft, answer)
    return JsonResponse({**answer, "others": _others(request, article)})


def _other_window(draft, fields):
    return JsonResponse(
        {
            "kind": "window",
            "take_url": f"?draft={draft.pk}",
            "difference": _difference(snapshot_of_fields(draft.fields), fields),
        },
        status=409,
    )


def _overtaken(latest, draft, answer):
    return JsonResponse(
        {
            **answer,
            "kind": "saved",
            "number": latest.number,
            "name": str(latest.editor or _("Somebody")),
            "discard_url": reverse("admin:articles_draft_discard", args=[draft.pk]),
            "difference": _difference(latest.snapshot, draft.fields),
        },
        status=409,
    )


def _difference(other, fields):
    differences = compare(other, snapshot_of_fields(fields))
    return render_to_string(
        "admin/articles/article/_differences.html", {"differences": differences}
    )


def _others(request, article):
    """Who else has unsaved words here."""
    if article is None:
        return []
    return [
        {"name": str(draft.editor), "url": reverse("admin:articles_draft", args=[draft.pk])}
        for draft in waiting_drafts(article, editor=request.user)
        if draft.editor_id != request.user.pk
    ]
