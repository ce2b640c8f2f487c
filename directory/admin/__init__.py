"""The editors' pages for the directory."""

from directory.admin import offices, practitioners, reports, vocabulary

__all__ = ["offices", "practitioners", "reports", "vocabulary"]
