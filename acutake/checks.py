"""What the site must not run with. Each refusal names the variable that mends it."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured

LOCAL_CACHES = {
    "django.core.cache.backends.locmem.LocMemCache",
    "django.core.cache.backends.dummy.DummyCache",
}
FEED_CONTENTS = ("full", "summary")
# Those of an article, `Article.CommentHold`: no model can be asked before the settings are right.
COMMENT_HOLDS = ("all", "first", "links")
# As many as an article can have of its own.
MOST_DAYS = 9_999
# RFC 4151, 2.1: a name of the domain name system, in small letters as comparing ids wants it.
AUTHORITY = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")


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
        (
            settings.ADDRESS_KEY == settings.SECRET_KEY,
            "ADDRESS_KEY is SECRET_KEY, with which erasures, stopped mail and bans would change.",
            "Set ADDRESS_KEY to 50 random characters; where there are erasures already, to the "
            "SECRET_KEY of now, and SECRET_KEY to another.",
            "acutake.E009",
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


def check_feeds(app_configs=None, **kwargs) -> list[Error]:
    """Errors of the feeds' settings, in every environment. Asks no database."""
    errors = []
    if settings.FEED_CONTENT not in FEED_CONTENTS:
        errors.append(
            Error(
                f"FEED_CONTENT is {settings.FEED_CONTENT!r}.",
                hint="Set FEED_CONTENT to full or to summary.",
                id="acutake.E005",
            )
        )
    if not AUTHORITY.fullmatch(settings.FEED_AUTHORITY):
        example = urlsplit(settings.SITE_URL).hostname
        errors.append(
            Error(
                f"FEED_AUTHORITY is {settings.FEED_AUTHORITY!r}, which is no host.",
                hint=f"Set FEED_AUTHORITY to the site's host, such as {example}, and never change "
                "it: the ids of feeds hold it, and with other ids all that was read is new again.",
                id="acutake.E006",
            )
        )
    return errors


def check_comments(app_configs=None, **kwargs) -> list[Error]:
    """Errors of the comments' settings, in every environment. Asks no database."""
    errors = []
    if settings.COMMENTS_HOLD not in COMMENT_HOLDS:
        errors.append(
            Error(
                f"COMMENTS_HOLD is {settings.COMMENTS_HOLD!r}.",
                hint="Set COMMENTS_HOLD to all, to first or to links.",
                id="acutake.E007",
            )
        )
    if not 0 <= settings.COMMENTS_CLOSE_AFTER_DAYS <= MOST_DAYS:
        errors.append(
            Error(
                f"COMMENTS_CLOSE_AFTER_DAYS is {settings.COMMENTS_CLOSE_AFTER_DAYS}.",
                hint="Set COMMENTS_CLOSE_AFTER_DAYS to a number of days up to "
                f"{MOST_DAYS}, or to 0 to take comments for ever.",
                id="acutake.E008",
            )
        )
    return errors


def refuse_to_start() -> None:
    """Raise ImproperlyConfigured with every finding: a server runs no system checks by itself."""
    if errors := [*check_production(), *check_feeds(), *check_comments()]:
        lines = [f"{error.id}: {error.msg} {error.hint}" for error in errors]
        raise ImproperlyConfigured("\n".join(["The site does not start like this:", *lines]))
