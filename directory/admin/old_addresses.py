"""Old addresses in the admin: written when a slug changes, shown, and deleted by hand."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from acutake.lib.old_addresses import remember_slug


class OldAddressInline(admin.TabularInline):
    """The slugs that lead to a row. Who may change the row may delete them; none is typed."""

    fields = readonly_fields = ["slug"]
    ordering = ["slug"]
    extra = 0
    verbose_name = _("old address")
    verbose_name_plural = _("old addresses, which lead here for good")

    def has_add_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return self._may("view", request) or self._may("change", request)

    def has_change_permission(self, request, obj=None):
        return self._may("change", request)

    def has_delete_permission(self, request, obj=None):
        return self._may("change", request)

    def _may(self, action, request):
        options = self.parent_model._meta
        return request.user.has_perm(f"{options.app_label}.{action}_{options.model_name}")


class RenamingAdmin(admin.ModelAdmin):
    """For what has an address of its own: the slug before a change goes on leading to it."""

    def get_inlines(self, request, obj):
        """What is new has no old address."""
        return super().get_inlines(request, obj) if obj else []

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            remember_slug(obj, form.initial["slug"])
