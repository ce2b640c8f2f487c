import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent.parent / "tools" / "python.sh"


@pytest.fixture
def folder(tmp_path):
    """A folder of programs, and the only one on the PATH."""
    return tmp_path


def old_python(path: Path) -> None:
    path.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" || exit 1\n')
    path.chmod(0o755)


def run(folder: Path, **env: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["/bin/sh", str(SCRIPT), "-c", "print('it ran')"],
        env={"PATH": str(folder), **env},
        capture_output=True,
        text=True,
    )


def test_too_old_python_is_named_with_what_is_needed(folder):
    old_python(folder / "python3")

    done = run(folder)

    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == (
        "AcuTake needs Python 3.11 or newer; python3 here is: Python 3.9.2."
    )


def test_no_python_at_all_is_said_too(folder):
    done = run(folder)

    assert done.returncode == 1
    assert (
        done.stderr.splitlines()[0] == "AcuTake needs Python 3.11 or newer; python3 here is: none."
    )


def test_newer_python_is_found_beside_an_old_default(folder):
    old_python(folder / "python3")
    newer = folder / "python3.12"
    newer.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    newer.chmod(0o755)

    done = run(folder)

    assert (done.returncode, done.stdout, done.stderr) == (0, "it ran\n", "")


def test_python_that_was_asked_for_is_used_or_refused(folder):
    asked = folder / "my python"
    asked.symlink_to(sys.executable)
    assert run(folder, PYTHON=str(asked)).stdout == "it ran\n"

    asked.unlink()
    old_python(asked)
    (folder / "python3").symlink_to(sys.executable)
    done = run(folder, PYTHON=str(asked))
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == (
        f"AcuTake needs Python 3.11 or newer; {asked} here is: Python 3.9.2."
    )
