"""What the pages behind mailed links have in common."""

from functools import wraps

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods


def behind_link(view):
    """A page at the end of a mailed link: `view` gets the token and the time.

    Django's own protection of a POST needs a cookie, which no public page sets. The token protects
    it: nobody else knows it, and a mail program sends a POST from anywhere (RFC 8058).
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def page(request, token):
        # Whatever else a request calls its bytes: a name such as "hex" would be an error.
        request.encoding = "utf-8"
        return view(request, token, at=timezone.now())

    return page


def show(request, template, context, *, status=200):
    """A page for whoever holds the link, and for no cache and no search engine."""
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def see(request, query=""):
    """Back to the page itself, which shows what is so now."""
    return HttpResponseRedirect(f"{request.path}{query}", status=303)


def refuse(request):
    """For a link that was never made, is too old, or whose subject is gone."""
    context = {
        "title": _("This link leads nowhere"),
        "words": _("It is not complete, too old, or its comment is gone. Nothing was changed."),
        "may_ask": True,
    }
    return show(request, "comments/mail_dead_link.html", context, status=404)
