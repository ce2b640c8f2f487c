"""The site's own app and its admin site."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _
from taggit.apps import TaggitAppConfig


class AcuTakeConfig(AppConfig):
    """The site around the three apps: home, search, demonstration content, checks."""

    name = "acutake"
    verbose_name = _("AcuTake")

    def ready(self):
        from django.core.checks import register

        from acutake.checks import check_comments, check_feeds, check_production

        register(check_production)
        register(check_feeds)
        register(check_comments)


class AcuTakeAdminConfig(AdminConfig):
    """Django's admin with the editorial index in front."""

    default_site = "acutake.admin.EditorialAdminSite"

    def ready(self):
        super().ready()
        # After the admin has found those of all apps, since it replaces one of them.
        import acutake.accounts  # noqa: F401

        import_module("acutake.moving_admin")


class TagsConfig(TaggitAppConfig):
    """Tags, under the word that editors know for them."""

    verbose_name = _("Tags")
