"""What the search over the whole site compares. Derived: `articles.search_index` writes it."""

from django.db import models

from acutake.lib.fulltext import TermsField
from articles.models.articles import Article


class ArticleTerms(models.Model):
    """The words of an article or a next version, public or not.

    Those of the headline are the narrowest level; then come the dek, the authors and tags, then
    what the text says often, then all of the text.
    """

    article = models.OneToOneField(Article, models.CASCADE, related_name="terms", primary_key=True)
    terms = TermsField()

    def __str__(self):
        return f"terms of article {self.pk}"
