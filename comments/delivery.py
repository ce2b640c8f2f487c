"""Sending a mail once, though its task runs twice (docs/decisions, 27)."""

import logging
from datetime import datetime
from smtplib import (
    SMTPConnectError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from comments.mails import write
from comments.models import Notice

logger = logging.getLogger(__name__)


class NotSentError(Exception):
    """The mail server did not take it, for now. It names the notice and never the address."""


class ServerDownError(NotSentError):
    """There was no answer about this mail: it would take no other one either."""


def deliver(key: str, *, at: datetime) -> bool:
    """Send the mail of the notice `key`; False when it went before or there is nothing to tell.

    Raises NotSentError, after which it may be tried again.
    """
    notice = _unsent(key)
    mail = write(notice, at=at) if notice else None
    if mail is None or not _claim(notice, at=at):
        return False
    try:
        mail.send()
    except (SMTPException, OSError) as error:
        Notice.objects.filter(pk=notice.pk).update(sent_at=None)
        # The words of the error, and its chain, hold the address.
        logger.warning("Notice %s was not sent: %s", key, type(error).__name__)
        if _is_final(error):
            return False
        raise (NotSentError if _is_about_the_mail(error) else ServerDownError)(key) from None
    return True


def _unsent(key: str) -> Notice | None:
    people = ("comment__article", "reply__editor", "reply__practitioner", "moderator")
    return Notice.objects.select_related(*people).filter(key=key, sent_at=None).first()


def _claim(notice: Notice, *, at: datetime) -> bool:
    """Whether it is ours to send. A worker that is killed after this has lost the mail: better
    than one that sends it again, and it lies between two lines of this module."""
    return Notice.objects.filter(pk=notice.pk, sent_at=None).update(sent_at=at) == 1


def _is_about_the_mail(error: Exception) -> bool:
    is_answer = isinstance(error, (SMTPRecipientsRefused, SMTPResponseException))
    return is_answer and not isinstance(error, SMTPConnectError)


def _is_final(error: Exception) -> bool:
    """Whether the server said that there is no such address (RFC 5321, 4.2.1: 5yz)."""
    return isinstance(error, SMTPRecipientsRefused) and all(
        code >= 500 for code, _words in error.recipients.values()
    )
