"""The queue: one comment at a time, with all that helps to decide, and what waits beside it."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comments.admin import queue_acts
from comments.decision_forms import DecisionForm, seen_of, typed
from comments.decision_words import GONE, batch_words
from comments.dossiers import find_comment, read_dossier, undone_answer
from comments.models import Comment, ModerationAction
from comments.queue import (
    COUNTED_UP_TO,
    SHELVES,
    Around,
    Shelf,
    count_shelves,
    first_of,
    next_of,
    rows_around,
)

Act = ModerationAction.Act
# More than one page lets a moderator tick.
LONGEST_BATCH = 200
BANNING = "comments.add_ban"
NOTHING_AROUND = Around([], [], has_more_before=False, has_more_behind=False)


@dataclass(frozen=True)
class Result:
    """What the last click did; `batch` is what it can be undone by, None where it cannot."""

    words: str
    batch: UUID | None


@require_http_methods(["GET", "HEAD", "POST"])
def queue_view(request, *, model_admin):
    """GET shows a shelf and a comment of it, POST decides and leads to the next one."""
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    now = timezone.now()
    shelf = SHELVES.get(request.GET.get("shelf", ""), SHELVES["waiting"])
    comment = _asked_for(request.GET.get("comment", ""))
    if request.method == "POST":
        return _decide(request, model_admin, shelf, comment, at=now)
    if comment is None and "comment" in request.GET:
        messages.info(request, GONE)
    if comment is None and (first := first_of(shelf, at=now)):
        comment = find_comment(first.pk)
    return _page(request, model_admin, shelf, comment, at=now)


def _decide(request, model_admin, shelf, comment, *, at):
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    form = DecisionForm(typed(request.POST), do=queue_acts.name_of(request.POST))
    if form.do.startswith("ban_") and not request.user.has_perm(BANNING):
        raise PermissionDenied
    if form.is_valid():
        try:
            done = queue_acts.act(queue_acts.Press(request, form, comment, at))
        except Comment.DoesNotExist:
            form.add_error(None, GONE)
            done = comment = None
        if done is not None:
            return _go_on(shelf, comment, done, at=at)
    return _page(request, model_admin, shelf, comment, form=form, at=at)


def queue_url(shelf: Shelf, comment: Comment | None = None, **batch: UUID | None) -> str:
    """`done` is what the last click did, `last` what can still be undone when one looks around."""
    asked = {"shelf": shelf.name}
    if comment:
        asked["comment"] = comment.pk
    asked |= {name: key for name, key in batch.items() if key}
    return f"{reverse('admin:comments_comment_queue')}?{urlencode(asked)}"


def _asked_for(number: str) -> Comment | None:
    is_number = number.isascii() and number.isdecimal() and len(number) < 19
    return find_comment(int(number)) if is_number else None


def _go_on(shelf, comment, done, *, at):
    """To the next one, or wherever the act wants to be seen."""
    following = done.show or (next_of(shelf, comment, at=at) if comment else None)
    return HttpResponseRedirect(queue_url(shelf, following, done=done.batch), status=303)


def _page(request, model_admin, shelf, comment, *, at, form=None):
    may_decide = model_admin.has_change_permission(request)
    around = rows_around(shelf, comment, at=at) if comment else NOTHING_AROUND
    before, onward = around.before, around.onward
    behind = [row for row in onward if row.pk != comment.pk] if comment else []
    result = None if form else _result(request.GET.get("done", ""))
    last = result or _result(request.GET.get("last", ""))
    batch = last.batch if last else None
    counts = count_shelves(at=at)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Queue of comments"),
        "shelf": shelf,
        "action": queue_url(shelf, comment),
        "shelves": [
            (row, _count(counts[name]), queue_url(row, last=batch)) for name, row in SHELVES.items()
        ],
        "dossier": read_dossier(comment, at=at) if comment else None,
        "rows": [(row, queue_url(shelf, row, last=batch)) for row in (*before, *onward)],
        "around": around,
        "previous_url": queue_url(shelf, before[-1], last=batch) if before else "",
        "next_url": queue_url(shelf, behind[0], last=batch) if behind else "",
        "form": form or _empty_form(comment, by=request.user, may_decide=may_decide),
        "result": result,
        "last": last if batch and not result else None,
        "ticked": request.POST.getlist("ticked"),
        "may_decide": may_decide,
        "may_ban": may_decide and request.user.has_perm(BANNING),
    }
    status = 409 if form else 200
    return render(request, "admin/comments/comment/queue.html", context, status=status)


def _count(count: int) -> str:
    return f"{count}+" if count == COUNTED_UP_TO else str(count)


def _empty_form(comment, *, by, may_decide):
    if not comment or not may_decide:
        return None
    initial = {"seen": seen_of(comment), "answer": undone_answer(comment, by=by)}
    return DecisionForm(initial=initial)


def _result(batch: str) -> Result | None:
    try:
        key = UUID(batch)
    except ValueError:
        return None
    rows = ModerationAction.objects.filter(batch=key).select_related("comment__parent")
    actions = list(rows.order_by("pk")[:LONGEST_BATCH])
    if not actions:
        return None
    is_decision = all(action.act == Act.DECIDED for action in actions)
    return Result(batch_words(actions), key if is_decision else None)
