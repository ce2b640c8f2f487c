"""The form that asks for everything that is held for an address."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from acutake.lib.text import clean_text
from acutake.lib.uncut import let_paste_whole


class AskForm(forms.Form):
    """An address. The form's token is the view's, since it is no one's word."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("The one that you gave with a comment."),
        error_messages={
            "required": _("Please type the address that you wrote with."),
            "invalid": _("This is no e-mail address. It needs a form like name@example.org."),
            "max_length": _("No e-mail address is that long. Please look at it again."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, data: QueryDict | None = None):
        super().__init__(None if data is None else typed(data), auto_id="ask_%s", label_suffix="")
        let_paste_whole(self)


def typed(post: QueryDict) -> dict[str, str]:
    """What was typed into the form, without what no page or database could hold."""
    return {"email": clean_text(post.get("email", ""), limit=1_000)}
