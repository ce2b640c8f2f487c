"""The page of a comment's writer, who came by a link: what became of it, other words, an end.

A GET changes nothing, since programs follow the links of mails. The token is what lets a POST in.
"""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from acutake.lib.origin import comes_from_this_site
from acutake.lib.text import clean_lines
from comments import links
from comments.editing import ChangedMeanwhileError, edit, may_edit_now, withdraw
from comments.forms import EditForm
from comments.links import Purpose
from comments.models import Comment
from comments.own import OwnComment, read_own
from comments.rules import takes_comments

DEAD = gettext_lazy("It is too old or not complete, or the comment is gone. Nothing was changed.")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def writer(request, token):
    """For whoever has the link that was mailed."""
    return _page(request, Purpose.WRITER, token, at=timezone.now())


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def posted(request, token):
    """For whoever posted the comment a moment ago; a POST leads back to the article."""
    return _page(request, Purpose.POSTED, token, at=timezone.now())


def _page(request, purpose, token, *, at):
    # Whatever else a request calls its bytes: a name such as "hex" would be an error.
    request.encoding = "utf-8"
    body = clean_lines(request.POST.get("body", ""))
    own = read_own(purpose, token, at=at, is_back="saved" in request.GET)
    if own is None:
        return _refuse(request, DEAD, body, status=404)
    if request.method != "POST":
        return _show(request, own, at=at)
    if not comes_from_this_site(request):
        words = _("It was sent by a page of another site. Nothing was changed.")
        return _refuse(request, words, body, status=403)
    try:
        if request.POST.get("act") == "withdraw":
            return _withdraw(own, at=at)
        return _edit(request, own, body, at=at)
    except Comment.DoesNotExist:
        return _refuse(request, DEAD, body, status=404)


def _withdraw(own, *, at):
    if own.may_change:
        withdraw(own.comment, at=at)
    return HttpResponseRedirect(own.way_back(at=at), status=303)


def _edit(request, own, body, *, at):
    form = EditForm({"body": body})
    if not own.may_change:
        return _show(request, own, form, kept=body, at=at)
    if not form.is_valid():
        return _show(request, own, form, at=at)
    saved = HttpResponseRedirect(own.way_back(at=at, is_saved=True), status=303)
    if body == own.comment.body:
        return saved
    if request.POST.get("seen") != own.seen:
        return _tell_of_change(request, own, form, at=at)
    if not may_edit_now(own.comment):
        form.add_error(None, _("You changed it many times. Please save this again in an hour."))
        return _show(request, own, form, status=429, at=at)
    try:
        edit(own.comment, body=body, at=at)
    except ChangedMeanwhileError as error:
        now = OwnComment(error.comment, own.purpose, own.token)
        return _tell_of_change(request, now, form, at=at)
    return saved


def _tell_of_change(request, own, form, *, at):
    """The page as it is now, with what was typed: saved again it counts."""
    if not own.may_change:
        return _show(request, own, form, kept=form.data["body"], at=at)
    form.add_error(
        None,
        _(
            "The comment was changed or decided about while this page was open. It is shown as it "
            "is now, and your words stand below. To use them, save once more."
        ),
    )
    return _show(request, own, form, status=409, at=at)


def _show(request, own, form=None, *, at, kept="", status=200):
    """`kept` is what was typed and cannot be saved any more."""
    form = form or EditForm(initial={"body": own.comment.body})
    context = {"own": own, "form": form, "kept": kept, "article": own.comment.article}
    context["is_article_public"] = own.comment.article.is_published(at=at)
    context["takes_comments"] = takes_comments(own.comment.article, at=at)
    if own.is_mailed:
        context["stop_token"] = links.make_token(Purpose.STOP, own.comment, at=at)
    return _private(render(request, "comments/own_comment.html", context, status=status))


def _refuse(request, words, kept, *, status):
    context = {"words": words, "kept": kept, "may_ask": status == 404}
    return _private(render(request, "comments/own_comment_refused.html", context, status=status))


def _private(response):
    """For whoever has the link, and for no cache and no search engine."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
