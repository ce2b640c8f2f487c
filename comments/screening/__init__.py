"""What a machine thinks of a comment, on this site alone.

A verdict publishes, holds or marks as spam; nothing is dropped, and every verdict but the first has
its reasons. What settles a comment as spam by itself is in `verdicts.CERTAIN`.
"""

from collections.abc import Sequence

from comments import rules
from comments.screening import (
    bans,
    copies,
    learning,
    names,
    rates,
    traps,
    watching,
    web_links,
    writing,
)
from comments.screening.copies import body_key
from comments.screening.verdicts import (
    ABOUT_ITS_SENDING,
    Reason,
    Submission,
    Verdict,
    verdict_of,
)
from comments.screening.wording import in_words

__all__ = ["Submission", "Verdict", "body_key", "in_words", "screen"]

CHECKS = (
    traps.fell_into_the_trap,
    bans.is_banned,
    watching.holds_watched_words,
    copies.is_a_copy,
    names.claims_to_be_somebody,
    web_links.leads_elsewhere,
    writing.imitates_letters,
    writing.is_gibberish,
    learning.looks_like_spam,
    traps.was_sent_too_fast,
    rates.came_too_often,
)


def screen(submission: Submission, *, found_before: Sequence[Reason] = ()) -> Verdict:
    """What becomes of it, with all that speaks against publishing it at once.

    `found_before` is of a comment that is changed, and that nobody has decided about: what was
    found of its sending still holds.
    """
    reasons = [reason for check in CHECKS for reason in check(submission)]
    for reason in found_before:
        if reason["code"] in ABOUT_ITS_SENDING and reason not in reasons:
            reasons.append(reason)
    return verdict_of([*reasons, *_by_rule(submission)])


def _by_rule(submission: Submission) -> list[Reason]:
    has_link = rules.holds_link(submission.name, submission.website, submission.body)
    return rules.why_held(submission.article, email=submission.email, has_link=has_link)
