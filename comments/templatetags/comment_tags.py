"""The comments under an article."""

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.http import urlencode

from comments.excerpts import shortened
from comments.forms import CommentForm, EditForm
from comments.own import read_posted
from comments.reading import Asked, count_comments, read_page, read_thread
from comments.rendering import render_page
from comments.rules import closes_at, takes_comments, when_shown, why_closed
from comments.structured_data import comments_node
from comments.submissions import make_token

register = template.Library()
register.filter(shortened)
register.simple_tag(render_page, name="thread_items")
register.simple_tag(read_thread, name="read_comments")
register.simple_tag(count_comments, name="comment_counts")


@register.filter
def under(counts, article):
    """How many of `comment_counts` an article has."""
    return counts.get(article.pk, 0)


@register.filter
def query_of(page, number):
    """The query of another page of the same thread in the same order."""
    order = {"order": "newest"} if page.is_newest_first else {}
    return f"?{urlencode({**order, 'comments': number})}#comments"


register.simple_tag(when_shown)


@register.inclusion_tag("comments/_comment_section.html", takes_context=True)
def comment_section(context, article, thread):
    """A page of the thread of `article` and its form: one query, whatever their number.

    Reads `comment_form` (a form that came back with errors) and of the request `comments` (a page),
    `order`, `comment_at` and `reply_to` (numbers of comments), `comment` (the token of one that was
    just posted, which takes two queries more) and `saved` (its writer has just changed it).
    """
    asked = context["request"].GET
    reply_to = asked.get("reply_to", "")
    form = context.get("comment_form") or CommentForm(article=article, initial={"parent": reply_to})
    answered = thread.find(form["parent"].value())
    if answered and answered.is_closed and not form.is_bound:
        answered = None
    page = read_page(
        thread,
        Asked(
            page=asked.get("comments", ""),
            order=asked.get("order", ""),
            at=asked.get("comment_at", "") or reply_to,
        ),
        answered=answered,
    )
    now = timezone.now()
    return {
        "article": article,
        "takes_comments": takes_comments(article, at=now),
        "closes_at": closes_at(article),
        "why_closed": why_closed(article, at=now),
        "article_url": article.get_absolute_url(),
        "page": page,
        "structured_data": [] if context.get("is_preview") else _for_machines(article, page),
        "form": form,
        "answered": page.comments.get(answered.row.pk) if answered else None,
        "is_answered_gone": bool(reply_to) and not form.is_bound and answered is None,
        **_posted(asked, article, at=now),
        "token": make_token(article, at=now),
    }


def _posted(asked, article, *, at) -> dict:
    """What whoever posted a comment a moment ago sees of it."""
    token = asked.get("comment")
    own = read_posted(token, article, at=at, is_back="saved" in asked) if token else None
    return {
        "own": own,
        "own_form": EditForm(initial={"body": own.comment.body}) if own else None,
        "is_posted_over": bool(token) and own is None,
    }


def _for_machines(article, page) -> list[dict]:
    """Nothing where there is no comment to count."""
    return [comments_node(article, page, origin=settings.SITE_URL)] if page.count else []
