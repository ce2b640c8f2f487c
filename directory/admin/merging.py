"""Rows that mean the same become one of them: chosen in a list, asked once more, and logged."""

from django.contrib import admin, messages
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _


class MergingAdmin(admin.ModelAdmin):
    """Gives the list an action for it. The page that asks is `merge_template`.

    A subclass says in `merge` what becomes of the rows, in `for_merge` how much hangs on each, and
    in `merged_words` what an editor reads afterwards.
    """

    actions = ["merge_selected"]
    merge_template = "admin/merge_confirmation.html"

    def for_merge(self, queryset):
        return queryset

    def merge(self, kept, rows) -> int:
        """Merges all the others into `kept`; returns how many have another one now."""
        raise NotImplementedError

    def merged_words(self, count: int) -> str:
        """With places for `names` and `kept`."""
        raise NotImplementedError

    @admin.action(description=_("Merge into one of them"), permissions=["delete"])
    def merge_selected(self, request, queryset):
        """Asks which one stays, then merges the others into it."""
        rows = list(self.for_merge(queryset))
        kept = next((row for row in rows if str(row.pk) == request.POST.get("kept")), None)
        if len(rows) < 2:
            self.message_user(request, _("Choose two or more to merge."), messages.WARNING)
            return None
        if kept is None:
            context = {
                **self.admin_site.each_context(request),
                "title": _("Merge %(names)s") % {"names": ", ".join(row.name for row in rows)},
                "opts": self.opts,
                "rows": rows,
            }
            return TemplateResponse(request, self.merge_template, context)
        names = ", ".join(row.name for row in rows if row != kept)
        with transaction.atomic():
            count = self.merge(kept, rows)
            self.log_change(request, kept, _("Merged with %(names)s.") % {"names": names})
        told = {"names": names, "kept": kept, "count": count}
        self.message_user(request, self.merged_words(count) % told, messages.SUCCESS)
        return None
