"""An import that is killed at any moment and run again ends as one that was not."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.articles.archive.files import FIRST_VERSION, contents

ROOT = Path(__file__).resolve().parents[2]
DIRECTORY = "from tests.acutake.publication import make_directory; make_directory()"


@pytest.fixture
def site(tmp_path):
    """Runs a program in a site of its own; gives how it ended."""
    environment = {
        **os.environ,
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "DJANGO_SETTINGS_MODULE": "acutake.settings",
    }

    def run(*arguments):
        done = subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        return done.returncode

    run("manage.py", "migrate")
    run("manage.py", "shell", "--no-imports", "-c", DIRECTORY)
    return run


def test_killed_again_and_again(site, tmp_path):
    ends = [
        site("-m", "tests.acutake.killed_import", FIRST_VERSION, statements)
        for statements in (31, 77, 110, 150)
    ]
    site("manage.py", "import_articles", FIRST_VERSION)
    site("manage.py", "export_articles", "--with-addresses", "--out", tmp_path / "after.zip")

    assert ends == [-signal.SIGKILL] * 4
    assert contents(tmp_path / "after.zip") == contents(FIRST_VERSION)
    assert sorted(path.name for path in (tmp_path / "media/images/2026/02").iterdir()) == [
        "calf.jpg",
        "ear.jpg",
    ]
