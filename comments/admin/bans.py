"""Whose comments are spam."""

from django.contrib import admin
from django.db import models
from django.forms import SplitDateTimeField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.widgets import DateAndTime
from comments.ban_forms import BanForm
from comments.models import Ban


@admin.register(Ban)
class BanAdmin(admin.ModelAdmin):
    """A ban is given, prolonged and lifted; whom it means is typed once and never changes."""

    form = BanForm
    formfield_overrides = {
        models.DateTimeField: {"form_class": SplitDateTimeField, "widget": DateAndTime}
    }
    list_display = ["whom", "reason", "by", "created_at", "ends_at"]
    list_filter = ["kind", "ends_at"]
    list_select_related = ["by"]
    search_fields = ["reason", "value"]
    show_full_result_count = False

    def get_fields(self, request, obj=None):
        known = ["whom", "reason", "ends_at", "by", "created_at"]
        return known if obj else ["banned", "reason", "ends_at"]

    def get_readonly_fields(self, request, obj=None):
        return ["whom", "by", "created_at"] if obj else []

    def changelist_view(self, request, extra_context=None):
        title = {"title": _("Bans")}
        return super().changelist_view(request, title | (extra_context or {}))

    @admin.display(description=gettext_lazy("whom"), ordering="kind")
    def whom(self, ban):
        if ban.kind == Ban.Kind.NETWORK:
            return ban.value
        # Enough to tell two of them apart.
        return _("%(kind)s (%(key)s…)") % {"kind": ban.get_kind_display(), "key": ban.value[:8]}

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if obj:
            form.base_fields.pop("banned", None)
        return form

    def save_model(self, request, obj, form, change):
        if not change:
            obj.by, obj.created_at = request.user, timezone.now()
        super().save_model(request, obj, form, change)
