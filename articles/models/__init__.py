"""The publication's tables."""

from articles.models.articles import Article, ArticlePath
from articles.models.authors import Author, Byline
from articles.models.images import Image, Rendition

__all__ = ["Article", "ArticlePath", "Author", "Byline", "Image", "Rendition"]
