"""What every test may rely on: no network, quick passwords, and files in a folder of its own."""

from pathlib import Path

import pytest
from django.core.cache import cache

pytest_plugins = [
    "tests.plugins.network",
    "tests.plugins.places",
    "tests.plugins.properties",
]


@pytest.fixture(autouse=True)
def site_settings(settings, tmp_path: Path):
    """The settings that a test suite needs to differ from those of a site."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.ERASURES_FILE = tmp_path / "erasures.txt"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    return settings


@pytest.fixture(autouse=True)
def empty_cache(site_settings):
    """Every test begins and ends with nothing in the cache: counters of throttling live there."""
    cache.clear()
    yield
    cache.clear()
