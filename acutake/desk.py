"""What waits for an editor: the first thing on the admin's first page."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from comments.models import Comment
from directory.models import Office, Practitioner


@dataclass(frozen=True)
class Waiting:
    """One line of the desk. A count of zero is shown too: then nothing of the kind waits."""

    label: str
    count: int
    url: str


def waiting_for(user, *, at: datetime) -> list[Waiting]:
    """The lines that this user has the right to act on; one query for each."""
    articles = reverse("admin:articles_article_changelist")
    comments = reverse("admin:comments_comment_changelist")
    practitioners = reverse("admin:directory_practitioner_changelist")
    offices = reverse("admin:directory_office_changelist")
    scheduled = Q(status=Article.Status.PUBLISHED, published_at__gt=at)
    lines = [
        (
            "comments.change_comment",
            _("Comments to decide"),
            Comment.objects.pending(),
            f"{comments}?status__exact=pending",
        ),
        (
            "articles.change_article",
            _("Articles in review"),
            Article.objects.filter(status=Article.Status.IN_REVIEW),
            f"{articles}?status__exact=in_review",
        ),
        (
            "articles.change_article",
            _("Articles scheduled"),
            Article.objects.filter(scheduled),
            f"{articles}?status__exact=published",
        ),
        (
            "articles.change_article",
            _("Drafts"),
            Article.objects.filter(status=Article.Status.DRAFT),
            f"{articles}?status__exact=draft",
        ),
        (
            "directory.change_practitioner",
            _("Practitioners not yet listed"),
            Practitioner.objects.filter(listing=Practitioner.Listing.DRAFT),
            f"{practitioners}?listing__exact=draft",
        ),
        (
            "directory.change_office",
            _("Offices without a point"),
            Office.objects.filter(latitude__isnull=True),
            f"{offices}?latitude__isnull=True",
        ),
    ]
    return [
        Waiting(label, rows.count(), url)
        for permission, label, rows, url in lines
        if user.has_perm(permission)
    ]
