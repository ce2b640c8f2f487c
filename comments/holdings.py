"""Everything that is held for an address: to be shown to its owner, and to be taken along."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from acutake.lib.addresses import address_key
from comments.bodies import render_body
from comments.decision_words import act_words, bare_act_words
from comments.links import Purpose, make_token
from comments.models import Ban, Comment, Erasure, MailStop, ModerationAction
from comments.networks import NETWORK_KEPT
from comments.screening import in_words
from directory.models import Report
from directory.models.reports import Subject

PER_PAGE = 20
# The file has all of them.
REPORTS_SHOWN = 50
BATCH = 200


@dataclass(frozen=True)
class KeyedFacts:
    """What is known of an address by its keyed hash alone, and outlives an erasure; None: nothing.

    `banned_at` is when its comments began to be taken for spam, `erased_at` up to when they were
    erased.
    """

    stopped_at: datetime | None
    banned_at: datetime | None
    erased_at: datetime | None


@dataclass(frozen=True)
class Holdings:
    """One page of it. `reports` are the newest about listings."""

    address: str
    comments: Page
    reports: list[Report]
    keyed: KeyedFacts


class HeldComment:
    """A comment as its writer may know it, in words."""

    def __init__(self, comment: Comment, *, at: datetime):
        self.comment = comment
        self.at = at
        self.is_article_public = comment.article.is_published(at=at)
        self.body = render_body(comment.body)
        self.reasons = [_without_note(reason) for reason in comment.screening]
        self.screening = in_words(self.reasons)
        actions = reversed(list(comment.moderation_actions.all()))
        self.acts = [(action.at, _act_words(action)) for action in actions]
        # A link in a mail that was never sent is nothing that anybody got.
        self.mails = [
            (notice.sent_at, notice.get_kind_display())
            for notice in comment.notices.all()
            if notice.sent_at
        ]
        practitioner = comment.practitioner
        self.listed = practitioner if practitioner and practitioner.is_listed() else None
        self.network_kept_until = comment.created_at + NETWORK_KEPT if comment.network_key else None

    def status(self) -> str:
        """Its fate, in words to its writer."""
        return STATUSES[self.comment.status]()

    def writer_url(self) -> str:
        """Where its writer changes or withdraws it; "" unless it is known to be this address's."""
        comment = self.comment
        if comment.proven_at is None or comment.withdrawn_at:
            return ""
        return reverse("comments:writer", args=[make_token(Purpose.WRITER, comment, at=self.at)])


def _without_note(reason: dict) -> dict:
    """Why somebody was banned is a note of moderators for one another."""
    return {name: value for name, value in reason.items() if name != "reason"}


def _act_words(action: ModerationAction) -> str:
    is_ban = action.act == ModerationAction.Act.BANNED
    return bare_act_words(action) if is_ban else act_words(action)


STATUSES = {
    Comment.Status.PENDING: lambda: _("Waits for a moderator; nobody else sees it"),
    Comment.Status.APPROVED: lambda: _("Published"),
    Comment.Status.SPAM: lambda: _("Taken for spam; nobody sees it but the moderators"),
    Comment.Status.REMOVED: lambda: _("Removed; nobody sees it but the moderators"),
}


def find_holdings(address: str, *, page: object, at: datetime) -> Holdings:
    """Newest first. As many queries for any number of comments."""
    pages = Paginator(_comments(address).order_by("-created_at", "-pk"), PER_PAGE)
    found = pages.get_page(page)
    found.object_list = [HeldComment(comment, at=at) for comment in found.object_list]
    reports = list(_reports(address)[:REPORTS_SHOWN])
    return Holdings(address, found, reports, find_keyed_facts(address))


def find_keyed_facts(address: str) -> KeyedFacts:
    key = address_key(address)
    stop = MailStop.objects.filter(address_key=key, scope=MailStop.Scope.COMMENTS).first()
    ban = Ban.objects.filter(kind=Ban.Kind.ADDRESS, value=key).first()
    erasure = Erasure.objects.filter(address_key=key).first()
    return KeyedFacts(
        stopped_at=stop and stop.created_at,
        banned_at=ban and ban.created_at,
        erased_at=erasure and erasure.erased_at,
    )


def as_json(address: str, *, at: datetime) -> Iterator[str]:
    """All of it as the parts of a JSON document; a batch of comments is in memory at a time."""
    keyed = find_keyed_facts(address)
    head = {
        "site": settings.SITE_URL,
        "made_at": at,
        "address": address,
        "mail_stopped_at": keyed.stopped_at,
        "taken_for_spam_since": keyed.banned_at,
        "erased_up_to": keyed.erased_at,
        "reports_about_listings": [
            {
                "listing": report.practitioner.name if report.practitioner.is_listed() else None,
                "about": [str(Subject(subject).label) for subject in report.subjects],
                "words": report.text,
                "sent_at": report.created_at,
            }
            for report in _reports(address)
        ],
    }
    yield _json(head).removesuffix("\n}") + ',\n  "comments": ['
    between = "\n"
    for held in _all_comments(address, at=at):
        yield between + _json(_record(held))
        between = ",\n"
    yield "\n  ]\n}\n"


def _json(value: dict) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=_moment)


def _moment(value: datetime) -> str:
    return value.isoformat()


def _comments(address: str) -> QuerySet[Comment]:
    """With what is told of each."""
    return (
        Comment.objects.of_address(address)
        .annotate(reports=Count("flags", distinct=True))
        .select_related("article", "practitioner")
        .defer("article__body", "article__search_text")
        .prefetch_related("moderation_actions", "notices")
    )


def _all_comments(address: str, *, at: datetime) -> Iterator[HeldComment]:
    last = 0
    comments = _comments(address).order_by("pk")
    while batch := list(comments.filter(pk__gt=last)[:BATCH]):
        yield from (HeldComment(comment, at=at) for comment in batch)
        last = batch[-1].pk


def _reports(address: str) -> QuerySet[Report]:
    reports = Report.objects.filter(reporter_email__iexact=address.strip())
    return reports.select_related("practitioner").order_by("-created_at", "-pk")


def _record(held: HeldComment) -> dict:
    """Each column that holds something of its writer, and what others did with the comment."""
    comment = held.comment
    article = comment.article if held.is_article_public else None
    return {
        "number": comment.pk,
        "article": article and settings.SITE_URL + article.get_absolute_url(),
        "in_reply_to": comment.parent_id,
        "name": comment.commenter_name,
        "e_mail": comment.commenter_email,
        "web_site": comment.website,
        "words": comment.body,
        "status": comment.status,
        "practitioner": held.listed and held.listed.name,
        "written_at": comment.created_at,
        "changed_at": comment.edited_at,
        "withdrawn_at": comment.withdrawn_at,
        "address_confirmed_at": comment.proven_at,
        "wants_mail_about_the_decision": comment.wants_decision,
        "wants_mail_about_replies": comment.wants_replies,
        "network_hash": comment.network_key,
        "network_hash_kept_until": held.network_kept_until,
        "words_hash": comment.body_key,
        "submission_hash": comment.submission_key,
        "screening": [
            {"sentence": sentence, **reason}
            for sentence, reason in zip(held.screening, held.reasons, strict=True)
        ],
        "decisions": [{"at": at, "words": words} for at, words in held.acts],
        "mails": [
            {
                "kind": notice.get_kind_display(),
                "due_at": notice.created_at,
                "sent_at": notice.sent_at,
            }
            for notice in comment.notices.all()
        ],
        "reports_by_readers": comment.reports,
    }
