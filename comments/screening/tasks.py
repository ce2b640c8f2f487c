"""What a worker does for the screening. Each may run twice without harm.

No task holds a word of a comment, an address or a network: only numbers.
"""

from collections.abc import Collection
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from comments.models import Comment
from comments.screening import akismet, learning

Status = Comment.Status
# Akismet was away for longer than that: the comment waits for a moderator as it does anyhow.
PAUSES = (timedelta(minutes=2), timedelta(minutes=20), timedelta(hours=2))
TOLD = {Status.SPAM: akismet.Call.SPAM, Status.APPROVED: akismet.Call.HAM}


@task()
def learn_from_decisions() -> int:
    """From how many comments was learned."""
    learned = learning.learn(at=timezone.now())
    return learned.spam_comments + learned.ham_comments


@task()
def ask_akismet(key: int, failures: int = 0) -> bool:
    """Whether it had anything against the comment. Tried again while there is no answer."""
    if not akismet.is_on():
        return False
    try:
        return akismet.check(key, at=timezone.now()) is not None
    except akismet.NoAnswerError:
        if failures < len(PAUSES):
            run_after = timezone.now() + PAUSES[failures]
            ask_akismet.using(run_after=run_after).enqueue(key, failures + 1)
        return False


@task()
def tell_akismet(key: int, call: str) -> bool:
    """Whether it was told what a moderator decided. Not tried again: it only helps to learn."""
    if not akismet.is_on():
        return False
    try:
        return akismet.tell(key, akismet.Call(call))
    except akismet.NoAnswerError:
        return False


def hear_of_new(comment: Comment, network: str) -> None:
    """Queue what is to be done after a comment came in."""
    if akismet.is_on() and comment.status != Status.SPAM:
        akismet.keep_network(comment, network)
        ask_akismet.enqueue(comment.pk)


def hear_of_decisions(decided: Collection[Comment]) -> None:
    """Queue what is to be done after moderators decided."""
    if decided and learning.is_due_after(len(decided)):
        learn_from_decisions.enqueue()
    if akismet.is_on():
        for comment in decided:
            if call := TOLD.get(comment.status):
                tell_akismet.enqueue(comment.pk, str(call))
