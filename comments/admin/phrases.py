"""The words that moderators watch for."""

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.ban_forms import PhraseForm
from comments.models import Phrase
from comments.screening.watching import MOST_TRIED, approved_with


@admin.register(Phrase)
class PhraseAdmin(admin.ModelAdmin):
    """Words that hold a comment or make it spam. Saving says what they would have met."""

    form = PhraseForm
    list_display = ["text", "effect"]
    list_filter = ["effect"]
    search_fields = ["text"]

    def changelist_view(self, request, extra_context=None):
        title = {"title": _("Words to watch for")}
        return super().changelist_view(request, title | (extra_context or {}))

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if count := approved_with(obj):
            text = ngettext(
                "Of the last %(most)s approved comments, %(count)s holds “%(text)s”.",
                "Of the last %(most)s approved comments, %(count)s hold “%(text)s”.",
                count,
            )
            words = {"most": f"{MOST_TRIED:,}", "count": f"{count:,}", "text": obj.text}
            self.message_user(request, text % words, messages.WARNING)
