"""The publication's tables."""

from articles.models.articles import Article, ArticlePath, Feature
from articles.models.authors import Author, Byline
from articles.models.images import Image, ImageUse, Rendition
from articles.models.links import OutsideLink
from articles.models.revisions import Draft, Revision

__all__ = [
    "Article",
    "ArticlePath",
    "Author",
    "Byline",
    "Draft",
    "Feature",
    "Image",
    "ImageUse",
    "OutsideLink",
    "Rendition",
    "Revision",
]
