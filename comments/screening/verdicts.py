"""What is screened, and what the screening says of it. Pure."""

from dataclasses import dataclass
from datetime import datetime

from articles.models import Article
from comments.models import Comment

# A reason is kept in `Comment.screening`: {"code": "...", ...values}. `wording` words it.
Reason = dict

# What settles it by itself: a program's doing, or what a moderator has said of just this.
CERTAIN = frozenset({"trap", "banned", "phrase_spam", "copy_of_spam"})
# What may confirm a learner that is as good as sure: what a sender does or hides. Links, markup and
# telephone numbers may not, since they come with the very words that it has learned, and confirmed
# it of honest newsletters (decision 30). Everything else only holds, however much of it there is:
# one that is held costs a moderator seconds, one wrongly in the spam folder a reader.
SIGNS = frozenset(
    {
        "too_fast",
        "often_address",
        "often_network",
        "copy",
        "lookalikes",
        "hidden",
        "gibberish",
        "phrase_hold",
    }
)
# What was found of how a comment was sent, which other words do not change.
ABOUT_ITS_SENDING = frozenset(
    {"trap", "banned", "too_fast", "often_address", "often_network", "akismet", "akismet_sure"}
)
AS_GOOD_AS_SURE = 0.9999


@dataclass(frozen=True)
class Submission:
    """A comment as it was sent. `network` is `acutake.lib.network.network_of` the sender.

    A changed comment is screened as the new one that it is, with its number as `pk`, and with None
    where nothing is known: its network, and when its form was made.
    """

    article: Article
    parent: Comment | None
    name: str
    email: str
    website: str
    body: str
    network: str | None
    is_trapped: bool
    form_made_at: datetime | None
    at: datetime
    pk: int | None = None


@dataclass(frozen=True)
class Verdict:
    """Approved without reasons; pending or spam with all that were found."""

    status: Comment.Status
    reasons: list[Reason]


def verdict_of(reasons: list[Reason]) -> Verdict:
    """What the reasons come to together."""
    if _is_spam(reasons):
        return Verdict(Comment.Status.SPAM, reasons)
    return Verdict(Comment.Status.PENDING if reasons else Comment.Status.APPROVED, reasons)


def _is_spam(reasons: list[Reason]) -> bool:
    codes = {reason["code"] for reason in reasons}
    is_sure = any(reason.get("likelihood", 0) >= AS_GOOD_AS_SURE for reason in reasons)
    return bool(codes & CERTAIN) or (is_sure and bool(codes & SIGNS))
