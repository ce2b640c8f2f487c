"""Telling the moderators that a comment should not stand there."""

from django.core.signing import BadSignature, SignatureExpired
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from acutake.lib.network import network_of
from acutake.lib.origin import comes_from_this_site
from acutake.lib.text import clean_lines
from comments import flags
from comments.flag_forms import FlagForm
from comments.models import Comment
from comments.views import find_article

GONE = gettext_lazy("The comment is no longer shown, so that there is nothing left to report.")


# As in comments.views: no public page sets the cookie that Django's own protection needs, so other
# sites are refused by what the browser says of their origin, and by the form's signed token.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, pk):
    """The form about one comment that is shown, and what was sent with it."""
    # Whatever else a request calls its bytes: a name such as "hex" would be an error.
    request.encoding = "utf-8"
    now = timezone.now()
    public = Comment.objects.public(at=now)
    comment = public.select_related("article", "editor", "practitioner").filter(pk=pk).first()
    if request.method == "POST":
        return _take(request, comment, at=now)
    if comment is None:
        raise Http404("No such comment.")
    return _show(request, comment, FlagForm(), at=now)


@require_safe
def thanks(request, slug):
    """What happens next with a report. It says nothing of the comment, which may be hidden."""
    article = find_article(slug, at=timezone.now())
    if article is None:
        raise Http404("No such article.")
    is_again = "again" in request.GET
    return render(request, "comments/flag_thanks.html", {"article": article, "is_again": is_again})


def _take(request, comment, *, at):
    form = FlagForm(request.POST)
    if not comes_from_this_site(request):
        return _refuse(request, comment, form, _("It was sent by a page of another site."))
    if comment is None:
        return _refuse(request, None, form, GONE, status=404)
    try:
        flags.check_token(clean_lines(request.POST.get("token", "")), comment, at=at)
    except SignatureExpired:
        form.add_error(
            None, _("This page was open for more than a day. Please send the report once more.")
        )
    except BadSignature:
        return _refuse(request, comment, form, _("It was not sent by the form for reports."))
    network = network_of(request)
    status = 200
    if form.is_valid() and not flags.may_report(network):
        form.add_error(
            None,
            _("Many reports came from your network within an hour. Please send it again later."),
        )
        status = 429
    if form.errors:
        return _show(request, comment, form, at=at, status=status)
    try:
        return _store(comment, form.cleaned_data, network=network, at=at)
    except Comment.DoesNotExist:
        return _refuse(request, None, form, GONE, status=404)


def _store(comment, typed, *, network, at):
    is_first = flags.report(
        comment,
        reason=typed["reason"],
        note=typed["note"],
        network=network,
        is_trapped=bool(typed["topic"]),
        at=at,
    )
    address = reverse("comments:reported", args=[comment.article.slug])
    return HttpResponseRedirect(address if is_first else f"{address}?again", status=303)


def _show(request, comment, form, *, at, status=200):
    return render(
        request,
        "comments/flag_form.html",
        {
            "comment": comment,
            "article": comment.article,
            "form": form,
            "token": flags.make_token(comment, at=at),
        },
        status=status,
    )


def _refuse(request, comment, form, reason, *, status=403):
    """A page that says why nothing was stored and gives back what was typed, for copying."""
    return render(
        request,
        "comments/flag_refused.html",
        {"comment": comment, "text": form.data["note"], "reason": reason},
        status=status,
    )
