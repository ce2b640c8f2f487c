"""The stylesheet that production serves is one file with everything in it."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from acutake.staticfiles import IMPORT, without_comments

NAME = re.compile(r"[\w.-]+\.[0-9a-f]{12}\.\w+")
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


def served(collected, entry):
    """The stylesheet that pages ask for, with the names of files as they are in the sources."""
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    css = (collected / names[f"css/{entry}"]).read_text()
    hashed = {Path(new).name: Path(old).name for old, new in names.items()}
    return NAME.sub(lambda match: hashed.get(match[0], match[0]), css)


def components(entry):
    """The names of the files that an entry imports, and of those that these import."""
    for match in IMPORT.finditer((CSS / entry).read_text()):
        yield from components(match["name"]) if match["name"] == "site.css" else [match["name"]]


def test_one_stylesheet_holds_every_component(collected):
    entries = {"site.css", "directory.css"}
    everything = {path.name for path in CSS.glob("*.css") if not path.name.startswith("admin")}
    assert sorted(components("directory.css")) == sorted(everything - entries)
    assert set(components("site.css")) < set(components("directory.css"))
    for entry in entries:
        bundled = served(collected, entry)
        assert "@import" not in bundled
        sources = {name: without_comments((CSS / name).read_text()) for name in components(entry)}
        assert [name for name, source in sources.items() if source not in bundled] == []


def test_only_what_nobody_sees_is_left_out():
    css = """/* one
   two */
@layer a;

a::before {
  /* three */
  content: "* /";
}
"""
    assert without_comments(css) == '@layer a;\na::before {\ncontent: "* /";\n}\n'


def test_bundle_is_made_anew_when_one_component_has_changed(collected, settings, tmp_path):
    override = tmp_path / "override"
    (override / "css").mkdir(parents=True)
    (override / "css" / "home.css").write_text(".changed { color: red; }\n")
    settings.STATICFILES_DIRS = [override, *settings.STATICFILES_DIRS]

    call_command("collectstatic", interactive=False, verbosity=0)

    bundled = served(collected, "site.css")
    assert bundled.count("@layer components {") > 5
    assert ".changed { color: red; }" in bundled


def test_scripts_are_served_without_what_only_their_writers_read(collected):
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    served_lines = (collected / names["js/comments.js"]).read_text().splitlines()
    source = (CSS.parent / "js" / "comments.js").read_text().splitlines()
    kept = [line.lstrip() for line in source]
    assert served_lines == [line for line in kept if line and not line.startswith("//")]
    assert len(served_lines) < len(kept)
