"""The stylesheet that production serves is one file with everything in it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from acutake.staticfiles import IMPORT

CSS = Path(settings.BASE_DIR) / "acutake" / "static" / "css"


@pytest.fixture
def collected(settings, tmp_path):
    """The folder of collected files, made as a server makes it."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "acutake.staticfiles.BundledStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path / "static"


def test_one_stylesheet_holds_every_component(collected):
    bundled = (collected / "css" / "site.css").read_text()

    names = [match["name"] for match in IMPORT.finditer((CSS / "site.css").read_text())]
    assert sorted(names) == sorted(
        path.name for path in CSS.glob("*.css") if path.name not in {"site.css", "admin.css"}
    )
    assert "@import" not in bundled
    assert all((CSS / name).read_text() in bundled for name in names)


def test_collecting_twice_gives_the_same_stylesheet(collected):
    before = (collected / "css" / "site.css").read_text()

    call_command("collectstatic", interactive=False, verbosity=0)

    assert (collected / "css" / "site.css").read_text() == before
