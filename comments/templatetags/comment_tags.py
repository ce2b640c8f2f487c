"""The comments under an article."""

from django import template
from django.utils import timezone

from comments.bodies import render_body
from comments.forms import CommentForm
from comments.models import Comment
from comments.submissions import make_token
from comments.threads import build_thread

register = template.Library()
register.filter("comment_body", render_body)


@register.inclusion_tag("comments/_comment_section.html", takes_context=True)
def comment_section(context, article):
    """The thread and the form of `article`: one query, whatever their number.

    Reads `comment_form` (a form that came back with errors) and the request's `reply_to` and
    `comment=waiting`.
    """
    asked = context["request"].GET
    reply_to = asked.get("reply_to", "")
    thread = build_thread(Comment.objects.filter(article=article).for_thread())
    form = context.get("comment_form") or CommentForm(article=article, initial={"parent": reply_to})
    answered = thread.find(form["parent"].value())
    return {
        "article": article,
        "article_url": article.get_absolute_url(),
        "thread": thread,
        "form": form,
        "answered": answered,
        "is_answered_gone": bool(reply_to) and not form.is_bound and answered is None,
        "is_waiting": asked.get("comment") == "waiting",
        "token": make_token(article, at=timezone.now()),
    }
