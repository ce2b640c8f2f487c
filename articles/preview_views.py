"""The page of an article before it is public."""

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.previews import as_readers_will, read_link
from articles.views import render_article


@require_safe
def preview(request, token):
    """What was last saved, for whoever has the link, until its end; 410 from then on."""
    try:
        key = read_link(token, at=timezone.now())
    except SignatureExpired:
        return _closed(render(request, "articles/preview_ended.html", status=410))
    except (BadSignature, ValueError) as error:
        raise Http404("No such preview.") from error
    article = get_object_or_404(Article, pk=key)
    return _closed(render_article(request, as_readers_will(article), is_preview=True))


def render_preview(request, article):
    """The page as an editor previews it: it may stand in a frame of the admin."""
    response = _closed(render_article(request, article, is_preview=True))
    response["X-Frame-Options"] = "SAMEORIGIN"
    response._csp_config = {**settings.SECURE_CSP, "frame-ancestors": ["'self'"]}
    return response


def _closed(response):
    """Kept by no cache, listed nowhere; its address, which opens it, goes to no other page."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
