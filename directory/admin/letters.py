"""The list of letters in the admin, and the credentials on a practitioner's screen."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.letters import meanings, spellings_of
from directory.models import Credential, CredentialKind
from directory.search_index import note_change


class CredentialKindForm(forms.ModelForm):
    """Refuses a spelling that another kind has: nobody could tell which of them is meant."""

    def clean(self):
        cleaned = super().clean()
        texts = CredentialKind(
            letters=cleaned.get("letters", ""), spellings=cleaned.get("spellings", "")
        )
        known = meanings()
        others = {
            str(known[spelling])
            for spelling in spellings_of(texts)
            if spelling in known and known[spelling].pk != self.instance.pk
        }
        if others:
            self.add_error(
                "spellings",
                _("Written like this, the letters already mean %(others)s.")
                % {"others": "; ".join(sorted(others))},
            )
        low, high = cleaned.get("hours_low"), cleaned.get("hours_high")
        if high is not None and (low is None or low > high):
            self.add_error("hours_high", _("The hours go from the smaller to the larger number."))
        return cleaned


@admin.register(CredentialKind)
class CredentialKindAdmin(admin.ModelAdmin):
    """What letters mean, for the glossary and every listing at once."""

    form = CredentialKindForm
    list_display = ["letters", "name", "category", "hours_low", "hours_high", "looked_up_on"]
    list_filter = ["category", ("looked_up_on", admin.EmptyFieldListFilter)]
    search_fields = ["letters", "spellings", "name"]
    prepopulated_fields = {"slug": ["letters"]}
    fieldsets = [
        (None, {"fields": ["letters", "slug", "spellings", "name", "category", "issuer"]}),
        (gettext_lazy("Training"), {"fields": ["requirements", ("hours_low", "hours_high")]}),
        (gettext_lazy("Source"), {"fields": ["source_name", "source_url", "looked_up_on"]}),
    ]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        note_change([])

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        note_change([])

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        note_change([])


class CredentialForm(forms.ModelForm):
    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("kind") or cleaned.get("name")):
            self.add_error("name", _("Choose a kind from the list, or say in plain words."))
        return cleaned


class CredentialInline(admin.StackedInline):
    model = Credential
    form = CredentialForm
    fields = [("letters", "kind"), ("name", "issuer", "year")]
    autocomplete_fields = ["kind"]
    extra = 0
