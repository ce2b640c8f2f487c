"""Readers' reports about listings: taken in once, closed by an editor, their senders forgotten."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from acutake.lib import throttle, tokens
from directory.models import Practitioner, Report

FORM = "report"
TOKEN_MAX_AGE = timedelta(hours=24)
REPORTS_PER_HOUR = 20
# Long enough to ask back twice, and no longer.
ADDRESS_KEPT = timedelta(days=90)


class AlreadyClosedError(Exception):
    """Another editor was faster; `report` is as it stands now."""

    def __init__(self, report: Report):
        super().__init__(report)
        self.report = report


def make_token(practitioner: Practitioner, *, at: datetime) -> str:
    """What the form about `practitioner` carries; the same for everybody."""
    return tokens.make_token(str(practitioner.pk), purpose=FORM, at=at)


def check_token(token: str, practitioner: Practitioner, *, at: datetime) -> None:
    """Raise BadSignature for a token that is not this form's, SignatureExpired after a day."""
    tokens.check_token(token, str(practitioner.pk), purpose=FORM, max_age=TOKEN_MAX_AGE, at=at)


def may_submit(network: str) -> bool:
    """Count one report from `network`; False when it sent too many within the hour."""
    return throttle.is_allowed(f"report:{network}", limit=REPORTS_PER_HOUR, seconds=3600)


def submit(
    practitioner: Practitioner,
    *,
    subjects: Iterable[str],
    text: str,
    email: str,
    token: str,
    network: str,
    is_trapped: bool,
    at: datetime,
) -> Report:
    """The stored report: open, or rejected when it filled the field that nobody sees.

    The same sent twice from one form is one report: the second time returns the first.
    """
    chosen = sorted(set(subjects))
    typed = (token, network, text, email, *chosen)
    fate = (
        {"status": Report.Status.REJECTED, "resolved_at": at, "note": _("Sent by a program.")}
        if is_trapped
        else {"reporter_email": email}
    )
    report, _created = Report.objects.get_or_create(
        submission_key=tokens.fingerprint(typed, purpose=FORM),
        defaults={
            "practitioner": practitioner,
            "subjects": chosen,
            "text": text,
            "created_at": at,
            **fate,
        },
    )
    return report


@transaction.atomic
def close(report: Report, *, status: str, note: str, at: datetime, by) -> None:
    """Resolve or reject it and forget the address. Raises AlreadyClosedError if it was not open."""
    _lock_while(report, is_open=True)
    report.status, report.note = status, note
    report.resolved_at, report.resolved_by, report.reporter_email = at, by, ""
    report.save(update_fields=[*CLOSING, "reporter_email"])


@transaction.atomic
def reopen(report: Report) -> None:
    """Put a closed one back into the queue, at its old place. Its address does not come back."""
    _lock_while(report, is_open=False)
    report.status, report.resolved_at, report.resolved_by = Report.Status.OPEN, None, None
    report.save(update_fields=CLOSING)


CLOSING = ["status", "note", "resolved_at", "resolved_by"]


def erase_old_addresses(*, at: datetime) -> int:
    """Forget the addresses in reports older than `ADDRESS_KEPT`; returns how many there were."""
    old = Report.objects.filter(created_at__lt=at - ADDRESS_KEPT).exclude(reporter_email="")
    return old.update(reporter_email="")


def _lock_while(report: Report, *, is_open: bool) -> None:
    now = Report.objects.select_for_update().get(pk=report.pk)
    if now.is_open() != is_open:
        raise AlreadyClosedError(now)
