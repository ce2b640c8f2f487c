"""The publication's tables."""

from articles.models.articles import Article, ArticlePath, Feature
from articles.models.authors import Author, AuthorPath, Byline
from articles.models.images import Image, ImageUse, Rendition
from articles.models.links import OutsideLink
from articles.models.moving import ImportedItem, OldAddress, WordPressImport
from articles.models.revisions import Draft, Revision
from articles.models.search import ArticleTerms
from articles.models.tags import TagPath

__all__ = [
    "Article",
    "ArticlePath",
    "ArticleTerms",
    "Author",
    "AuthorPath",
    "Byline",
    "Draft",
    "Feature",
    "Image",
    "ImageUse",
    "ImportedItem",
    "OldAddress",
    "OutsideLink",
    "Rendition",
    "Revision",
    "TagPath",
    "WordPressImport",
]
