"""The tables of comments."""

from comments.models.comments import (
    LONGEST_BODY,
    LONGEST_NAME,
    Comment,
    CommentQuerySet,
)
from comments.models.mail import Erasure, MailStop, Notice
from comments.models.moderation import Ban, Flag, LearnedWords, ModerationAction, Phrase
from comments.models.shown import Shown

__all__ = [
    "LONGEST_BODY",
    "LONGEST_NAME",
    "Ban",
    "Comment",
    "CommentQuerySet",
    "Erasure",
    "Flag",
    "LearnedWords",
    "MailStop",
    "ModerationAction",
    "Notice",
    "Phrase",
    "Shown",
]
