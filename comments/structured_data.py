"""What the comments on a page say to machines, in words of schema.org: exactly what they show.

Pure. `origin` is the site's address without a slash at its end.
"""

from datetime import datetime
from itertools import islice

from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from comments.models import Shown
from comments.reading import ThreadPage
from comments.threads import Node, walk_in_sight
from directory.structured_data import Node as Told
from directory.structured_data import stated

# Their words are on the page already: those of all would weigh as much again.
MOST_COMMENTS = 8


def comments_node(article: Article, page: ThreadPage, *, origin: str) -> Told:
    """How many comments the article has, and the first in sight; of the same `@id` as the article.

    Nothing is said of a place whose comment is not shown.
    """
    in_sight = (
        node
        for node in walk_in_sight(page.nodes)
        if node.comment and node.row.pk in page.comments and not node.is_continued
    )
    return stated(
        {
            "@type": "Article",
            "@id": f"{origin}{article.get_absolute_url()}#article",
            "commentCount": page.count,
            "comment": [
                _comment(node, page, origin=origin) for node in islice(in_sight, MOST_COMMENTS)
            ],
        }
    )


def _comment(node: Node, page: ThreadPage, *, origin: str) -> Told:
    comment = page.comments[node.row.pk]
    answered = page.comments.get(node.row.parent_id)
    return stated(
        {
            "@type": "Comment",
            "url": _address(comment.pk, origin),
            "parentItem": {"@type": "Comment", "url": _address(answered.pk, origin)}
            if answered
            else None,
            "author": _author(comment, origin),
            "dateCreated": _moment(comment.created_at),
            "dateModified": _moment(comment.edited_at),
            "text": comment.body,
        }
    )


def _author(comment: Shown, origin: str) -> Told:
    """Without a reader's web site: the page links to it and does not vouch for it."""
    listing = comment.practitioner.get_absolute_url() if comment.has_listing() else ""
    return stated(
        {
            "@type": "Person",
            "name": str(comment.shown_name()),
            "honorificSuffix": comment.shown_letters(),
            "url": f"{origin}{listing}" if listing else "",
        }
    )


def _address(key: int, origin: str) -> str:
    return f"{origin}{reverse('comments:comment', args=[key])}"


def _moment(at: datetime | None) -> str:
    """In the site's zone, as the page says it."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""
