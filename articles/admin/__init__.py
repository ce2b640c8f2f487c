"""The editors' pages for the publication."""

from articles.admin import articles, authors, features, images, links, tags

__all__ = ["articles", "authors", "features", "images", "links", "tags"]
