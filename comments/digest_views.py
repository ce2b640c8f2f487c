"""The page that ends a moderator's digest, and begins it again."""

from django.contrib.auth.models import User
from django.core.signing import BadSignature

from comments import mail_stops
from comments.digests import read_stop_token
from comments.link_views import behind_link, refuse, see, show
from comments.models import MailStop

DIGEST = MailStop.Scope.DIGEST


@behind_link
def stop_digest(request, token, *, at):
    """A GET shows; the POST of a button, or of a mail program (RFC 8058), stops or starts."""
    try:
        moderator = read_stop_token(token, at=at)
    except (BadSignature, User.DoesNotExist):
        return refuse(request)
    if request.method == "POST":
        if request.POST.get("act") == "start":
            mail_stops.start(moderator.email, DIGEST)
        else:
            mail_stops.stop(moderator.email, DIGEST, at=at)
        if "act" in request.POST:
            return see(request)
    is_stopped = mail_stops.is_stopped(moderator.email, DIGEST)
    return show(request, "comments/mail_stop_digest.html", {"is_stopped": is_stopped})
