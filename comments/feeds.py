"""The Atom feed of an article's comments."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from acutake.lib import atom
from acutake.lib.conditional import respond
from acutake.lib.old_addresses import moved
from acutake.lib.text import clean_text
from articles.feeds import entry_id, publisher
from articles.models import Article
from comments.bodies import render_body
from comments.models import Comment
from comments.views import find_article

ENTRIES = 50


@require_safe
def article_feed(request, slug):
    """What was last approved under an article; 301 from an old slug of it, 404 without it."""
    now = timezone.now()
    article = find_article(slug, at=now)
    if article is None:
        raise Http404("No such article.")
    if article.slug != slug:
        return moved(request, reverse("comments:feed", args=[article.slug]))
    feed = _feed(article, feed_url=atom.absolute(request.path))
    return respond(request, atom.write(feed), content_type=atom.CONTENT_TYPE, at=now)


def _feed(article: Article, *, feed_url: str) -> atom.Feed:
    newest = Comment.objects.filter(article=article).for_feed()[:ENTRIES]
    entries = [_entry(comment, article) for comment in newest]
    return atom.Feed(
        id=atom.make_id(f"feed/comments/{article.pk}"),
        title=clean_text(_("Comments on “%(headline)s”") % {"headline": article.headline}),
        page_url=f"{atom.absolute(article.get_absolute_url())}#comments",
        feed_url=feed_url,
        author=publisher(),
        updated_at=max((entry.updated_at for entry in entries), default=article.published_at),
        entries=entries,
    )


def _entry(comment: Comment, article: Article) -> atom.Entry:
    page_url = atom.absolute(article.get_absolute_url())
    name = clean_text(comment.shown_name()) or _("Anonymous")
    listing = comment.practitioner.get_absolute_url() if comment.has_listing() else ""
    about = atom.absolute(listing) if listing else comment.shown_website()
    return atom.Entry(
        id=_comment_id(comment.pk),
        title=_("%(name)s on “%(headline)s”")
        % {"name": name, "headline": clean_text(article.headline)},
        url=atom.absolute(comment.get_absolute_url()),
        published_at=comment.created_at,
        updated_at=comment.changed_at,
        authors=[atom.Person(name, about)],
        content=render_body(comment.body),
        answered=_answered(comment, article, page_url),
    )


def _answered(comment: Comment, article: Article, page_url: str) -> atom.Answered:
    """The comment that this one answers while readers can see it, else the article."""
    if comment.parent and comment.parent.is_approved():
        url = atom.absolute(comment.parent.get_absolute_url())
        return atom.Answered(id=_comment_id(comment.parent_id), url=url)
    return atom.Answered(id=entry_id(article), url=page_url)


def _comment_id(key: int) -> str:
    return atom.make_id(f"comment/{key}")
