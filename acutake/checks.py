"""What a public server must not run with. Each refusal names the variable that mends it."""

from django.conf import settings
from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured

LOCAL_CACHES = {
    "django.core.cache.backends.locmem.LocMemCache",
    "django.core.cache.backends.dummy.DummyCache",
}


def check_production(app_configs=None, **kwargs) -> list[Error]:
    """Errors of a production environment; an empty list anywhere else. Asks no database."""
    if not settings.IS_PRODUCTION:
        return []
    findings = [
        (
            settings.SECRET_KEY == settings.DEFAULT_SECRET_KEY,
            "SECRET_KEY is the default one.",
            "Set SECRET_KEY to at least 50 random characters.",
            "acutake.E001",
        ),
        (settings.DEBUG, "DEBUG is on.", "Unset DEBUG.", "acutake.E002"),
        (
            settings.CACHES["default"]["BACKEND"] in LOCAL_CACHES,
            "CACHE_URL names a cache that processes do not share: limits would not hold.",
            "Set CACHE_URL to a Redis, such as redis://127.0.0.1:6379/0.",
            "acutake.E003",
        ),
        (
            settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3",
            "DATABASE_URL names SQLite, a file on one machine.",
            "Set DATABASE_URL to a PostgreSQL, such as postgres://user@host/acutake.",
            "acutake.E004",
        ),
    ]
    return [Error(text, hint=hint, id=id_) for is_wrong, text, hint, id_ in findings if is_wrong]


def refuse_unsafe_production() -> None:
    """Raise ImproperlyConfigured with every finding: a server runs no system checks by itself."""
    if errors := check_production():
        lines = [f"{error.id}: {error.msg} {error.hint}" for error in errors]
        raise ImproperlyConfigured("\n".join(["Not safe to serve in production:", *lines]))
