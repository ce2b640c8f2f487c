"""The editors' pages for the directory."""

from directory.admin import (
    importing,
    letters,
    licenses,
    offices,
    practitioners,
    reports,
    vocabulary,
)

__all__ = ["importing", "letters", "licenses", "offices", "practitioners", "reports", "vocabulary"]
