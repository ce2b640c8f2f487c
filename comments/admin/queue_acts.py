"""The buttons of the queue: what each does, and what is said where it cannot."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from comments import banning, moderation
from comments.decision_forms import DecisionForm, read_seen, seen_of, ticked
from comments.decision_words import (
    SOME_GONE,
    elsewhere_words,
    kept_words,
    left_words,
    rewritten_words,
    withdrawn_words,
)
from comments.models import Comment
from comments.undoing import undo

Status = Comment.Status
MANY = {
    "many_approve": Status.APPROVED,
    "many_spam": Status.SPAM,
    "many_remove": Status.REMOVED,
}


# All that the last click decided, and what was decided about the comment of the page alone.
UNDOING = {"undo", "undo_here"}


@dataclass(frozen=True)
class Press:
    """A button that was pressed on the page of `comment`, with a form that is valid."""

    request: HttpRequest
    form: DecisionForm
    comment: Comment | None
    at: datetime

    @property
    def by(self):
        return self.request.user

    def say(self, words: str, level: int = messages.SUCCESS) -> None:
        messages.add_message(self.request, level, words)


@dataclass(frozen=True)
class Done:
    """`batch` is what it can be undone by. `show` is the comment to see next, where that is not
    the one behind."""

    batch: UUID | None = None
    show: Comment | None = None


def name_of(post: QueryDict) -> str:
    """Which button was pressed; "" for none that there is."""
    name = "undo" if UNDOING & post.keys() else post.get("do", "")
    return name if name in ACTS or name in MANY or name == "undo" else ""


def act(press: Press) -> Done | None:
    """Do it; None where it cannot be, and then the form says why.

    Raises Comment.DoesNotExist where the comment is no longer there.
    """
    name = press.form.do
    if name in MANY:
        return _decide_ticked(press, MANY[name])
    if name == "undo":
        return _undo(press)
    if press.comment is None:
        raise Comment.DoesNotExist
    if name not in ACTS:
        press.form.add_error(None, _("No button was pressed. Please press one."))
        return None
    found = seen_of(press.comment)
    _set(press.comment, press.form.as_seen(press.comment))
    try:
        return ACTS[name](press)
    except moderation.DecidedElsewhereError as error:
        if _was_pressed_twice(press, error.comment):
            return Done()
        press.form.add_error(None, _("%s Look again and decide.") % elsewhere_words(error.comment))
    except moderation.RewrittenError as error:
        press.form.add_error(None, _("%s Look again and decide.") % rewritten_words(error.comment))
    except moderation.WithdrawnError as error:
        press.form.add_error(None, withdrawn_words(error.comment))
    _set(press.comment, read_seen(found))
    # Sent again, it is a decision in the knowledge of the other one.
    press.form.data["seen"] = found
    return None


def _set(comment: Comment, seen: dict) -> None:
    comment.status, comment.edited_at = seen["status"], seen["edited_at"]


def _was_pressed_twice(press: Press, comment: Comment) -> bool:
    """Whether it became by the same hand what it was to become: a double click is one."""
    return comment.decided_by == press.by and comment.status == WANTED.get(press.form.do)


def _approve(press: Press) -> Done:
    if press.form.cleaned_data["answer"]:
        return _answer(press)
    return _decided(press, moderation.approve(press.comment, at=press.at, by=press.by))


def _answer(press: Press) -> Done:
    body = press.form.cleaned_data["answer"]
    reply = moderation.answer(press.comment, body=body, at=press.at, by=press.by)
    published = reply.moderation_actions.exclude(batch=None).order_by("pk").first()
    return Done(published.batch)


def _mark_spam(press: Press) -> Done:
    return _decided(press, moderation.mark_spam(press.comment, at=press.at, by=press.by))


def _remove(press: Press) -> Done:
    why = press.form.why()
    return _decided(press, moderation.remove(press.comment, at=press.at, by=press.by, reason=why))


def _decided(press: Press, decisions: moderation.Decisions) -> Done:
    if decisions.unchanged:
        press.say(_("It was that already."), messages.INFO)
        return Done()
    return Done(decisions.batch)


def _close(press: Press) -> Done:
    moderation.close_thread(press.comment, at=press.at, by=press.by)
    press.say(_("The comment and what stands below it take no more answers."))
    return Done(show=press.comment)


def _reopen(press: Press) -> Done:
    moderation.reopen_thread(press.comment, at=press.at, by=press.by)
    press.say(_("The comment takes answers again."))
    return Done(show=press.comment)


def _ban_address(press: Press) -> Done:
    ban = banning.ban_address(press.comment, **_for_ban(press))
    return _banned(press, ban, _("The comment has no address."))


def _ban_network(press: Press) -> Done:
    ban = banning.ban_network(press.comment, **_for_ban(press))
    return _banned(press, ban, _("Where the comment came from is no longer known."))


def _for_ban(press: Press) -> dict:
    return {"reason": press.form.cleaned_data["ban_reason"], "at": press.at, "by": press.by}


def _banned(press: Press, ban, words_without: str) -> Done:
    if ban:
        press.say(
            _("Banned: what comes from there is spam from now on. This comment is still yours.")
        )
    else:
        press.say(words_without, messages.WARNING)
    return Done(show=press.comment)


def _decide_ticked(press: Press, status: str) -> Done:
    seen = ticked(press.request.POST)
    rows = list(Comment.objects.filter(pk__in=seen))
    for row in rows:
        _set(row, seen[row.pk])
    why = press.form.cleaned_data["many_reason"] if status == Status.REMOVED else ""
    decisions = moderation.decide_many(rows, status, at=press.at, by=press.by, reason=why)
    if decisions.kept:
        press.say(kept_words(decisions.kept))
    _say_what_stays(press, decisions)
    if decisions.count() < len(seen):
        press.say(SOME_GONE, messages.WARNING)
    if not seen:
        press.say(_("Nothing was ticked."), messages.WARNING)
    elif decisions.unchanged:
        press.say(_("Some were that already."), messages.INFO)
    is_seen_again = press.comment is not None and press.comment.pk not in seen
    return Done(decisions.batch, show=press.comment if is_seen_again else None)


def _undo(press: Press) -> Done:
    post = press.request.POST
    try:
        batch = UUID(post.get("undo") or post["undo_here"])
    except (KeyError, ValueError):
        press.say(_("There is nothing to undo."), messages.WARNING)
        return Done(show=press.comment)
    only = None if "undo" in post else press.comment
    decisions = undo(batch, at=press.at, by=press.by, only=only)
    _say_what_stays(press, decisions)
    if not decisions.done and not decisions.elsewhere:
        press.say(_("There is nothing to undo."), messages.WARNING)
    return Done(decisions.batch, show=decisions.done[0] if decisions.done else press.comment)


def _say_what_stays(press: Press, decisions: moderation.Decisions) -> None:
    for words in left_words(decisions):
        press.say(words, messages.WARNING)


ACTS: dict[str, Callable[[Press], Done]] = {
    "approve": _approve,
    "answer": _answer,
    "spam": _mark_spam,
    "remove": _remove,
    "close": _close,
    "reopen": _reopen,
    "ban_address": _ban_address,
    "ban_network": _ban_network,
}
WANTED = {
    "approve": Status.APPROVED,
    "answer": Status.APPROVED,
    "spam": Status.SPAM,
    "remove": Status.REMOVED,
}
