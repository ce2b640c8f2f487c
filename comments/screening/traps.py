"""What only a program does with the form. Pure."""

from datetime import timedelta

from comments.screening.verdicts import Reason, Submission

# To read a form and to write two words takes longer.
TOO_FAST = timedelta(seconds=3)


def fell_into_the_trap(submission: Submission) -> list[Reason]:
    """It filled the field that nobody sees."""
    return [{"code": "trap"}] if submission.is_trapped else []


def was_sent_too_fast(submission: Submission) -> list[Reason]:
    """Its form was made a moment before.

    A page may be kept by a cache, so the form is at least as old as the time its writer had: what
    is told here is true, and a program that was given an older page is missed. It holds and no
    more, since who corrects a mistake sends a form that was made anew in a second.
    """
    if submission.form_made_at is None:
        return []
    age = submission.at - submission.form_made_at
    # A form from the future was made by a server whose clock differs from this one's.
    if not timedelta(0) <= age < TOO_FAST:
        return []
    return [{"code": "too_fast", "seconds": int(age.total_seconds())}]
