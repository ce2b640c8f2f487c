"""Atom feeds: of the site, of a tag, of an author, of a kind of care."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from acutake.lib import atom
from acutake.lib.conditional import respond
from acutake.lib.old_addresses import moved
from acutake.lib.text import clean_text
from articles.archives import find_author, find_specialty, find_tag
from articles.feed_body import feed_body
from articles.figures import lead_figure, render_figure
from articles.html import render_bodies
from articles.models import Article, Byline

ENTRIES = 20
LONGEST_TEXT = 5_000
# What an empty feed says of its last change, so that it does not change with every look.
BEFORE_EVERYTHING = datetime(1970, 1, 1, tzinfo=UTC)


@require_safe
def site_feed(request):
    """The newest articles; a feed without entries is valid too."""
    now = timezone.now()
    return _respond(
        request,
        Article.objects.published(at=now),
        name="feed",
        title=_("AcuTake: articles"),
        page_url=reverse("articles:list"),
        at=now,
    )


@require_safe
def tag_feed(request, slug):
    """The newest articles with a tag; 404 where its page is, 301 from an old slug of it."""
    return _respond_archive(request, slug, find_tag, kind="tag", title=_("AcuTake: %(name)s"))


@require_safe
def author_feed(request, slug):
    """The newest articles of an author, in the same way."""
    title = _("AcuTake: articles by %(name)s")
    return _respond_archive(request, slug, find_author, kind="author", title=title)


@require_safe
def specialty_feed(request, slug):
    """The newest articles about a kind of care, in the same way."""
    title = _("AcuTake: articles about %(name)s")
    return _respond_archive(request, slug, find_specialty, kind="specialty", title=title)


def entry_id(article: Article) -> str:
    """For ever the same, whatever becomes of headline, slug and dates."""
    return atom.make_id(f"article/{article.pk}", on=f"{article.created_at:%Y-%m-%d}")


def publisher() -> atom.Person:
    """Who stands for every feed of the site."""
    return atom.Person("AcuTake", f"{settings.SITE_URL}/")


def _respond_archive(
    request: HttpRequest, slug: str, find: Callable, *, kind: str, title: str
) -> HttpResponse:
    """`find` is one of `archives`; `kind` is that of the feed in its id and its address."""
    now = timezone.now()
    archive = find(slug, at=now)
    if archive is None:
        raise Http404("Nothing is published here.")
    if archive.has_moved:
        return moved(request, reverse(f"articles:{kind}_feed", args=[archive.row.slug]))
    return _respond(
        request,
        archive.articles,
        name=f"feed/{kind}/{archive.row.pk}",
        title=title % {"name": archive.row.name},
        page_url=reverse(f"articles:{kind}", args=[slug]),
        at=now,
    )


def _respond(
    request: HttpRequest,
    articles: QuerySet,
    *,
    name: str,
    title: str,
    page_url: str,
    at: datetime,
) -> HttpResponse:
    """The newest of `articles`; `name` is that of the feed in its id."""
    entries = _entries(articles, at=at)
    feed = atom.Feed(
        id=atom.make_id(name),
        title=clean_text(title),
        page_url=atom.absolute(page_url),
        feed_url=atom.absolute(request.path),
        author=publisher(),
        updated_at=max((entry.updated_at for entry in entries), default=BEFORE_EVERYTHING),
        entries=entries,
    )
    return respond(request, atom.write(feed), content_type=atom.CONTENT_TYPE, at=at)


def _entries(articles: QuerySet, *, at: datetime) -> list[atom.Entry]:
    """The newest ones, with their texts where the site gives its feeds the whole of them."""
    newest = articles.newest_first().for_list().prefetch_related("tags")
    if settings.FEED_CONTENT == "summary":
        return [_entry(article, content="") for article in newest[:ENTRIES]]
    rows = list(newest.defer(None).defer("search_text")[:ENTRIES])
    bodies = render_bodies((article.body for article in rows), at=at)
    return [
        _entry(article, content=_content(article, body))
        for article, body in zip(rows, bodies, strict=True)
    ]


def _entry(article: Article, *, content: str) -> atom.Entry:
    bylines = list(article.bylines.all())
    return atom.Entry(
        id=entry_id(article),
        title=clean_text(article.headline),
        url=atom.absolute(article.get_absolute_url()),
        published_at=article.published_at,
        updated_at=article.changed_at(),
        authors=[_person(byline) for byline in bylines if byline.is_author()],
        contributors=[_person(byline) for byline in bylines if not byline.is_author()],
        categories=sorted(clean_text(tag.name) for tag in article.tags.all()),
        summary=clean_text(article.dek, limit=LONGEST_TEXT),
        content=content,
    )


def _content(article: Article, body: str) -> str:
    """The lead picture and the body, as the article's page shows them."""
    lead = lead_figure(article.lead_image, article.lead_caption)
    html = f"{render_figure(lead)}{body}" if lead else body
    return feed_body(html, page_url=atom.absolute(article.get_absolute_url()))


def _person(byline: Byline) -> atom.Person:
    author = byline.author
    return atom.Person(clean_text(author.name), atom.absolute(author.get_absolute_url()))
