"""The form to upload a file with listings."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directory.importing.running import open_sheet
from directory.importing.sheets import SheetError

MOST_BYTES = 200 * 2**20


class UploadForm(forms.Form):
    """Refuses at once what no worker could read either."""

    file = forms.FileField(
        label=_("CSV file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
        help_text=_("It is only checked at first; nothing is changed before you say so."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 200 MB: split it."))
        try:
            open_sheet(file)
        except SheetError as error:
            raise ValidationError(str(error)) from error
        file.seek(0)
        return file
