"""Production refuses to start with what is only safe on one's own machine."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from acutake.checks import check_production, refuse_unsafe_production

POSTGRESQL = {"default": {"ENGINE": "django.db.backends.postgresql"}}
SQLITE = {"default": {"ENGINE": "django.db.backends.sqlite3"}}
REDIS = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}
LOCAL = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


class Settings:
    """The values that the checks read, as a safe server has them."""

    IS_PRODUCTION = True
    DEFAULT_SECRET_KEY = "default"
    SECRET_KEY = "a-long-and-random-one"
    DEBUG = False
    CACHES = REDIS
    DATABASES = POSTGRESQL


@pytest.fixture
def production(monkeypatch):
    """Settings of a server, which a test then spoils."""
    monkeypatch.setattr("acutake.checks.settings", Settings)
    return monkeypatch


def test_safe_server_starts(production):
    refuse_unsafe_production()

    assert check_production() == []


@pytest.mark.parametrize(
    ("name", "value", "id_", "variable"),
    [
        ("SECRET_KEY", "default", "acutake.E001", "SECRET_KEY"),
        ("DEBUG", True, "acutake.E002", "DEBUG"),
        ("CACHES", LOCAL, "acutake.E003", "CACHE_URL"),
        ("DATABASES", SQLITE, "acutake.E004", "DATABASE_URL"),
    ],
)
def test_unsafe_value_is_refused_by_name(production, name, value, id_, variable):
    production.setattr(Settings, name, value)

    assert [error.id for error in check_production()] == [id_]
    with pytest.raises(ImproperlyConfigured, match=variable):
        refuse_unsafe_production()


def test_every_unsafe_value_is_named_at_once(production):
    production.setattr(Settings, "DEBUG", True)
    production.setattr(Settings, "DATABASES", SQLITE)

    assert [error.id for error in check_production()] == ["acutake.E002", "acutake.E004"]


def test_ones_own_machine_may_have_them_all(production):
    production.setattr(Settings, "IS_PRODUCTION", False)
    production.setattr(Settings, "DEBUG", True)

    assert check_production() == []
