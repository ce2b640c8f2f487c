"""What readers see of a comment and of who wrote it, whatever holds it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.bodies import href_of


class Shown:
    """What readers see of a comment, from its `status`, `commenter_name`, `website`, `editor`,
    `practitioner` and `is_licensed`; editor and practitioner may be None."""

    __slots__ = ()

    class Status(models.TextChoices):
        PENDING = "pending", _("Waiting")
        APPROVED = "approved", _("Approved")
        SPAM = "spam", _("Spam")
        REMOVED = "removed", _("Removed")

    def is_approved(self):
        """The same rule as `CommentQuerySet.approved`."""
        return self.status == self.Status.APPROVED

    def shown_name(self):
        """The name that readers see: that of the listing for a checked practitioner who is listed.

        Without a listing the comment stands under what was typed.
        """
        if self.editor:
            return self.commenter_name or self.editor.get_full_name() or _("The editors")
        if self.has_listing():
            return self.practitioner.name
        return self.commenter_name or _("Anonymous")

    def shown_letters(self):
        """The letters after the name, which nobody gets by typing them."""
        return self.practitioner.letters if self.has_listing() else ""

    def shown_website(self):
        """The web site of a reader, as an attribute can hold it; empty unless settings ask for it.

        Editors and practitioners have their own pages here.
        """
        if not settings.COMMENTS_ASK_WEBSITE or self.editor or self.has_listing():
            return ""
        return href_of(self.website) or ""

    def has_listing(self):
        """Whether it is a practitioner's whose listing everybody can see, with a checked license.

        Asked whenever it is shown: the mark goes with the listing and with the license.
        """
        return self.practitioner is not None and self.practitioner.is_listed() and self.is_licensed
