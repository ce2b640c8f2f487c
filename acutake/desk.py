"""What waits for an editor: the first thing on the admin's first page."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_permission_codename
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from comments.models import Comment
from directory.models import License, Office, Practitioner, Report


@dataclass(frozen=True)
class Waiting:
    """One line of the desk. A count of zero is shown too: then nothing of the kind waits."""

    label: str
    count: int
    url: str


def waiting_for(user, *, at: datetime) -> list[Waiting]:
    """The lines that this user has the right to act on; one query for each."""
    return [
        Waiting(label, rows.count(), f"{_list_of(rows)}?{narrowed}")
        for label, rows, narrowed in _lines(at)
        if _may_change(user, rows)
    ]


def _lines(at: datetime) -> list[tuple[str, QuerySet, str]]:
    """What may wait: its name, its rows, and the query that narrows the admin's list to them."""
    articles, practitioners = Article.objects, Practitioner.objects
    licenses, today = License.objects.pertinent(), timezone.localdate(at)
    return [
        (_("Mistakes reported"), Report.objects.open(), "status__exact=open"),
        (_("Comments to decide"), Comment.objects.pending(), "status__exact=pending"),
        (
            _("Articles in review"),
            articles.filter(status=Article.Status.IN_REVIEW),
            "status__exact=in_review",
        ),
        (_("Articles scheduled"), articles.scheduled(at=at), "visible=later"),
        (_("Drafts"), articles.filter(status=Article.Status.DRAFT), "status__exact=draft"),
        (
            _("Practitioners not yet listed"),
            practitioners.filter(listing=Practitioner.Listing.DRAFT),
            "listing__exact=draft",
        ),
        (
            _("Offices without a point"),
            Office.objects.filter(latitude__isnull=True),
            "point=none",
        ),
        (_("Licenses to verify"), licenses.unverified(), "standing=unverified"),
        (_("Licenses lapsed"), licenses.lapsed(on=today), "standing=lapsed"),
        (_("Licenses about to expire"), licenses.expiring(on=today), "standing=expiring"),
        (_("Licenses to check again"), licenses.to_check_again(on=today), "standing=again"),
    ]


def _list_of(rows: QuerySet) -> str:
    return reverse(f"admin:{rows.model._meta.app_label}_{rows.model._meta.model_name}_changelist")


def _may_change(user, rows: QuerySet) -> bool:
    options = rows.model._meta
    return user.has_perm(f"{options.app_label}.{get_permission_codename('change', options)}")
