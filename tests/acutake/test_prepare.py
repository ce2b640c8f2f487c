import io
import json
import os

import pytest
from django.conf import settings as site_settings
from django.contrib.auth import get_user_model

from acutake.management.commands import prepare


@pytest.fixture
def source(settings, tmp_path):
    """A folder with one file, which is all that there is to collect."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "site.css").write_text("p {}")
    settings.STATICFILES_DIRS = [folder]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "collected"
    return folder


@pytest.fixture
def state_file(tmp_path):
    return tmp_path / "prepared.json"


def collect(state_file):
    """The files that are there afterwards, and what was said."""
    command = prepare.Command(stdout=io.StringIO())
    command.collect_static(state_file)
    names = sorted(path.name for path in site_settings.STATIC_ROOT.iterdir())
    return names, command.stdout.getvalue()


def test_static_files_are_collected_afresh_without_a_state(source, state_file, settings):
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "left.css").touch()

    assert collect(state_file) == (["site.css"], "Collecting the static files\n")


def test_static_files_are_left_alone_while_nothing_changed(source, state_file, settings):
    collect(state_file)
    (settings.STATIC_ROOT / "left.css").touch()
    state_file.write_text(json.dumps({"static": prepare.static_digest()}))

    assert collect(state_file) == (["left.css", "site.css"], "")


def test_changed_static_file_is_collected_and_the_state_is_void(source, state_file):
    collect(state_file)
    state_file.write_text(json.dumps({"static": prepare.static_digest()}))
    (source / "more.css").touch()

    assert collect(state_file) == (["more.css", "site.css"], "Collecting the static files\n")
    assert not state_file.exists()


def test_digest_changes_with_the_time_of_a_file(source):
    before = prepare.static_digest()
    assert prepare.static_digest() == before

    os.utime(source / "site.css", (0, 0))

    assert prepare.static_digest() != before


@pytest.mark.parametrize("text", ["", "{", "not json"])
def test_damaged_state_counts_as_none(state_file, text):
    state_file.write_text(text)

    assert prepare.read_state(state_file) == {}


def test_missing_state_is_empty(state_file):
    assert prepare.read_state(state_file) == {}


@pytest.mark.django_db
def test_editor_password_is_told_only_while_it_is_the_configured_one(monkeypatch):
    monkeypatch.setenv("DEMO_EDITOR_PASSWORD", "correct horse")
    assert prepare.editor_password() == "none"

    editor = get_user_model().objects.create_user("editor", password="correct horse")
    assert prepare.editor_password() == "configured"

    editor.set_password("battery staple")
    editor.save(update_fields=["password"])
    assert prepare.editor_password() == "own"
