from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """The publication: articles, authors, images."""

    name = "articles"
    verbose_name = _("Articles")
