from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """Practitioners, their offices and specialties, places, and the search for them."""

    name = "directory"
    verbose_name = _("Directory")
