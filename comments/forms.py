"""The form under an article."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from acutake.lib.text import clean_lines, clean_text
from articles.models import Article
from comments.models import LONGEST_BODY, LONGEST_NAME, Comment


class CommentForm(forms.Form):
    """A comment as its writer typed it. The form's token is the view's, since it is no one's word.

    `subject` is a trap: people do not see it, and programs fill whatever they find.
    """

    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("Left empty, the comment is signed “Anonymous”."),
        error_messages={
            "max_length": ngettext_lazy(
                "This name is longer than %(limit_value)d character (it has %(show_value)d). "
                "Please shorten it.",
                "This name is longer than %(limit_value)d characters (it has %(show_value)d). "
                "Please shorten it.",
                "limit_value",
            )
        },
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("E-mail (not published)"),
        required=False,
        max_length=254,
        help_text=_("May stay empty. Only the moderators see it."),
        error_messages={
            "invalid": _("This is no e-mail address. It needs a form like name@example.org."),
            "max_length": _("No e-mail address is that long. Please look at it again."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    body = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST_BODY,
        help_text=_("Plain text. Web addresses become links."),
        error_messages={
            "required": _("There is no comment yet. Please write something."),
            "max_length": ngettext_lazy(
                "The comment is longer than %(limit_value)d character (it has %(show_value)d). "
                "Please shorten it.",
                "The comment is longer than %(limit_value)d characters (it has %(show_value)d). "
                "Please shorten it.",
                "limit_value",
            ),
        },
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    parent = forms.ModelChoiceField(
        Comment.objects.none(),
        required=False,
        error_messages={
            "invalid_choice": _(
                "The comment that you answer is no longer shown. Sent again, what you wrote will "
                "stand by itself."
            )
        },
        widget=forms.HiddenInput,
    )
    subject = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args, article: Article, **kwargs):
        super().__init__(*args, auto_id="comment_%s", label_suffix="", **kwargs)
        self.fields["parent"].queryset = article.comments.approved()


def typed(post: QueryDict) -> dict[str, str]:
    """What was typed into the form, without what no page or database could hold."""
    values = {name: clean_lines(post.get(name, "")) for name in CommentForm.base_fields}
    # Far more than the form allows, so that it can say so and give the name back whole.
    values["name"] = clean_text(values["name"], limit=4_000)
    return values
