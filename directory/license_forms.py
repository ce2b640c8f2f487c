"""The form for a license, and what saving it means for the check that somebody made of it."""

from django import forms
from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory.license_registers import register_of
from directory.licensing import clear_verification, record_verification
from directory.models import License

FACTS = ("number", "state_code", "expires_on")
CHECK = ("verified_on", "source_url", "verification_note")


def seen_of(held: License) -> str:
    """What an editor has before their eyes when the form is opened, to be compared on saving."""
    shown = (held.number, held.state_code, held.expires_on, held.verified_on)
    return "|".join("" if value is None else str(value) for value in shown)


class LicenseForm(forms.ModelForm):
    """Who checked it is never typed: it is `by`, who sends the form.

    A check belongs to the facts that were seen: when these change and no new day is given, it is
    taken back (`is_taken_back`) and the license waits to be looked up again.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = License
        fields = [*FACTS, *CHECK]
        widgets = {
            "number": forms.TextInput(attrs={"size": 16}),
            "state_code": forms.TextInput(attrs={"size": 4}),
            "source_url": forms.URLInput(attrs={"class": "vURLField"}),
        }

    def __init__(self, *args, by: AbstractBaseUser | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.initial["seen"] = seen_of(self.instance) if self.instance.pk else ""
        register = register_of(self.instance.state_code)
        if register and not self.instance.verified_on:
            self.initial["source_url"] = register.url

    def clean_number(self):
        return " ".join(self.cleaned_data["number"].split())

    def clean_state_code(self):
        return self.cleaned_data["state_code"].upper()

    def clean_verified_on(self):
        verified_on = self.cleaned_data["verified_on"]
        if verified_on and verified_on > timezone.localdate():
            raise forms.ValidationError(_("A check cannot be in the future."), code="future")
        return verified_on

    def clean(self):
        cleaned = super().clean()
        self._refuse_what_was_overtaken()
        if self.is_taken_back or self.errors:
            return cleaned
        has_proof = bool(cleaned["source_url"] or cleaned["verification_note"])
        if cleaned["verified_on"] and not has_proof:
            self.add_error("source_url", _("Say where you looked it up, or in the note how."))
        if not cleaned["verified_on"]:
            if {"source_url", "verification_note"} & set(self.changed_data) and has_proof:
                self.add_error("verified_on", _("Say on which day you looked it up."))
            cleaned["source_url"] = cleaned["verification_note"] = ""
        return cleaned

    def _refuse_what_was_overtaken(self) -> None:
        """Whoever was slower sees what it is now, keeps what they typed, and can save again.

        The admin's transaction holds the row from here on.
        """
        seen = self.cleaned_data.get("seen")
        if not (self.instance.pk and seen):
            return
        now = License.objects.select_for_update().get(pk=self.instance.pk)
        if seen == seen_of(now):
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = seen_of(now)
        words = _(
            "Somebody has changed this license in the meantime. It is now %(license)s, valid until "
            "%(end)s, verified on %(day)s. Compare it with what you have typed, then save again."
        )
        none = _("not stated")
        values = {
            "license": now,
            "end": date_format(now.expires_on) if now.expires_on else none,
            "day": date_format(now.verified_on) if now.verified_on else none,
        }
        self.add_error(None, words % values)

    @property
    def is_taken_back(self) -> bool:
        was_checked = bool(self.instance.pk and self.initial.get("verified_on"))
        changed = set(self.changed_data)
        return was_checked and bool(changed & set(FACTS)) and "verified_on" not in changed

    @property
    def taken_back_words(self) -> str:
        return _(
            "License %(license)s was changed, so its earlier check no longer counts. Look it up "
            "again and set the day."
        ) % {"license": self.instance}

    def save(self, commit=True):
        """With `commit`, also records or takes back the check, and tells the search."""
        held = super().save(commit=False)
        if commit:
            self.save_check()
        return held

    def save_check(self) -> None:
        held, is_new_check = self.instance, bool(set(CHECK) & set(self.changed_data))
        if self.is_taken_back or not held.verified_on:
            clear_verification(held)
        elif is_new_check:
            record_verification(
                held,
                on=held.verified_on,
                by=self.by,
                source_url=held.source_url,
                note=held.verification_note,
                at=timezone.now(),
            )


class LicenseFormSet(forms.BaseInlineFormSet):
    """The licenses of one practitioner; `request` is set by the admin's inline."""

    request = None

    def get_form_kwargs(self, index):
        return {**super().get_form_kwargs(index), "by": self.request and self.request.user}

    def save(self, commit=True):
        """Says of each check that was taken back that it was."""
        saved = super().save(commit)
        for form in self.forms:
            if form.instance in saved and form.is_taken_back:
                messages.warning(self.request, form.taken_back_words)
        return saved
