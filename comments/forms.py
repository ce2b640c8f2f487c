"""The form under an article, and the one that changes a comment."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from acutake.lib.addresses import holds_address
from acutake.lib.text import clean_lines, clean_text
from acutake.lib.uncut import let_paste_whole
from articles.models import Article
from comments.models import LONGEST_BODY, LONGEST_NAME, Comment

NO_WEBSITE = _("This is no web address. It needs a form like https://example.org.")

# With AKISMET_KEY alone.
SHARED_EMAIL = _(
    "May stay empty. Only the moderators and Akismet see it, and we mail there only if you ask for "
    "it."
)
TELLS_AKISMET = _(
    "To find spam, it is sent to Akismet, a service of another company, with your name, your "
    "e-mail address and your network address."
)


class BodyForm(forms.Form):
    """The words of a comment."""

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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        let_paste_whole(self)


class CommentForm(BodyForm):
    """A comment as its writer typed it. The form's token is the view's, since it is no one's word.

    `subject` is a trap: people do not see it, and programs fill whatever they find.
    """

    field_order = ("name", "email", "website", "body")

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
        help_text=_(
            "May stay empty. Only the moderators see it, and we mail there only if you ask for it."
        ),
        error_messages={
            "invalid": _("This is no e-mail address. It needs a form like name@example.org."),
            "max_length": _("No e-mail address is that long. Please look at it again."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.URLField(
        label=_("Web site"),
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text=_("May stay empty. Your name becomes a link to it."),
        error_messages={
            "invalid": NO_WEBSITE,
            "max_length": _("This web address is too long. Please leave it out."),
        },
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
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
        if not settings.COMMENTS_ASK_WEBSITE:
            del self.fields["website"]
        if settings.AKISMET_KEY:
            self.fields["email"].help_text = SHARED_EMAIL
            self.fields["body"].help_text = format_lazy(
                "{} {}", self.fields["body"].help_text, TELLS_AKISMET
            )

    def clean_name(self):
        """A name is published, and an e-mail address never is."""
        name = self.cleaned_data["name"]
        if holds_address(name):
            raise ValidationError(
                _(
                    "This is an e-mail address, and the name is published. Please write another "
                    "name, or leave it empty."
                )
            )
        return name

    def clean_website(self):
        """Of the web, and without a name before the host, which makes it look like another one."""
        website = self.cleaned_data["website"]
        parts = urlsplit(website)
        if website and (parts.scheme not in {"http", "https"} or "@" in parts.netloc):
            raise ValidationError(NO_WEBSITE)
        return website


class EditForm(BodyForm):
    """Other words for a comment that is there already."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="own_%s", label_suffix="", **kwargs)
        self.fields["body"].label = _("Your comment")


def typed(post: QueryDict) -> dict[str, str]:
    """What was typed into the form, without what no page or database could hold."""
    values = {name: clean_lines(post.get(name, "")) for name in CommentForm.base_fields}
    # Far more than the form allows, so that it can say so and give the name back whole.
    for name in ("name", "website"):
        values[name] = clean_text(values[name], limit=4_000)
    return values
