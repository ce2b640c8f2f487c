"""Why a comment is removed: what moderators choose from, and what its writer is told.

A reason is stored as its code or, where none of them fits, in the moderator's own words.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 300


@dataclass(frozen=True)
class Reason:
    """`label` is for moderators, `sentence` for the writer of the comment."""

    label: str
    sentence: str


REASONS = {
    "off_topic": Reason(
        _("Off the subject"), _("It is not about what the article above it is about.")
    ),
    "rude": Reason(_("Insulting or hateful"), _("It attacks somebody instead of what they say.")),
    "unsafe": Reason(
        _("Dangerous advice"), _("It gives advice about health that could hurt somebody.")
    ),
    "private": Reason(
        _("Private things"), _("It tells things about somebody that are nobody else’s business.")
    ),
    "advertising": Reason(
        _("Advertising"), _("It advertises something, which the comments are not for.")
    ),
    "again": Reason(_("Said already"), _("It says again what stands in another comment.")),
}


def label_of(reason: str) -> str:
    """For moderators: the label of a code, other words as they are."""
    known = REASONS.get(reason)
    return str(known.label) if known else reason


def sentence_of(reason: str) -> str:
    """For the writer: the sentence of a code, a moderator's words as they are, "" without one."""
    known = REASONS.get(reason)
    return str(known.sentence) if known else reason
