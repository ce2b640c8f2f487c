"""Taking a comment. What is shown of comments is on the article's page (`comment_tags`)."""

from django.core.signing import BadSignature, SignatureExpired
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from acutake.lib.network import network_of
from acutake.lib.origin import comes_from_this_site
from acutake.lib.text import clean_lines
from articles.models import Article
from articles.views import render_article
from comments.forms import CommentForm, EditForm, typed
from comments.links import Purpose
from comments.links import make_token as make_link_token
from comments.models import Comment
from comments.own import OwnComment
from comments.reading import takes_replies
from comments.rules import why_closed
from comments.screening import Submission
from comments.submissions import GoneError, TooManyError, check_token, make_token, submit

# A script asks with it for what has changed of the page alone.
IN_PLACE = "X-In-Place"
GONE = gettext_lazy("The article is no longer here.")


# Django's own protection needs a cookie, which no public page sets. Posts from other sites are
# refused by what the browser says of their origin, and by the form's signed token.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def post(request, slug):
    """Take a comment on the article: 303 back to it, or the page again with what is wrong."""
    # Whatever else a request calls its bytes: a name such as "hex" would be an error.
    request.encoding = "utf-8"
    now = timezone.now()
    article = find_article(slug, at=now)
    if request.method == "POST":
        return _take(request, article, at=now)
    if article is None:
        raise Http404("No such article.")
    return redirect(article)


def find_article(slug, *, at) -> Article | None:
    """The published article of this address, or of this old address: its form may still be open."""
    is_its_address = Q(slug=slug) | Q(paths__slug=slug)
    return Article.objects.published(at=at).filter(is_its_address).order_by("pk").first()


def _take(request, article, *, at):
    values = typed(request.POST)
    if not comes_from_this_site(request):
        return _refuse(request, article, values, _("It was sent by a page of another site."))
    if article is None:
        return _refuse(request, None, values, GONE, status=404)
    if words := why_closed(article, at=at):
        return _refuse(request, article, values, words, is_closed=True)
    form = CommentForm(values, article=article)
    token = clean_lines(request.POST.get("token", ""))
    form_made_at = None
    try:
        form_made_at = check_token(token, article, at=at)
    except SignatureExpired:
        form.add_error(
            None, _("This page was open for more than a day. Please send the comment once more.")
        )
    except BadSignature:
        return _refuse(
            request, article, values, _("It was not sent by the form under the article.")
        )
    network = network_of(request)
    if not form.is_valid():
        return _show_again(request, article, form, at=at)
    parent = form.cleaned_data["parent"]
    if parent and not takes_replies(parent):
        return _refuse(request, article, values, _("This thread takes no more replies."))
    submission = _submission(article, form, network=network, form_made_at=form_made_at, at=at)
    try:
        comment = submit(submission, token=token)
    except TooManyError as error:
        form.add_error(None, error.words)
        return _show_again(request, article, form, at=at, status=429)
    except GoneError:
        return _refuse(request, None, values, GONE, status=404)
    return _thank(request, article, comment, at=at)


def _submission(article, form, *, network, form_made_at, at):
    typed_values = form.cleaned_data
    return Submission(
        article=article,
        parent=typed_values["parent"],
        name=typed_values["name"],
        email=typed_values["email"],
        website=typed_values.get("website", ""),
        body=typed_values["body"],
        network=network,
        is_trapped=bool(typed_values["subject"]),
        form_made_at=form_made_at,
        at=at,
    )


def _thank(request, article, comment, *, at):
    """Lead to the article with what was posted, or answer a script with that alone."""
    own = OwnComment(comment, Purpose.POSTED, make_link_token(Purpose.POSTED, comment, at=at))
    if IN_PLACE not in request.headers:
        return HttpResponseRedirect(own.article_url, status=303)
    return _answer_in_place(request, article, CommentForm(article=article), own=own, at=at)


def _show_again(request, article, form, *, at, status=200):
    if IN_PLACE in request.headers:
        return _answer_in_place(request, article, form, at=at, status=status)
    page = render_article(request, article, comment_form=form)
    page.status_code = status
    return page


def _answer_in_place(request, article, form, *, at, own=None, status=200):
    """The part of the page that holds the form: as `comment_section` shows it."""
    answered = _answered(form) if form.is_bound else None
    context = {
        "article": article,
        "article_url": article.get_absolute_url(),
        "takes_comments": True,
        "form": form,
        "answered": answered,
        "is_answered_gone": False,
        "is_posted_over": False,
        "own": own,
        "own_form": EditForm(initial={"body": own.comment.body}) if own else None,
        "token": make_token(article, at=at),
    }
    return render(request, "comments/_comment_answer.html", context, status=status)


def _answered(form) -> Comment | None:
    field = form.fields["parent"]
    number = form["parent"].value()
    if not number or "parent" in form.errors:
        return None
    return field.queryset.select_related("editor", "practitioner").filter(pk=number).first()


def _refuse(request, article, values, reason, *, status=403, is_closed=False):
    """A page that says why nothing was stored and gives back what was typed, for copying."""
    context = {
        "article": article,
        "name": values["name"],
        "body": values["body"],
        "reason": reason,
        "may_send_again": article is not None and not is_closed,
    }
    return render(request, "comments/comment_refused.html", context, status=status)
