"""What was decided, said to moderators."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comments.excerpts import shortened
from comments.histories import Tally
from comments.models import Comment, ModerationAction
from comments.moderation import Decisions
from comments.reasons import label_of

GONE = gettext_lazy("This comment is no longer there.")
SOME_GONE = gettext_lazy("Some are no longer there.")
Act = ModerationAction.Act
BY_ITS_WRITER = (Act.EDITED, Act.WITHDRAWN, Act.ERASED)


def act_words(action: ModerationAction) -> str:
    """What was done, with its reason."""
    return f"{bare_act_words(action)} {label_of(action.reason)}".strip()


def bare_act_words(action: ModerationAction) -> str:
    """What was done, without its reason."""
    template = {
        Act.DECIDED: _("Decided: %(status)s."),
        Act.UNDONE: _("Decision undone: %(status)s."),
        Act.SCREENED: _("Screened: %(status)s."),
    }.get(action.act)
    if template:
        return template % {"status": action.get_to_status_display()}
    return f"{action.get_act_display()}."


def who_acted(action: ModerationAction) -> str:
    if action.by:
        return who(action.by)
    if action.act in BY_ITS_WRITER:
        return _("Its writer")
    if action.act == Act.DISOWNED:
        return _("The owner of its address")
    return _("Nobody: it was done automatically")


def elsewhere_words(comment: Comment) -> str:
    """To the second of two moderators, about what the first one made of the comment."""
    return _(
        "Somebody was faster. “%(excerpt)s” was decided by %(who)s and is now: %(status)s."
    ) % {
        "who": who(comment.decided_by),
        "excerpt": excerpt(comment),
        "status": comment.get_status_display(),
    }


def rewritten_words(comment: Comment) -> str:
    """To who would decide about words that are no longer there."""
    return _("Its writer has changed “%(excerpt)s” since you saw it.") % {
        "excerpt": excerpt(comment)
    }


def withdrawn_words(comment: Comment) -> str:
    """To who would bring back what its writer took back."""
    return _("The writer of “%(excerpt)s” has taken it back. It stays removed.") % {
        "excerpt": excerpt(comment)
    }


def left_words(decisions: Decisions) -> list[str]:
    """Of each comment that stays as somebody else left it."""
    return [
        *map(elsewhere_words, decisions.elsewhere),
        *map(rewritten_words, decisions.rewritten),
        *map(withdrawn_words, decisions.withdrawn),
    ]


def kept_words(comments: Sequence[Comment]) -> str:
    """Of comments that stay what they were, after somebody had reported them."""
    count = len(comments)
    return ngettext(
        "%(count)d comment stays as it is. The reports about it are settled.",
        "%(count)d comments stay as they are. The reports about them are settled.",
        count,
    ) % {"count": count}


def batch_words(actions: Sequence[ModerationAction]) -> str:
    """What one click did: all the actions of a batch, with their comments."""
    # An answer has no status before: it is told of with what it answers.
    answers = [action for action in actions if not action.from_status]
    others = [action for action in actions if action.from_status]
    if answers and len(others) < 2:
        answered = answers[0].comment.parent
        words = _("Answered and approved: “%s”.") if others else _("Answered: “%s”.")
        return words % excerpt(answered)
    if words := _undone_answer_words(actions):
        return words
    if len(actions) == 1:
        return f"{act_words(actions[0])} “{excerpt(actions[0].comment)}”"
    counts = Counter(act_words(action) for action in actions)
    return " ".join(f"{words} ({_how_many(count)})" for words, count in counts.items())


def _how_many(count: int) -> str:
    return ngettext("%d comment", "%d comments", count) % count


def _undone_answer_words(actions: Sequence[ModerationAction]) -> str:
    """Of an answer that was taken back, with the approval of what it answers; "" of all else."""
    *others, last = sorted(actions, key=lambda action: action.comment_id)
    is_answer = last.comment.editor_id and last.comment.parent_id and last.act == Act.UNDONE
    if not is_answer or len(others) > 1:
        return ""
    words = _("The answer to “%s” is taken back.") % excerpt(last.comment.parent)
    if not others:
        return words
    if others[0].comment_id != last.comment.parent_id:
        return ""
    status = others[0].get_to_status_display()
    return f"{words} {_('What it answers is as it was: %s.') % status}"


def tally_words(tally: Tally) -> str:
    """How many other comments somebody has, and what became of them."""
    words = {
        _("%d approved"): tally.approved,
        _("%d waiting"): tally.waiting,
        _("%d spam"): tally.spam,
        _("%d removed"): tally.removed,
        _("%d withdrawn"): tally.withdrawn,
    }
    return ", ".join(each % count for each, count in words.items() if count) or _("nothing else")


def excerpt(comment: Comment) -> str:
    return shortened(comment.body, 40)


def who(user) -> str:
    """The name of an account; "-" where there is none."""
    return user.get_full_name() or user.get_username() if user else "-"
