"""The form that reports a comment."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from acutake.lib.text import clean_lines
from acutake.lib.uncut import let_paste_whole
from comments.models import Flag

LONGEST_NOTE = Flag._meta.get_field("note").max_length


class FlagForm(forms.Form):
    """What is wrong with a comment. The form's token is the view's, since it is no one's word.

    `topic` is a trap: people do not see it, and programs fill whatever they find.
    """

    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong with it?"),
        choices=Flag.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Please choose what is wrong."),
            "invalid_choice": gettext_lazy("The form has no choice “%(value)s”."),
        },
    )
    note = forms.CharField(
        label=gettext_lazy("Anything that the moderators should know?"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=gettext_lazy("May stay empty. Only the moderators read it."),
        error_messages={
            "max_length": ngettext_lazy(
                "This is longer than %(limit_value)d character (it has %(show_value)d). "
                "Please shorten it.",
                "This is longer than %(limit_value)d characters (it has %(show_value)d). "
                "Please shorten it.",
                "limit_value",
            )
        },
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    topic = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, data: QueryDict | None = None):
        super().__init__(None if data is None else typed(data), auto_id="flag_%s", label_suffix="")
        let_paste_whole(self)

    def clean(self):
        """What is something else has to be said."""
        cleaned = super().clean()
        if cleaned.get("reason") == Flag.Reason.OTHER and cleaned.get("note") == "":
            self.add_error("note", _("Please write down what is wrong."))
        return cleaned


def typed(post: QueryDict) -> dict[str, str]:
    """What was typed into the form, without what no page or database could hold."""
    values = {name: clean_lines(post.get(name, "")) for name in ("note", "topic")}
    return {**values, "reason": clean_lines(post.get("reason", ""))[:40]}
