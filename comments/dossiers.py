"""All that a moderator sees about one comment: its thread, what speaks against it, its writer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.safestring import SafeString

from comments import screening
from comments.bodies import render_body
from comments.excerpts import shortened
from comments.histories import History, history_of
from comments.models import Comment, Flag, ModerationAction

# How many comments up the chain, and how many answers, stand beside the one to decide about.
ABOVE_SHOWN, ANSWERS_SHOWN = 3, 5
PEOPLE = ("practitioner", "editor")
Act = ModerationAction.Act
Status = Comment.Status


@dataclass(frozen=True)
class Dossier:
    """`above` is the chain that the comment answers, from the top down. `closed_above` is the one
    of it that takes no answers. `batch` is what the last decision can be undone by."""

    comment: Comment
    above: list[Comment]
    is_further_above: bool
    answers: list[Comment]
    reasons: list[str]
    flags: list[Flag]
    history: History
    actions: list[ModerationAction]

    @property
    def answered(self) -> Comment | None:
        return self.above[-1] if self.above else None

    @property
    def closed_above(self) -> Comment | None:
        return next((row for row in self.above if row.is_closed), None)

    @property
    def batch(self) -> UUID | None:
        last = next(
            (action for action in self.actions if action.act not in ModerationAction.BESIDE), None
        )
        return last.batch if last and last.act == Act.DECIDED else None

    @property
    def can_ban_address(self) -> bool:
        return bool(self.comment.commenter_email) and not self.history.is_address_banned

    @property
    def can_ban_network(self) -> bool:
        return bool(self.comment.network_key) and not self.history.is_network_banned


def find_comment(key: int) -> Comment | None:
    """One query."""
    rows = _with_names(Comment.objects.all()).select_related("article", "decided_by")
    return rows.filter(pk=key).first()


def read_dossier(comment: Comment, *, at: datetime) -> Dossier:
    """Nine queries at most."""
    chain = _chain(comment)
    # Not "in" the others: SQLite would begin with the status, and read all that was approved.
    shown = comment.replies.exclude(status__in=[Status.SPAM, Status.REMOVED])
    return Dossier(
        comment=comment,
        above=_above(chain[:ABOVE_SHOWN]),
        is_further_above=len(chain) > ABOVE_SHOWN,
        answers=list(_with_names(shown).order_by("created_at", "pk")[:ANSWERS_SHOWN]),
        reasons=screening.in_words(comment.screening),
        flags=list(comment.flags.filter(settled_at=None).order_by("created_at", "pk")),
        history=history_of(comment, at=at),
        actions=list(comment.moderation_actions.select_related("by").order_by("-pk")),
    )


def _chain(comment: Comment) -> list[int]:
    """The keys of what it answers, from the bottom up: one more than is shown, if there is."""
    steps = ["parent__" * number + "parent_id" for number in range(ABOVE_SHOWN + 1)]
    keys = Comment.objects.filter(pk=comment.pk).values_list(*steps).first() or ()
    return [key for key in keys if key is not None]


def _above(chain: list[int]) -> list[Comment]:
    rows = _with_names(Comment.objects.all()).in_bulk(chain)
    return [rows[key] for key in reversed(chain) if key in rows]


def _with_names(rows: QuerySet) -> QuerySet:
    """With what `Comment.shown_name` asks for."""
    return rows.with_licenses().select_related(*PEOPLE)


def words_of(comment: Comment, limit: int | None = None) -> SafeString:
    """Its words as HTML, or the first `limit` characters. In spam no address is a link."""
    words = comment.body if limit is None else shortened(comment.body, limit)
    return render_body(words, has_links=comment.status != Status.SPAM)


def undone_answer(comment: Comment, *, by) -> str:
    """What this editor has answered and taken back by `undo`, unless it was published again."""
    again = Comment.objects.approved().filter(parent=OuterRef("parent"), body=OuterRef("body"))
    # To undo leaves no moment of a decision; to remove an answer does.
    undone = comment.replies.filter(editor=by, status=Status.REMOVED, decided_at=None)
    words = undone.filter(~Exists(again)).order_by("-pk").values_list("body", flat=True)
    return words.first() or ""
