"""The admin's first page: what waits, one's own drafts, what was published lately."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_permission_codename
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Draft, Image, Revision
from comments.models import Comment
from comments.queue import SHELVES
from directory.models import License, Office, Practitioner, Report

SHOWN_LIMIT = 6


@dataclass(frozen=True)
class Waiting:
    """One line of the desk. A count of zero is shown too: then nothing of the kind waits."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Piece:
    """An article on the desk, with where it is edited. `at` is when it was saved or published."""

    headline: str
    state: str
    at: datetime
    url: str


@dataclass(frozen=True)
class Desk:
    """Everything on the first page that this editor has the right to see."""

    waiting: list[Waiting]
    own_drafts: list[Piece]
    lately: list[Piece]


def desk_for(user, *, at: datetime) -> Desk:
    """Three queries beside those of `waiting_for`, at any number of articles."""
    waiting = waiting_for(user, at=at)
    if not _may_change(user, Article.objects):
        return Desk(waiting, [], [])
    public = Article.objects.published(at=at).newest_first().defer("body", "search_text")
    return Desk(
        waiting=waiting,
        own_drafts=_own_drafts(user),
        lately=[_piece(article, article.published_at) for article in public[:SHOWN_LIMIT]],
    )


def _own_drafts(user) -> list[Piece]:
    """What this editor has typed and not saved, then saved and not brought out; newest first."""
    typed = Draft.objects.filter(editor=user).select_related("article")
    unsaved = [_unsaved(draft) for draft in typed.order_by("-typed_at", "-pk")[:SHOWN_LIMIT]]
    saved = _saved_drafts(user).defer("body", "search_text").order_by("-updated_at", "-pk")
    pieces = [_piece(article, article.updated_at) for article in saved[:SHOWN_LIMIT]]
    newest_first = sorted([*unsaved, *pieces], key=lambda piece: piece.at, reverse=True)
    return newest_first[:SHOWN_LIMIT]


def _saved_drafts(user) -> QuerySet:
    """Articles and next versions that are not yet out, and that this editor has saved."""
    # Lists of keys, each read once: as conditions on the row they were asked for every article.
    saved = Revision.objects.filter(editor=user).order_by()
    versions = saved.filter(is_of_next_version=True)
    own = Q(pk__in=saved.values("article_id")) | Q(next_of__in=versions.values("article_id"))
    typed = Draft.objects.filter(editor=user, article__isnull=False).order_by()
    open_statuses = [Article.Status.DRAFT, Article.Status.IN_REVIEW]
    found = Article.objects.filter(own, status__in=open_statuses)
    return found.exclude(pk__in=typed.values("article_id"))


def _unsaved(draft: Draft) -> Piece:
    state = _("Not saved yet")
    if draft.article:
        url = reverse("admin:articles_article_change", args=[draft.article_id])
        return Piece(str(draft) or draft.article.headline, state, draft.typed_at, url)
    url = f"{reverse('admin:articles_article_add')}?draft={draft.pk}"
    return Piece(str(draft), state, draft.typed_at, url)


def _piece(article: Article, moment: datetime) -> Piece:
    url = reverse("admin:articles_article_change", args=[article.pk])
    return Piece(article.headline, article.get_status_display(), moment, url)


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
        (_("Comments to decide"), Comment.objects.pending(), "shelf=waiting"),
        (_("Comments reported"), SHELVES["reported"].rows(at), "shelf=reported"),
        (
            _("Questions without an answer"),
            SHELVES["questions"].rows(at),
            "shelf=questions",
        ),
        (
            _("Articles in review"),
            articles.filter(status=Article.Status.IN_REVIEW),
            "status__exact=in_review",
        ),
        (
            _("Articles due for medical review"),
            articles.due_for_review(on=today),
            "review=due",
        ),
        (_("Articles scheduled"), articles.scheduled(at=at), "visible=later"),
        (_("Drafts"), articles.filter(status=Article.Status.DRAFT), "status__exact=draft"),
        (
            _("Pictures without an alternative text"),
            Image.objects.without_alternative(),
            "lacks=alternative",
        ),
        (_("Pictures without a credit"), Image.objects.without_credit(), "lacks=credit"),
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
    page = "queue" if rows.model is Comment else "changelist"
    return reverse(f"admin:{rows.model._meta.app_label}_{rows.model._meta.model_name}_{page}")


def _may_change(user, rows: QuerySet) -> bool:
    options = rows.model._meta
    return user.has_perm(f"{options.app_label}.{get_permission_codename('change', options)}")
