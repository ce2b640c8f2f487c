"""Telling the editors what is wrong with a listing."""

from django.core.signing import BadSignature, SignatureExpired
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from acutake.lib.network import network_of
from acutake.lib.origin import comes_from_this_site
from acutake.lib.text import clean_lines
from directory.models import Practitioner
from directory.report_forms import ReportForm
from directory.reports import check_token, make_token, may_submit, submit


# As in comments.views: no public page sets the cookie that Django's own protection needs, so other
# sites are refused by what the browser says of their origin, and by the form's signed token.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, slug):
    """The form about one listed practitioner, and what was sent with it."""
    # Whatever else a request calls its bytes: a name such as "hex" would be an error.
    request.encoding = "utf-8"
    now = timezone.now()
    practitioner = _find(slug)
    if request.method == "POST":
        return _take(request, practitioner, at=now)
    if practitioner is None:
        raise Http404("No such listing.")
    if practitioner.slug != slug:
        return redirect("directory:report", practitioner.slug, permanent=True)
    return _show(request, practitioner, ReportForm(), at=now)


@require_safe
def thanks(request, slug):
    """What happens next with a report."""
    practitioner = _find(slug)
    if practitioner is None:
        raise Http404("No such listing.")
    return render(request, "directory/report_thanks.html", {"practitioner": practitioner})


def _find(slug) -> Practitioner | None:
    """Who is listed at this address, or at this old one: its form may still be open."""
    is_its_address = Q(slug=slug) | Q(paths__slug=slug)
    return Practitioner.objects.listed().filter(is_its_address).order_by("pk").first()


def _take(request, practitioner, *, at):
    form = ReportForm(request.POST)
    if not comes_from_this_site(request):
        return _refuse(request, practitioner, form, _("It was sent by a page of another site."))
    if practitioner is None:
        return _refuse(request, None, form, _("The listing is no longer here."), status=404)
    token = clean_lines(request.POST.get("token", ""))
    try:
        check_token(token, practitioner, at=at)
    except SignatureExpired:
        form.add_error(
            None, _("This page was open for more than a day. Please send the report once more.")
        )
    except BadSignature:
        return _refuse(request, practitioner, form, _("It was not sent by the form for reports."))
    network = network_of(request)
    status = 200
    if form.is_valid() and not may_submit(network):
        form.add_error(
            None,
            _("Many reports came from your network within an hour. Please send it again later."),
        )
        status = 429
    if form.errors:
        return _show(request, practitioner, form, at=at, status=status)
    return _store(practitioner, form.cleaned_data, token=token, network=network, at=at)


def _store(practitioner, typed, *, token, network, at):
    submit(
        practitioner,
        subjects=typed["subjects"],
        text=typed["text"],
        email=typed["email"],
        is_trapped=bool(typed["topic"]),
        token=token,
        network=network,
        at=at,
    )
    return HttpResponseRedirect(
        reverse("directory:report_thanks", args=[practitioner.slug]), status=303
    )


def _show(request, practitioner, form, *, at, status=200):
    offices = practitioner.affiliations.select_related("office")
    return render(
        request,
        "directory/report_form.html",
        {
            "practitioner": practitioner,
            "affiliations": offices,
            "form": form,
            "token": make_token(practitioner, at=at),
        },
        status=status,
    )


def _refuse(request, practitioner, form, reason, *, status=403):
    """A page that says why nothing was stored and gives back what was typed, for copying."""
    return render(
        request,
        "directory/report_refused.html",
        {"practitioner": practitioner, "text": form.data["text"], "reason": reason},
        status=status,
    )
