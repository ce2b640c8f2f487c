"""Taking a comment. What is shown of comments is on the article's page (`comment_tags`)."""

from django.core.signing import BadSignature, SignatureExpired
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from acutake.lib.network import network_of
from acutake.lib.origin import comes_from_this_site
from acutake.lib.text import clean_lines
from articles.models import Article
from articles.views import render_article
from comments.forms import CommentForm, typed
from comments.submissions import check_token, may_submit, submit


# Django's own protection needs a cookie, which no public page sets. Posts from other sites are
# refused by what the browser says of their origin, and by the form's signed token.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def post(request, slug):
    """Take a comment on the article: 303 back to it, or the page again with what is wrong."""
    # Whatever else a request calls its bytes: a name such as "hex" would be an error.
    request.encoding = "utf-8"
    now = timezone.now()
    article = _find_article(slug, at=now)
    if request.method == "POST":
        return _take(request, article, at=now)
    if article is None:
        raise Http404("No such article.")
    return redirect(article)


def _find_article(slug, *, at) -> Article | None:
    """The published article of this address, or of this old address: its form may still be open."""
    is_its_address = Q(slug=slug) | Q(paths__slug=slug)
    return Article.objects.published(at=at).filter(is_its_address).order_by("pk").first()


def _take(request, article, *, at):
    values = typed(request.POST)
    if not comes_from_this_site(request):
        return _refuse(request, article, values, _("It was sent by a page of another site."))
    if article is None:
        return _refuse(request, None, values, _("The article is no longer here."), status=404)
    if not article.takes_comments:
        return _refuse(request, article, values, _("This article no longer takes comments."))
    form = CommentForm(values, article=article)
    token = clean_lines(request.POST.get("token", ""))
    try:
        check_token(token, article, at=at)
    except SignatureExpired:
        form.add_error(
            None, _("This page was open for more than a day. Please send the comment once more.")
        )
    except BadSignature:
        return _refuse(
            request, article, values, _("It was not sent by the form under the article.")
        )
    network = network_of(request)
    status = 200
    if form.is_valid() and not may_submit(network):
        form.add_error(
            None,
            _("Many comments came from your network within an hour. Please send it again later."),
        )
        status = 429
    if form.errors:
        page = render_article(request, article, comment_form=form)
        page.status_code = status
        return page
    return _store(article, form.cleaned_data, token=token, network=network, at=at)


def _store(article, typed_values, *, token, network, at):
    submit(
        article,
        name=typed_values["name"],
        email=typed_values["email"],
        body=typed_values["body"],
        parent=typed_values["parent"],
        is_trapped=bool(typed_values["subject"]),
        token=token,
        network=network,
        at=at,
    )
    return HttpResponseRedirect(
        f"{article.get_absolute_url()}?comment=waiting#comment-waiting", status=303
    )


def _refuse(request, article, values, reason, *, status=403):
    """A page that says why nothing was stored and gives back what was typed, for copying."""
    return render(
        request,
        "comments/comment_refused.html",
        {"article": article, "name": values["name"], "body": values["body"], "reason": reason},
        status=status,
    )
