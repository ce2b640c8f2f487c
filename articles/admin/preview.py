"""Previews in the admin: of what is saved or typed, on a phone, and links to give away."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.models import Article, Draft
from articles.preview_views import render_preview
from articles.previews import LINK_DAYS, as_readers_will, make_link, with_typed_words


@require_safe
def preview_view(request, pk=None, *, model_admin):
    """The article as readers will get it: what is saved, or the unsaved words of `draft`."""
    article = _get(request, pk, model_admin)
    if draft := _find_draft(request, article):
        return render_preview(request, with_typed_words(article, draft.fields))
    if article is None:
        return render_preview(request, with_typed_words(None, {}))
    return render_preview(request, as_readers_will(article))


@require_safe
def phone_view(request, pk=None, *, model_admin):
    """The same in a frame as wide as a phone."""
    article = _get(request, pk, model_admin)
    address = _preview_url(article)
    if draft := _find_draft(request, article):
        address += f"?draft={draft.pk}"
    response = _render(
        request, model_admin, "phone.html", _("Preview on a phone"), article, address=address
    )
    response._csp_config = {**settings.SECURE_CSP, "frame-src": ["'self'"]}
    return response


@require_POST
def link_view(request, pk, *, model_admin):
    """A link to what is saved, for somebody without an account, for some days."""
    article = _get(request, pk, model_admin)
    days = request.POST.get("days", "")
    days = int(days) if days in map(str, LINK_DAYS) else LINK_DAYS[0]
    now = timezone.now()
    return _render(
        request,
        model_admin,
        "preview_link.html",
        _("A link to the preview"),
        article,
        link=f"{settings.SITE_URL}{make_link(article, at=now, days=days)}",
        ends_at=now + timedelta(days=days),
    )


def _get(request, pk, model_admin):
    article = get_object_or_404(Article, pk=pk) if pk else None
    if not model_admin.has_view_or_change_permission(request, article):
        raise PermissionDenied
    return article


def _find_draft(request, article):
    """Of an article, anybody's; of one that was never saved, one's own."""
    key = request.GET.get("draft", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    drafts = Draft.objects.filter(pk=key, article=article)
    return (drafts if article else drafts.filter(editor=request.user)).first()


def _preview_url(article):
    if article is None:
        return reverse("admin:articles_article_preview_new")
    return reverse("admin:articles_article_preview", args=[article.pk])


def _render(request, model_admin, template, title, article, **context):
    context.update(model_admin.admin_site.each_context(request))
    context.update(title=title, article=article, opts=model_admin.opts)
    return render(request, f"admin/articles/article/{template}", context)
