"""A mail of the site: plain text and HTML of the same words, and the headers that it needs."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string

from acutake.lib.text import clean_text

# RFC 5322 (2.1.1) folds longer lines; a phone shows a third of this.
LONGEST_SUBJECT = 150


def is_mailable(address: str) -> bool:
    """Whether a mail server can be asked to take mail for it: what was imported may be anything."""
    try:
        validate_email(address)
        address.rpartition("@")[2].encode("idna")
    except (ValidationError, UnicodeError):
        return False
    return True


def compose(
    template: str,
    context: dict,
    *,
    subject: str,
    to: str,
    key: str,
    thread: str,
    stop_url: str,
) -> EmailMultiAlternatives:
    """The mail of `template`.txt and `template`.html, not sent yet.

    `key` names it among all mails of the site: made again it has the same Message-ID, so that a
    mail program shows it once. Mails of one `thread` stand together there. Both are of ASCII
    letters, digits, "-", "." and ":". `stop_url` takes the POST of RFC 8058.
    """
    host = urlsplit(settings.SITE_URL).hostname
    subject = clean_text(subject, limit=LONGEST_SUBJECT)
    context = {**context, "subject": subject, "stop_url": stop_url, "site_url": settings.SITE_URL}
    mail = EmailMultiAlternatives(
        subject,
        render_to_string(f"{template}.txt", context).strip() + "\n",
        to=[to],
        headers={
            "Message-ID": _message_id(key, host),
            "In-Reply-To": _message_id(thread, host),
            "References": _message_id(thread, host),
            # RFC 3834: nothing answers it by itself.
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    mail.attach_alternative(render_to_string(f"{template}.html", context).strip(), "text/html")
    return mail


def _message_id(key: str, host: str) -> str:
    # RFC 5322 (3.6.4) has no colon there.
    return f"<{key.replace(':', '.')}@{host}>"
