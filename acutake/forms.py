"""Logging in to the admin."""

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from acutake.lib.network import network_of
from acutake.lib.throttle import forget, is_allowed

TRIES = 10
WINDOW_MINUTES = 15


class ThrottledLoginForm(AdminAuthenticationForm):
    """Refuses, without looking at the password, after too many tries from one network or name."""

    def clean(self):
        keys = [f"login:from:{network_of(self.request)}", f"login:as:{self._account()}"]
        # Both are counted, so that neither hides what is tried under the other.
        answers = [is_allowed(key, limit=TRIES, seconds=WINDOW_MINUTES * 60) for key in keys]
        if not all(answers):
            raise ValidationError(
                _("Too many tries. Wait %(minutes)s minutes, then try again."),
                code="throttled",
                params={"minutes": WINDOW_MINUTES},
            )
        cleaned = super().clean()
        for key in keys:
            forget(key)
        return cleaned

    def _account(self) -> str:
        return self.cleaned_data.get("username", "").casefold()
