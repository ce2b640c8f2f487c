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
        path.name
        for path in CSS.glob("*.css")
        if path.name != "site.css" and not path.name.startswith("admin")
    )
    assert "@import" not in bundled
    assert [name for name in names if (CSS / name).read_text() not in bundled] == []


def test_bundle_is_made_anew_when_one_component_has_changed(collected, settings, tmp_path):
    override = tmp_path / "override"
    (override / "css").mkdir(parents=True)
    (override / "css" / "home.css").write_text(".changed { color: red; }\n")
    settings.STATICFILES_DIRS = [override, *settings.STATICFILES_DIRS]

    call_command("collectstatic", interactive=False, verbosity=0)

    bundled = (collected / "css" / "site.css").read_text()
    assert bundled.count("@layer components {") > 5
    assert ".changed { color: red; }" in bundled
