"""The form that says what is wrong with a listing."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from acutake.lib.text import clean_lines
from acutake.lib.uncut import let_paste_whole
from directory.models import Subject
from directory.models.reports import LONGEST_REPORT

SUBJECTS_READ = 20


class ReportForm(forms.Form):
    """What a reader saw. The form's token is the view's, since it is no one's word.

    `topic` is a trap: people do not see it, and programs fill whatever they find.
    """

    subjects = forms.MultipleChoiceField(
        label=gettext_lazy("What is wrong?"),
        choices=Subject.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("The form has no choice “%(value)s”.")},
    )
    text = forms.CharField(
        label=gettext_lazy("What did you find, and how do you know?"),
        required=False,
        max_length=LONGEST_REPORT,
        help_text=gettext_lazy(
            "Only the editors read it. Please write nothing about your own health."
        ),
        error_messages={
            "max_length": ngettext_lazy(
                "This is longer than %(limit_value)d character (it has %(show_value)d). "
                "Please shorten it.",
                "This is longer than %(limit_value)d characters (it has %(show_value)d). "
                "Please shorten it.",
                "limit_value",
            )
        },
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail (not published; only to ask back)"),
        required=False,
        max_length=254,
        help_text=gettext_lazy(
            "May stay empty. It is erased when the report is closed, after 90 days at the latest."
        ),
        error_messages={
            "invalid": gettext_lazy(
                "This is no e-mail address. It needs a form like name@example.org."
            ),
            "max_length": gettext_lazy("No e-mail address is that long. Please look at it again."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    topic = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, data: QueryDict | None = None):
        super().__init__(
            None if data is None else typed(data), auto_id="report_%s", label_suffix=""
        )
        let_paste_whole(self)

    def clean(self):
        """Something must be said: which fact, or what is wrong in words."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        subjects, text = cleaned["subjects"], cleaned["text"]
        if not subjects and not text:
            raise ValidationError(_("Please choose what is wrong, or write it down."))
        if subjects == [Subject.OTHER] and not text:
            self.add_error("text", _("Please write down what is wrong."))
        return cleaned


def typed(post: QueryDict) -> MultiValueDict:
    """What was typed into the form, without what no page or database could hold."""
    values = {name: [clean_lines(post.get(name, ""))] for name in ("text", "email", "topic")}
    chosen = [clean_lines(value)[:40] for value in post.getlist("subjects")[:SUBJECTS_READ]]
    return MultiValueDict({**values, "subjects": chosen})
