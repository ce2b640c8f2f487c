"""What is asked of the log of who did what."""

from django import forms
from django.contrib.auth.models import User
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from acutake.audit import Criteria

# Days that every zone has; slips of the hand lie outside.
FIRST_YEAR, LAST_YEAR = 1900, 2999


class EditorField(forms.ModelChoiceField):
    """Members of staff, under the names that they stand in the log with."""

    def label_from_instance(self, obj):
        return obj.get_full_name() or obj.get_username()


class AuditForm(forms.Form):
    """Every field may be empty. `kinds` are those that the reader may see, by label."""

    editor = EditorField(
        User.objects.filter(is_staff=True).order_by("first_name", "last_name", "username"),
        label=_("Who"),
        required=False,
        empty_label=_("Everybody"),
    )
    kind = forms.ChoiceField(label=_("About"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        names = sorted((capfirst(kind.name), label) for label, kind in kinds.items())
        choices = [(label, name) for name, label in names]
        self.fields["kind"].choices = [("", _("Everything")), *choices]

    def clean(self):
        values = super().clean()
        for name in ("since", "until"):
            day = values.get(name)
            if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
                self.add_error(name, _("Please look at the year again."))
        since, until = values.get("since"), values.get("until")
        if since and until and since > until:
            self.add_error("until", _("It lies before the first day."))
        return values

    def criteria(self) -> Criteria:
        """Of a form that is valid."""
        values = self.cleaned_data
        return Criteria(
            editor=values["editor"],
            kind=values["kind"],
            since=values["since"],
            until=values["until"],
        )
