"""The pages behind the links in mails: whose address it is, what is mailed there, the end of it.

A GET shows and changes nothing, since mail scanners follow links.
"""

from django.core.signing import BadSignature, SignatureExpired
from django.urls import reverse
from django.utils.translation import gettext as _

from acutake.lib.network import network_of
from comments import mail_stops, proving
from comments.link_views import behind_link, refuse, see, show
from comments.links import KEPT, Purpose, make_token, read_token
from comments.models import Comment, MailStop, Notice
from comments.notifications import ask_for_proof

COMMENTS = MailStop.Scope.COMMENTS


@behind_link
def proof(request, token, *, at):
    """The button that proves an address, and what follows from it."""
    comment, is_expired = _find_for_proof(token, at=at)
    if comment is None:
        return refuse(request)
    if request.method == "POST":
        return _take_proof(request, comment, is_expired=is_expired, at=at)
    return _show_proof(request, comment, is_expired=is_expired, at=at)


def _show_proof(request, comment, *, at, is_expired=False, is_changed=False):
    context = {
        "comment": comment,
        "is_expired": is_expired,
        "is_changed": is_changed,
        "is_mailed": "mailed" in request.GET,
        "seen": proving.seen_of(comment),
        "writer_token": make_token(Purpose.WRITER, comment, at=at),
    }
    return show(request, "comments/mail_proof.html", context)


def _find_for_proof(token, *, at) -> tuple[Comment | None, bool]:
    """The comment and whether the link is too old; an old one may still ask for a new one."""
    try:
        return read_token(Purpose.PROOF, token, at=at), False
    except SignatureExpired:
        return _find(token, Purpose.PROOF, at=at, max_age=KEPT), True
    except (BadSignature, Comment.DoesNotExist):
        return None, False


def _take_proof(request, comment, *, is_expired, at):
    act = request.POST.get("act")
    if act == "again" or is_expired:
        return _mail_again(request, comment, at=at)
    if act == "prove":
        if comment.proven_at is None and request.POST.get("seen") != proving.seen_of(comment):
            return _show_proof(request, comment, is_changed=True, at=at)
        proving.prove(comment, at=at)
    elif act == "disown":
        proving.disown(comment, stops_mail="stops_mail" in request.POST, at=at)
    return see(request)


def _mail_again(request, comment, *, at):
    if not proving.may_ask(comment.commenter_email, network_of(request)):
        return _too_many(request)
    ask_for_proof(comment, at=at)
    return see(request, "?mailed=1")


@behind_link
def notify(request, token, *, at):
    """What the writer wants to hear of, and where the mail that proves the address is."""
    posted = _find(token, Purpose.POSTED, at=at)
    comment = posted or _find(token, Purpose.WRITER, at=at)
    if comment is None:
        return refuse(request)
    if request.method == "POST":
        return _take_wishes(request, comment, at=at)
    purpose = Purpose.POSTED if posted else Purpose.WRITER
    context = {
        "comment": comment,
        "token": token,
        "own_url": reverse(f"comments:{purpose}", args=[token]),
        "is_mailed": comment.notices.filter(kind=Notice.Kind.PROOF).exists(),
        # Told to nobody who may have typed the address of somebody else.
        "is_stopped": not posted and _is_stopped(comment),
        "stop_token": make_token(Purpose.STOP, comment, at=at) if not posted else "",
    }
    return show(request, "comments/mail_notify.html", context)


def _take_wishes(request, comment, *, at):
    proving.choose_news(
        comment,
        wants_decision="wants_decision" in request.POST,
        wants_replies="wants_replies" in request.POST,
    )
    if comment.commenter_email and comment.proven_at is None:
        if not proving.may_ask(comment.commenter_email, network_of(request)):
            return _too_many(request)
        ask_for_proof(comment, at=at)
    return see(request)


@behind_link
def stop(request, token, *, at):
    """The end of the mail: of all of it at once by the button of a mail program."""
    comment = _find(token, Purpose.STOP, at=at)
    if comment is None:
        return refuse(request)
    if request.method != "POST":
        return _show_stop(request, comment)
    if "act" not in request.POST:
        # RFC 8058, 3.2: from a mail program, which follows no redirect.
        _stop_all(comment, at=at)
        return _show_stop(request, comment)
    _take_stop(comment, request.POST["act"], at=at)
    return see(request)


def _take_stop(comment, act, *, at):
    if act == "all":
        _stop_all(comment, at=at)
    elif act == "comment":
        proving.choose_news(comment, wants_decision=False, wants_replies=False)
    elif act == "start" and comment.commenter_email:
        mail_stops.start(comment.commenter_email, COMMENTS)


def _stop_all(comment, *, at):
    if comment.commenter_email:
        mail_stops.stop(comment.commenter_email, COMMENTS, at=at)


def _show_stop(request, comment):
    context = {"comment": comment, "is_stopped": _is_stopped(comment)}
    return show(request, "comments/mail_stop.html", context)


def _is_stopped(comment) -> bool:
    address = comment.commenter_email
    return bool(address) and mail_stops.is_stopped(address, COMMENTS)


def _find(token, purpose, *, at, max_age=None) -> Comment | None:
    try:
        return read_token(purpose, token, at=at, max_age=max_age)
    except (BadSignature, Comment.DoesNotExist):
        return None


def _too_many(request):
    context = {
        "title": _("Please ask again tomorrow"),
        "words": _("Many such mails were asked for within a short time. What you chose is kept."),
    }
    return show(request, "comments/mail_dead_link.html", context, status=429)
