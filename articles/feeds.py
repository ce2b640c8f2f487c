"""Atom feeds (RFC 4287): of the site, of a tag, of an author."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe
from taggit.models import Tag

from acutake.lib.text import clean_text
from articles.models import Article, Author

ENTRIES = 20
LONGEST_TEXT = 5_000
# What an empty feed says of its last change, so that it does not change with every look.
BEFORE_EVERYTHING = datetime(1970, 1, 1, tzinfo=UTC)


@require_safe
@conditional_page
def site_feed(request):
    """The newest articles; a feed without entries is valid too."""
    return _respond(
        Article.objects.published(at=timezone.now()),
        title=_("AcuTake: articles"),
        page_url=reverse("articles:list"),
        feed_url=reverse("articles:feed"),
    )


@require_safe
@conditional_page
def tag_feed(request, slug):
    """The newest articles with a tag; 404 where its page is."""
    tag = get_object_or_404(Tag, slug=slug)
    return _respond(
        _some(Article.objects.published(at=timezone.now()).tagged(tag)),
        title=_("AcuTake: %(tag)s") % {"tag": tag.name},
        page_url=reverse("articles:tag", args=[slug]),
        feed_url=reverse("articles:tag_feed", args=[slug]),
    )


@require_safe
@conditional_page
def author_feed(request, slug):
    """The newest articles of an author; 404 where the author's page is."""
    author = get_object_or_404(Author, slug=slug)
    return _respond(
        _some(Article.objects.published(at=timezone.now()).by_author(author)),
        title=_("AcuTake: articles by %(author)s") % {"author": author.name},
        page_url=author.get_absolute_url(),
        feed_url=reverse("articles:author_feed", args=[slug]),
    )


class ArticleFeed(Atom1Feed):
    """Atom with all who stand on an entry, where Django's knows one author."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else BEFORE_EVERYTHING

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for byline in item["bylines"]:
            element = "author" if byline.is_author() else "contributor"
            handler.startElement(element, {})
            handler.addQuickElement("name", clean_text(byline.author.name))
            handler.addQuickElement("uri", _absolute(byline.author.get_absolute_url()))
            handler.endElement(element)


def entry_id(article: Article) -> str:
    """For ever the same, whatever becomes of headline, slug and dates (RFC 4151)."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{article.created_at:%Y-%m-%d}:article/{article.pk}"


def _some(articles: QuerySet) -> QuerySet:
    if not articles.exists():
        raise Http404("Nothing is published here.")
    return articles


def _respond(articles: QuerySet, *, title: str, page_url: str, feed_url: str) -> HttpResponse:
    feed = ArticleFeed(
        title=clean_text(title),
        link=_absolute(page_url),
        description=None,
        language=settings.LANGUAGE_CODE,
        feed_url=_absolute(feed_url),
        author_name="AcuTake",
        author_link=f"{settings.SITE_URL}/",
    )
    newest = articles.newest_first().for_list().prefetch_related("tags")[:ENTRIES]
    for article in newest:
        feed.add_item(
            title=clean_text(article.headline),
            link=_absolute(article.get_absolute_url()),
            # The generator marks it as HTML.
            description=escape(clean_text(article.dek, limit=LONGEST_TEXT)),
            unique_id=entry_id(article),
            pubdate=article.published_at,
            updateddate=article.changed_at(),
            categories=sorted(clean_text(tag.name) for tag in article.tags.all()),
            bylines=article.bylines.all(),
        )
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return response


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
