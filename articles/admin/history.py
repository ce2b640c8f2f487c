"""The history of an article: its revisions, any two compared, one restored; and unsaved words."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles import next_versions
from articles.differences import compare
from articles.drafts import put_aside, snapshot_of_fields, typed_fields
from articles.models import Article, Draft, Revision
from articles.revisions import restore
from articles.snapshots import snapshot_of

REVISIONS_A_PAGE = 50


def revisions_page(request, article):
    """A page of the revisions of the article, newest first, without their words."""
    kept = Revision.objects.filter(article=article.next_of_id or article.pk)
    listed = kept.defer("snapshot").select_related("editor").order_by("-number")
    return Paginator(listed, REVISIONS_A_PAGE).get_page(request.GET.get("page"))


@require_safe
def compare_view(request, pk, *, model_admin):
    """Two states of the article: a revision's number, "saved", "next" or "draft-" and a number."""
    article = _get(model_admin, request, pk)
    whole = article.next_of or article
    old = _side(whole, request.GET.get("from", ""))
    new = _side(whole, request.GET.get("to", ""))
    return _render(
        model_admin,
        request,
        "compare.html",
        title=_("What changed"),
        article=whole,
        old=old,
        new=new,
        differences=compare(old["snapshot"], new["snapshot"]),
    )


def _side(article, key):
    """One of the two: its words, and what to call it. 404 for what there is not."""
    if key == "saved":
        return {"words": _("What is saved"), "snapshot": snapshot_of(article)}
    if key == "next":
        version = get_object_or_404(Article, next_of=article)
        return {"words": _("The next version"), "snapshot": snapshot_of(version)}
    number = key if key.isascii() and key.isdigit() and len(key) < 10 else None
    kept = Revision.objects.select_related("editor")
    revision = get_object_or_404(kept, article=article, number=number)
    return {"revision": revision, "snapshot": revision.snapshot}


@require_POST
def restore_view(request, pk, number, *, model_admin):
    """A published article gets the older words as its next version, any other one at once."""
    article = _get(model_admin, request, pk, may_change=True)
    now, by = timezone.now(), request.user
    with transaction.atomic():
        whole = article.next_of or article
        revision = get_object_or_404(Revision, article=whole, number=number)
        onto = whole
        if whole.status == Article.Status.PUBLISHED:
            onto = next_versions.begin_next_version(whole, at=now, by=by)
        restore(revision, onto=onto, at=now, by=by)
    words = _("Number %(number)s is restored.") % {"number": number}
    if onto.next_of_id:
        words += " " + _("It is the next version now; readers see what is published until it is.")
    messages.success(request, words)
    return redirect("admin:articles_article_change", onto.pk)


@require_POST
def settle_view(request, pk, *, model_admin):
    """Let a next version that is out take the place of the one before."""
    article = _get(model_admin, request, pk, may_change=True)
    next_versions.settle(article, at=timezone.now())
    return redirect("admin:articles_article_change", article.pk)


@require_safe
def draft_view(request, pk, *, model_admin):
    """Somebody's unsaved words, as differences from what is saved."""
    draft = _get_draft(model_admin, request, pk)
    saved = snapshot_of(draft.article) if draft.article else snapshot_of_fields({})
    return _render(
        model_admin,
        request,
        "draft.html",
        title=_("Words that are not saved"),
        draft=draft,
        form_url=_form_url(draft.article),
        article=draft.article,
        differences=compare(saved, snapshot_of_fields(draft.fields)),
    )


@require_POST
def discard_draft_view(request, pk, *, model_admin):
    """Throw one's own unsaved words away."""
    draft = _get_draft(model_admin, request, pk)
    if draft.editor_id != request.user.pk:
        raise PermissionDenied
    draft.delete()
    messages.success(request, _("Thrown away. Below is what is saved."))
    return redirect(_form_url(draft.article))


@require_POST
def put_aside_view(request, pk=None, *, model_admin):
    """Keep what a form holds apart from what is saved, and show what is saved, or (`_open`) it."""
    article = _get(model_admin, request, pk, may_change=True) if pk else None
    if article is None and not model_admin.has_add_permission(request):
        raise PermissionDenied
    fields = typed_fields(dict(request.POST.lists()))
    draft = put_aside(fields, article=article, editor=request.user, at=timezone.now())
    if "_open" in request.POST or article is None:
        return redirect(f"{_form_url(article)}?draft={draft.pk}")
    messages.success(request, _("Your words are kept aside. Below is what is saved."))
    return redirect(_form_url(article))


def _form_url(article):
    if article is None:
        return reverse("admin:articles_article_add")
    return reverse("admin:articles_article_change", args=[article.pk])


def _get(model_admin, request, pk, *, may_change=False):
    article = get_object_or_404(Article.objects.select_related("next_of"), pk=pk)
    may = model_admin.has_view_or_change_permission
    if may_change:
        may = model_admin.has_change_permission
    if not may(request, article):
        raise PermissionDenied
    return article


def _get_draft(model_admin, request, pk):
    """One's own, or one of an article that one may change."""
    draft = get_object_or_404(Draft.objects.select_related("article", "editor"), pk=pk)
    if not model_admin.has_change_permission(request, draft.article):
        raise PermissionDenied
    if draft.article is None and draft.editor_id != request.user.pk:
        raise Http404("No such draft.")
    return draft


def _render(model_admin, request, template, **context):
    context = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, **context}
    return render(request, f"admin/articles/article/{template}", context)
