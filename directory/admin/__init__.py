"""The editors' pages for the directory."""

from directory.admin import letters, licenses, offices, practitioners, reports, vocabulary

__all__ = ["letters", "licenses", "offices", "practitioners", "reports", "vocabulary"]
