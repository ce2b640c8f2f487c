"""The editors' pages for the publication."""

from articles.admin import articles, authors, images, tags

__all__ = ["articles", "authors", "images", "tags"]
