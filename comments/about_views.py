"""Everything that is held about somebody: asked for by anybody, shown to who reads the mail there.

Nobody learns here whether a site holds something for an address: the answer to the form is always
the same.
"""

import logging

from django.core.signing import BadSignature, SignatureExpired
from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from acutake.lib import throttle, tokens
from acutake.lib.addresses import address_key
from acutake.lib.network import network_of
from acutake.lib.origin import comes_from_this_site
from acutake.lib.text import clean_lines
from comments import mail_stops
from comments.about_forms import AskForm
from comments.erasing import erase_address
from comments.holdings import as_json, find_holdings
from comments.link_views import behind_link, refuse, see, show
from comments.links import MAX_AGES, Purpose, read_token
from comments.models import Comment, MailStop, ModerationAction
from comments.notifications import send_about_link

logger = logging.getLogger(__name__)

FORM = "about-you"
TOKEN_MAX_AGE = MAX_AGES[Purpose.ABOUT]
ASKED_PER_NETWORK_AND_HOUR = 20
# More would fill the mailbox of somebody whom a stranger asks about.
MAILS_PER_ADDRESS_AND_DAY = 3
COMMENTS = MailStop.Scope.COMMENTS


# As in comments.views: no public page sets the cookie that Django's own protection needs, so other
# sites are refused by what the browser says of their origin, and by the form's signed token.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """The form for an address, and the same answer for every address."""
    # Whatever else a request calls its bytes: a name such as "hex" would be an error.
    request.encoding = "utf-8"
    now = timezone.now()
    if request.method == "POST":
        return _take_question(request, at=now)
    if "asked" in request.GET:
        return render(request, "comments/about_asked.html")
    return _show_form(request, AskForm(), at=now)


def _take_question(request, *, at):
    form = AskForm(request.POST)
    status = 200
    try:
        token = clean_lines(request.POST.get("token", ""))
        tokens.check_token(token, FORM, purpose=FORM, max_age=TOKEN_MAX_AGE, at=at)
    except (SignatureExpired, BadSignature):
        form.add_error(None, _("This page was open for too long. Please send it once more."))
    if not comes_from_this_site(request):
        form.add_error(None, _("It was sent by a page of another site. Please send it from here."))
        status = 403
    if form.is_valid() and not _may_ask(network_of(request)):
        form.add_error(
            None, _("Many asked from your network within an hour. Please send it again later.")
        )
        status = 429
    if form.errors:
        return _show_form(request, form, at=at, status=status)
    _mail_link(form.cleaned_data["email"], at=at)
    return HttpResponseRedirect(f"{reverse('comments:ask_about')}?asked", status=303)


def _may_ask(network: str) -> bool:
    key = f"about:{network}"
    return throttle.is_allowed(key, limit=ASKED_PER_NETWORK_AND_HOUR, seconds=3600)


def _mail_link(address: str, *, at) -> None:
    """To the owner of the address, where anything is held for it."""
    may_be_mailed = throttle.is_allowed(
        f"about:{address_key(address)}", limit=MAILS_PER_ADDRESS_AND_DAY, seconds=24 * 3600
    )
    newest = Comment.objects.of_address(address).order_by("-created_at", "-pk").first()
    if newest and may_be_mailed:
        send_about_link(newest, at=at)


def _show_form(request, form, *, at, status=200):
    context = {"form": form, "token": tokens.make_token(FORM, purpose=FORM, at=at)}
    return render(request, "comments/about_ask.html", context, status=status)


@behind_link
def about(request, token, *, at):
    """What is held for the address to which the link was mailed, and the end of it."""
    comment = _find(token, at=at)
    if comment is None:
        return refuse(request)
    if request.method == "POST" and comment.commenter_email:
        return _take(request, token, comment, at=at)
    return _show(request, token, comment, at=at)


@behind_link
def export(request, token, *, at):
    """The same as a file; its name says nothing of whose it is."""
    comment = _find(token, at=at)
    if comment is None:
        return refuse(request)
    if not comment.commenter_email:
        return _show(request, token, comment, at=at)
    response = StreamingHttpResponse(
        as_json(comment.commenter_email, at=at), content_type="application/json"
    )
    response["Content-Disposition"] = 'attachment; filename="about-you.json"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _find(token, *, at) -> Comment | None:
    try:
        return read_token(Purpose.ABOUT, token, at=at)
    except (BadSignature, Comment.DoesNotExist):
        return None


def _take(request, token, comment, *, at):
    act = request.POST.get("act")
    address = comment.commenter_email
    if act == "erase":
        return _erase(request, token, comment, at=at)
    if act == "stop":
        mail_stops.stop(address, COMMENTS, at=at)
    elif act == "start":
        mail_stops.start(address, COMMENTS)
    return see(request)


def _erase(request, token, comment, *, at):
    if "is_sure" not in request.POST:
        problem = _("Nothing was erased. Tick the box first: nobody can bring it back.")
        return _show(request, token, comment, problem=problem, at=at)
    try:
        erase_address(comment.commenter_email, at=at)
    except OSError:
        logger.exception("ERASURES_FILE cannot be written, so nothing is erased for anybody.")
        problem = _("It could not be erased just now, and nothing was changed. Please try later.")
        return _show(request, token, comment, problem=problem, status=503, at=at)
    return see(request)


def _show(request, token, comment, *, at, problem="", status=200):
    if not comment.commenter_email:
        return _show_nothing(request, comment)
    context = {
        "holdings": find_holdings(comment.commenter_email, page=request.GET.get("page"), at=at),
        "token": token,
        "problem": problem,
    }
    return show(request, "comments/about_you.html", context, status=status)


def _show_nothing(request, comment):
    """For a link from before its comment lost its address."""
    erasure = comment.moderation_actions.filter(act=ModerationAction.Act.ERASED).first()
    return show(request, "comments/about_nothing.html", {"erasure": erasure})
