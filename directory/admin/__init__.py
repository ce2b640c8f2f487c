"""The editors' pages for the directory."""

from directory.admin import offices, practitioners, vocabulary

__all__ = ["offices", "practitioners", "vocabulary"]
