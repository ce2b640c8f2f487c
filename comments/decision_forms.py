"""What a moderator types and chooses in the queue."""

from datetime import datetime

from django import forms
from django.http import QueryDict
from django.utils.timezone import is_naive
from django.utils.translation import gettext_lazy as _

from acutake.lib.text import clean_lines
from acutake.lib.uncut import let_paste_whole
from comments.banning import LONGEST_REASON as LONGEST_BAN_REASON
from comments.banning import check_reason
from comments.models import LONGEST_BODY, Comment
from comments.reasons import LONGEST_REASON, REASONS

WITH_AN_ANSWER = {"approve", "answer"}
CHOICES = [("", _("Choose a reason")), *((code, reason.label) for code, reason in REASONS.items())]


class RemovalForm(forms.Form):
    """Why a comment is removed: a code of `comments.reasons`, or words in its place."""

    reason = forms.ChoiceField(
        label=_("Why it is removed"),
        required=False,
        choices=CHOICES,
        help_text=_("Its writer reads the reason, where news of the decision was asked for."),
    )
    words = forms.CharField(
        label=_("Or in your own words, which its writer reads"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def clean_words(self):
        return clean_lines(self.cleaned_data["words"])

    def require_reason(self) -> None:
        """Add an error where nothing says why; for `clean`."""
        is_given = self.cleaned_data.get("words") or self.cleaned_data.get("reason")
        if not is_given and not {"reason", "words"} & self.errors.keys():
            self.add_error(
                "reason", _("Please say why it is removed: choose a reason or write one.")
            )

    def why(self) -> str:
        """The reason of a form that is valid, as `comments.reasons` knows it."""
        return self.cleaned_data["words"] or self.cleaned_data["reason"]


class DecisionForm(RemovalForm):
    """`do` is the button that was pressed. An answer that it would not publish comes back."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    answer = forms.CharField(
        label=_("Answer as an editor"),
        required=False,
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "data-answer": True}),
        help_text=_("Published at once under the comment, which it approves."),
    )
    ban_reason = forms.CharField(
        label=_("Why its writer is banned"),
        required=False,
        max_length=LONGEST_BAN_REASON,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("For the moderators. Please write no address."),
    )
    many_reason = forms.ChoiceField(label=_("Why"), required=False, choices=CHOICES)

    def __init__(self, *args, do: str = "", **kwargs):
        super().__init__(*args, auto_id="queue_%s", label_suffix="", **kwargs)
        self.do = do
        let_paste_whole(self)

    def clean_ban_reason(self):
        reason = self.cleaned_data["ban_reason"]
        check_reason(reason)
        return reason

    def clean(self):
        cleaned = super().clean()
        is_answered = bool(cleaned.get("answer"))
        if self.do == "answer" and not is_answered and "answer" not in self.errors:
            self.add_error("answer", _("There is no answer yet."))
        if is_answered and self.do not in WITH_AN_ANSWER:
            self.add_error(
                "answer", _("This answer would be lost. Publish it first, or empty the box.")
            )
        if self.do == "remove":
            self.require_reason()
        self._require("many_remove", "many_reason", _("Please choose why they are removed."))
        self._require("ban_", "ban_reason", _("Please say why, for the other moderators."))
        return cleaned

    def _require(self, do: str, name: str, words: str) -> None:
        """Add an error where a button whose name begins with `do` has nothing to go by."""
        is_empty = not self.cleaned_data.get(name) and name not in self.errors
        if self.do.startswith(do) and is_empty:
            self.add_error(name, words)

    def as_seen(self, comment: Comment) -> dict:
        """What stood on the page; without it, what is."""
        return read_seen(self.cleaned_data["seen"]) or read_seen(seen_of(comment))


def seen_of(comment: Comment) -> str:
    """What a page says that it shows of a comment: its status, and when its words were changed."""
    return f"{comment.status}@{comment.edited_at.isoformat() if comment.edited_at else ''}"


def read_seen(text: str) -> dict | None:
    """The values of the columns; None for what `seen_of` did not write."""
    status, _at, moment = text.partition("@")
    try:
        edited_at = datetime.fromisoformat(moment) if moment else None
    except ValueError:
        return None
    if status not in Comment.Status.values or (edited_at and is_naive(edited_at)):
        return None
    return {"status": status, "edited_at": edited_at}


def typed(post: QueryDict) -> dict[str, str]:
    """What was typed, without what no page or database could hold."""
    return {name: clean_lines(post.get(name, "")) for name in DecisionForm.base_fields}


def ticked(post: QueryDict) -> dict[int, dict]:
    """What stood on the page of the comments that were ticked, by number."""
    pairs = (entry.partition(":") for entry in post.getlist("ticked"))
    return {
        int(key): seen
        for key, _colon, text in pairs
        if key.isascii() and key.isdecimal() and len(key) < 19 and (seen := read_seen(text))
    }
