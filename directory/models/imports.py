"""Files with listings that editors upload, and what became of each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.uploads import Upload


class ListingImport(Upload):
    """A file with listings; what it holds are rows.

    `refused_bytes` says how much of the file with the refused rows belongs to the counts.
    """

    total = models.PositiveIntegerField(_("rows"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    refused_bytes = models.BigIntegerField(default=0)

    class Meta(Upload.Meta):
        verbose_name = _("import of listings")
        verbose_name_plural = _("imports of listings")

    @property
    def done(self) -> int:
        return self.taken + self.refused
