"""What every template may need to know of the site."""

from django.conf import settings

from acutake.demonstration import is_shown


def csp(request):
    """`csp_nonce`, as Django 6's context processor of the same name gives it."""
    return {"csp_nonce": getattr(request, "csp_nonce", None)}


def site(request):
    """`site_url` without a slash at its end, and whether demonstration content is shown."""
    return {"site_url": settings.SITE_URL, "is_demonstration": is_shown}
