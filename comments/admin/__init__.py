"""The moderators' pages."""

from comments.admin import bans, comments, phrases

__all__ = ["bans", "comments", "phrases"]
