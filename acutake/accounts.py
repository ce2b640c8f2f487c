"""Accounts in the admin: whoever stands in the log of who did what is deactivated, not deleted."""

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import Count
from django.utils.translation import ngettext

admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Django's own, but for deleting: an account takes its entries in the log along."""

    def get_deleted_objects(self, objs, request):
        to_delete, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        logged = LogEntry.objects.filter(user__in=[user.pk for user in objs])
        entries = logged.values("user__username").annotate(count=Count("pk"))
        lines = [_line(**entry) for entry in entries.order_by("user__username")]
        return to_delete, counts, perms_needed, [*protected, *lines]


def _line(user__username: str, count: int) -> str:
    words = ngettext(
        "%(count)s entry of %(name)s in the log. Make the account inactive instead.",
        "%(count)s entries of %(name)s in the log. Make the account inactive instead.",
        count,
    )
    return words % {"count": count, "name": user__username}
