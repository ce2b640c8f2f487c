"""Settings of the site. Everything that varies comes from the environment or from var/.env.

The README lists the variables. `ENVIRONMENT=production` turns on what a public server needs, and
`acutake.checks` then refuses to start with a value that is only safe on one's own machine.
"""

import os
from pathlib import Path
from urllib.parse import quote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from acutake.csp import CSP

BASE_DIR = Path(__file__).resolve().parent.parent
# Everything that a running site writes.
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))

VAR_DIR.mkdir(exist_ok=True)
env = environ.Env()
env.read_env(VAR_DIR / ".env")


def whole_number(name: str, *, default: int) -> int:
    """Raise ImproperlyConfigured, which says what is wrong with which variable."""
    try:
        return env.int(name, default=default)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {env.str(name)!r}: no whole number.") from error


# The process

ENVIRONMENT = env.str("ENVIRONMENT", default="local")
IS_PRODUCTION = ENVIRONMENT == "production"
DEBUG = env.bool("DEBUG", default=False)
DEFAULT_SECRET_KEY = "only-for-one's-own-machine"  # noqa: S105  production refuses it
SECRET_KEY = env.str("SECRET_KEY", default=DEFAULT_SECRET_KEY)
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

ROOT_URLCONF = "acutake.urls"
WSGI_APPLICATION = "acutake.wsgi.application"

INSTALLED_APPS = [
    "acutake.apps.AcuTakeConfig",
    "comments",
    "articles",
    "directory",
    "acutake.apps.AcuTakeAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "js_asset",
    "acutake.apps.TagsConfig",
]

MIDDLEWARE = [
    "acutake.middleware.client_address",
    "django.middleware.security.SecurityMiddleware",
    "acutake.compression.compress_public_pages",
    "acutake.middleware.content_security_policy",
    "acutake.middleware.permissions_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "acutake.middleware.refuse_malformed_address",
    "acutake.middleware.cache_headers",
    "acutake.middleware.lead_from_old_addresses",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "acutake.middleware.refuse_impossible_values",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "acutake.context_processors.csp",
                "acutake.context_processors.site",
            ],
        },
    }
]

# Data

SQLITE_OPTIONS = {
    # A writer takes its lock at once instead of failing when it upgrades a read lock.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
        "PRAGMA busy_timeout = 20000; PRAGMA cache_size = -64000; PRAGMA mmap_size = 268435456;"
        "PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864"
    ),
}

# A path is quoted because an address cannot hold a space.
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{quote(str(VAR_DIR))}/db.sqlite3"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Compiling a plan for a search took 360 ms, running it 40 (docs/decisions, 8).
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

vars().update(env.email_url("EMAIL_URL", default="filemail:"))
if "EMAIL_URL" not in env:
    EMAIL_FILE_PATH = VAR_DIR / "mail"
# Without it a worker waits for ever on a mail server that says nothing.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="AcuTake <editors@acutake.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "acutake" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# What is uploaded for the editors alone; no server may serve it.
PRIVATE_ROOT = VAR_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "acutake.staticfiles.BundledStaticFilesStorage"},
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [
    *("jpg", "jpeg", "png", "gif", "webp", "avif", "ico", "zip", "gz", "br", "woff", "woff2"),
    "map",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_PERMISSIONS = 0o644

# Language and time

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="America/New_York")

# People

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# Where a log-in leads that does not know where it came from, or names another site.
LOGIN_REDIRECT_URL = "admin:index"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# A cookie of its own, which only the admin's forms set: kept in the session, it would be looked up
# for every public page, and no cache could keep them.
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "acutake.views.csrf_failure"

# Security

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}
# Street maps behind the results, from an operator's own server: with {z}, {x} and {y}.
MAP_TILE_URL = env.str("MAP_TILE_URL", default="")
MAP_TILE_CREDIT = env.str("MAP_TILE_CREDIT", default="")
if MAP_TILE_URL:
    SECURE_CSP["img-src"].append("://".join(urlsplit(MAP_TILE_URL)[:2]))
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# The address of a search holds a place: it stays on this site.
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# How many proxies of our own stand before the server, each adding to X-Forwarded-For.
TRUSTED_PROXY_COUNT = whole_number("TRUSTED_PROXY_COUNT", default=0)
if IS_PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# A log line never holds a query string: it may hold the place that somebody searched for.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "errors": {"class": "logging.StreamHandler", "formatter": "plain", "level": "ERROR"},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        # The task worker sets its loggers' level itself; tasks that fail are errors.
        "django_tasks": {"handlers": ["errors"], "propagate": False},
        "django_tasks_db": {"handlers": ["errors"], "propagate": False},
    },
}

# What Django 6 does of itself: an address typed without a scheme is taken as https.
FORMS_URLFIELD_ASSUME_HTTPS = True

# Tags: "Running" is "running", and an address is of ASCII letters.
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = True

# AcuTake's own

# Whether links to other sites are asked now and then if they still answer.
CHECKS_LINKS = env.bool("CHECKS_LINKS", default=IS_PRODUCTION)
# What stands in the feeds of an article: "full", or "summary" (its dek).
FEED_CONTENT = env.str("FEED_CONTENT", default="full")
# Which comments wait for a moderator: "all", "first" (from who writes for the first time), "links".
COMMENTS_HOLD = env.str("COMMENTS_HOLD", default="all")
# Days after publication in which an article takes comments; 0: for ever.
COMMENTS_CLOSE_AFTER_DAYS = whole_number("COMMENTS_CLOSE_AFTER_DAYS", default=0)
# Whether the form asks for a web site, which is published with the comment.
COMMENTS_ASK_WEBSITE = env.bool("COMMENTS_ASK_WEBSITE", default=False)
# Asks Akismet as well, which then gets every comment with its writer's address and network.
AKISMET_KEY = env.str("AKISMET_KEY", default="")
# Hashes of addresses are made with it. It must never change; SECRET_KEY may.
ADDRESS_KEY = env.str("ADDRESS_KEY", default=SECRET_KEY)
# Erasures are written here as well as into the database, so that a restored one can learn of them.
ERASURES_FILE = Path(env.str("ERASURES_FILE", default=str(VAR_DIR / "erasures.txt")))
# The host in the ids of feeds and their entries, which stays when SITE_URL changes.
FEED_AUTHORITY = env.str("FEED_AUTHORITY", default="" if IS_PRODUCTION else "localhost")
# Seconds for which a public page may be kept by a browser or a cache before it; 0 turns it off.
PUBLIC_CACHE_SECONDS = whole_number("PUBLIC_CACHE_SECONDS", default=60)
