"""Sends the cards that are made of type."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from articles.cards import SECONDS_KEPT, made_card, made_card_path
from articles.models import Article


@require_safe
def card(request, slug, version):
    """The card of a published article; an old address or version of it leads to the present one.

    So an address that somebody shared goes on showing the article as it is, and nobody can have
    more than one picture drawn for it.
    """
    published = Article.objects.published(at=timezone.now()).prefetch_related("bylines__author")
    article = published.filter(slug=slug).first() or published.filter(paths__slug=slug).first()
    made = article and made_card(article)
    if not made:
        raise Http404("No such card.")
    path = made_card_path(article, made)
    if request.path != path:
        return redirect(path)
    etag = quote_etag(version)
    response = get_conditional_response(request, etag=etag)
    response = response or HttpResponse(made.png(), content_type="image/png")
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={SECONDS_KEPT}"
    return response
