"""What moderators type to ban somebody, and to watch for words."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from acutake.lib.addresses import address_key
from acutake.lib.terms import STOP_WORDS
from acutake.lib.text import clean_text
from comments.banning import check_reason
from comments.models import Ban, Phrase
from comments.screening.bans import parse_network
from comments.screening.watching import words_of
from comments.screening.writing import undisguised

LONGEST_TYPED = 254


class BanForm(forms.ModelForm):
    """A new ban. The address that is typed is kept as a keyed hash, and nowhere else."""

    banned = forms.CharField(
        label=_("E-mail address or network"),
        max_length=LONGEST_TYPED,
        help_text=_(
            "An address is kept as a keyed hash and cannot be read again. Say below why, without "
            "it. A network is written like 192.0.2.0/24 or 2001:db8::/32, or as one address."
        ),
    )

    class Meta:
        model = Ban
        fields = ["reason", "ends_at"]
        help_texts = {
            "reason": _("For the moderators. Please write no address."),
            "ends_at": _("Left empty: until it is lifted."),
        }

    def clean_banned(self):
        """Kind and value of the ban."""
        typed = self.cleaned_data["banned"].strip()
        if "@" in typed:
            validate_email(typed)
            found = Ban.Kind.ADDRESS, address_key(typed)
        else:
            found = Ban.Kind.NETWORK, parse_network(typed)
        if Ban.objects.filter(kind=found[0], value=found[1]).exists():
            raise ValidationError(_("This is banned already; the list of bans has it."))
        return found

    def clean_reason(self):
        reason = self.cleaned_data["reason"]
        check_reason(reason)
        return reason

    def save(self, commit=True):
        if "banned" in self.cleaned_data:
            self.instance.kind, self.instance.value = self.cleaned_data["banned"]
        return super().save(commit)


class PhraseForm(forms.ModelForm):
    """A word or a phrase to watch for."""

    class Meta:
        model = Phrase
        fields = ["text", "effect"]
        help_texts = {
            "text": _(
                "Found as whole words, whatever their case, accents and look-alike letters, in "
                "the name, the addresses and the comment."
            ),
            "effect": _("Spam is only listed in the moderators’ spam folder. Hold is the safer."),
        }

    def clean_text(self):
        text = clean_text(self.cleaned_data["text"])
        words = words_of(text)
        if not undisguised(text).strip() or (len(words) == 1 and words[0] in STOP_WORDS):
            raise ValidationError(_("Nearly every comment holds that. Please be more precise."))
        if not words and len(text) == 1 and text.isascii():
            raise ValidationError(_("One sign is too little to go by."))
        return text
