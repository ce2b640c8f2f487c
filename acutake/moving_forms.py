"""The form to upload a WordPress export."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.wordpress.survey import PAGES

MOST_BYTES = 600 * 2**20
# The version stands before the first item.
HEAD_BYTES = 2**16
MARK = b"wxr_version"
PAGE_CHOICES = dict(
    zip(PAGES, [_("They become articles"), _("They are left out, and named")], strict=True)
)


class ExportForm(forms.Form):
    """Refuses at once what is no export at all; what is broken in it the worker finds."""

    file = forms.FileField(
        label=_("Export file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xml,text/xml,application/xml"}),
        help_text=_("It is only checked at first; nothing is changed before you say so."),
    )
    pages = forms.ChoiceField(label=_("Pages such as “About us”"), choices=PAGE_CHOICES.items())

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(
                _("The file is larger than 600 MB: export a year at a time, one after the other.")
            )
        head = file.read(HEAD_BYTES)
        file.seek(0)
        # Of UTF-16 every second byte is empty.
        if MARK not in head.replace(b"\0", b""):
            raise ValidationError(
                _("This is no WordPress export: in WordPress, choose Tools, Export, All content.")
            )
        return file
