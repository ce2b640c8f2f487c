"""A comment as its writer sees it, who came by a link (`comments.links`)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.core.signing import BadSignature
from django.urls import reverse
from django.utils.safestring import SafeString

from acutake.lib import tokens
from articles.models import Article
from comments.links import Purpose, read_token
from comments.models import Comment, ModerationAction
from comments.reasons import sentence_of
from comments.rendering import render_alone
from comments.rules import Hold, rule_of

Status = Comment.Status


class State(StrEnum):
    """What became of a comment, as its writer is told.

    What was taken for spam waits: a program that sends it learns nothing, and a moderator looks
    at it as at any other.
    """

    WAITING = "waiting"
    PUBLIC = "public"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class OwnComment:
    """The comment behind a link, and the link. `is_back`: its writer comes from saving a change."""

    comment: Comment
    purpose: Purpose
    token: str
    is_back: bool = False

    @property
    def state(self) -> State:
        comment = self.comment
        if comment.status == Status.REMOVED:
            return State.WITHDRAWN if comment.withdrawn_at else State.REMOVED
        return State.PUBLIC if comment.is_approved() else State.WAITING

    @property
    def is_open(self) -> bool:
        """Whether it stands on the page, or may come to."""
        return self.state in {State.WAITING, State.PUBLIC}

    @property
    def may_change(self) -> bool:
        """Whether its writer can still edit or withdraw it by this link.

        Whoever confirmed the address spoke for these words: from then on only a mailed link, which
        proves as much, changes them.
        """
        return self.is_open and (self.is_mailed or self.comment.proven_at is None)

    @property
    def is_saved(self) -> bool:
        """Whether to say that the change is saved: an address says what anybody writes into it."""
        return self.is_back and self.is_open and self.comment.edited_at is not None

    @property
    def words_removed(self) -> str:
        """What a moderator removed: its writer keeps it. "" for what its writer took back."""
        return self.comment.body if self.state == State.REMOVED else ""

    @property
    def waits_again(self) -> bool:
        """Whether a change is sure to take it off the page until a moderator has read it."""
        return rule_of(self.comment.article) == Hold.ALL

    @property
    def is_mailed(self) -> bool:
        """Whether the link was mailed, so that whoever has it reads mail at the address."""
        return self.purpose == Purpose.WRITER

    @property
    def url(self) -> str:
        return reverse(f"comments:{self.purpose}", args=[self.token])

    @property
    def article_url(self) -> str:
        """The article, which shows the comment to whoever posted it a moment ago."""
        return self._article_url()

    def way_back(self, *, at: datetime, is_saved: bool = False) -> str:
        """Its own page for who came by mail or to no article, otherwise the article."""
        if self.is_mailed or not self.comment.article.is_published(at=at):
            return f"{self.url}?saved" if is_saved else self.url
        return self._article_url("&saved" if is_saved else "")

    def _article_url(self, more: str = "") -> str:
        article_url = self.comment.article.get_absolute_url()
        return f"{article_url}?comment={self.token}{more}#comment-waiting"

    @property
    def seen(self) -> str:
        """What its form remembers of what was seen; it tells nothing, spam or not included."""
        return tokens.fingerprint((self.state, self.comment.body), purpose="comments.own")

    def shown(self) -> SafeString:
        """As it stands, or will stand, among the others. A few queries."""
        return render_alone(self.comment)

    def why_removed(self) -> str:
        """What the moderator said, in words; "" for nothing. One query."""
        if self.state != State.REMOVED:
            return ""
        actions = self.comment.moderation_actions.filter(to_status=Status.REMOVED)
        removals = actions.exclude(act__in=ModerationAction.BESIDE)
        reason = removals.order_by("-at", "-pk").values_list("reason", flat=True).first()
        return sentence_of(reason or "")


def read_own(
    purpose: Purpose, token: str, *, at: datetime, is_back: bool = False
) -> OwnComment | None:
    """None for a link that is broken, too old, or of a comment that is gone. One query."""
    try:
        comment = read_token(purpose, token, at=at)
    except (BadSignature, Comment.DoesNotExist):
        return None
    return OwnComment(comment, purpose, token, is_back)


def read_posted(
    token: str, article: Article, *, at: datetime, is_back: bool = False
) -> OwnComment | None:
    """What was posted under `article` a moment ago, by the token that the article is asked with."""
    own = read_own(Purpose.POSTED, token, at=at, is_back=is_back)
    return own if own and own.comment.article_id == article.pk else None
