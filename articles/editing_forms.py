"""The form of an article as its page in the admin uses it: it knows what it was typed upon."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms import SplitDateTimeField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.forms import YEARS, ArticleForm
from articles.models import Article, Revision
from articles.models.versions import LASTING_FIELDS
from articles.next_versions import check_schedule
from articles.revisions import latest_revision
from articles.widgets import DateAndTime

Status = Article.Status
NUMBER_LIMIT = 2**31 - 1
# A next version has these of its article; its change is dated with the moment it goes out.
NOT_ITS_OWN = {*LASTING_FIELDS, "revised_at"}


class EditingForm(ArticleForm):
    """An article with the number of the revision that it was opened at.

    Where somebody has saved since, the form is not valid, once: `overtaken_by` is the last save, to
    be shown, and what is sent then is typed upon that one.
    """

    base_number = forms.IntegerField(
        required=False, widget=forms.HiddenInput, min_value=0, max_value=NUMBER_LIMIT
    )
    draft_version = forms.IntegerField(
        required=False, widget=forms.HiddenInput, min_value=0, max_value=NUMBER_LIMIT
    )
    draft = forms.IntegerField(required=False, widget=forms.HiddenInput, max_value=2**63 - 1)
    note = forms.CharField(
        label=_("Note for colleagues"),
        max_length=200,
        required=False,
        help_text=_("What you changed, and why. It stands in the history; readers do not see it."),
    )

    overtaken_by: Revision | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        latest = latest_revision(self.instance) if self.instance.pk else None
        self.latest = latest
        self.initial.setdefault("base_number", latest.number if latest else 0)
        self.initial.setdefault("draft_version", 0)

    def clean(self):
        values = super().clean()
        base_number = values.get("base_number")
        if self.latest and base_number is not None and base_number != self.latest.number:
            self.overtaken_by = self.latest
            self.data = self.data.copy()
            self.data["base_number"] = str(self.latest.number)
            self.add_error(
                None,
                ValidationError(
                    _("Somebody has saved this in the meantime. Nothing of either is lost."),
                    code="overtaken",
                ),
            )
        return values


class NextVersionForm(EditingForm):
    """The next version of a published article, and when it goes out."""

    goes_out_at = SplitDateTimeField(
        label=_("Goes out at"),
        required=False,
        widget=DateAndTime,
        help_text=_("From this minute on readers get it. Empty: it waits."),
    )

    class Meta(EditingForm.Meta):
        fields = ["status", *(name for name in EditingForm.Meta.fields if name not in NOT_ITS_OWN)]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("goes_out_at", self.instance.next_of.next_version_at)
        chosen = (Status.DRAFT, Status.IN_REVIEW)
        if "status" in self.fields:
            self.fields["status"].choices = [(value, value.label) for value in chosen]

    def clean(self):
        values = super().clean()
        goes_out_at = values.get("goes_out_at")
        if not goes_out_at:
            return values
        if goes_out_at.year not in YEARS:
            self.add_error("goes_out_at", _("Please look at the year again."))
            return values
        try:
            check_schedule(self.instance.next_of, goes_out_at=goes_out_at, at=timezone.now())
        except ValidationError as error:
            self.add_error("goes_out_at", error)
        self._check_publishable()
        return values


def filled(form_class: type[forms.ModelForm], data) -> type[forms.ModelForm]:
    """The form class, whose forms come up holding `data` although nothing was sent."""

    class FilledForm(form_class):
        def __init__(self, *args, **kwargs):
            kwargs.pop("initial", None)
            super().__init__(data, *args, **kwargs)

    return FilledForm
