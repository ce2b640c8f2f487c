"""Makes the folder ready: the virtual environment, the locked packages, the environment file."""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import sys
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools import processes

ROOT = Path(__file__).resolve().parent.parent
# Everything that a running site writes; the settings read the same variable.
VAR = ROOT / (os.environ.get("VAR_DIR") or "var")
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
ENV_FILE = VAR / ".env"
SITE = ("requirements.txt",)
EVERYTHING = ("requirements.txt", "requirements-dev.txt")

# Debian's Python comes without pip and without ensurepip, so pip comes with the project.
PIP = ROOT / "tools" / "pip-26.3-py3-none-any.whl"
PIP_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"

ENV_FILE_TEXT = """\
# Written once by `make run`, never overwritten. The README lists what else may stand here.
SECRET_KEY={secret_key}
DEMO_EDITOR_PASSWORD={password}
"""


def say(line: str) -> None:
    print(line, flush=True)


def environment(**values: str) -> dict[str, str]:
    """The environment for our programs, whatever other project the shell was set up for."""
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "acutake.settings", **values}


# Packages


def install(requirements: Sequence[str]) -> None:
    """Create .venv where needed and bring the packages of these locks into it.

    A stamp in .venv says which locks are in it and is written last, so that one that was
    interrupted or belongs to another lock or Python is built anew.
    """
    with only_one_at_a_time():
        done = read_stamp(VENV)
        wanted = {name: digest(ROOT / name) for name in requirements}
        python = f"{sys.version_info.major}.{sys.version_info.minor} {sys.base_prefix}"
        if done is None or done["python"] != python or not _still_holds(done["locks"]):
            wanted = {**{name: digest(ROOT / name) for name in _known(done)}, **wanted}
            done = {"python": python, "locks": {}}
            _create_venv()
        if wanted.items() <= done["locks"].items():
            return
        _stamp(VENV).unlink(missing_ok=True)
        locks = {**done["locks"], **wanted}
        _install_locks(sorted(locks))
        write_stamp(VENV, {"python": python, "locks": locks})


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_stamp(venv: Path) -> dict | None:
    """What a finished set-up wrote into `venv`; None when there is no whole one."""
    try:
        stamp = json.loads(_stamp(venv).read_text())
        is_whole = isinstance(stamp["python"], str) and isinstance(stamp["locks"], dict)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return stamp if is_whole and (venv / "bin" / "python").exists() else None


def write_stamp(venv: Path, stamp: Mapping) -> None:
    partial = _stamp(venv).with_suffix(".partial")
    partial.write_text(json.dumps(stamp))
    partial.replace(_stamp(venv))


def _stamp(venv: Path) -> Path:
    return venv / "acutake.json"


def _known(stamp: Mapping | None) -> list[str]:
    return [name for name in (stamp or {"locks": {}})["locks"] if (ROOT / name).exists()]


def _still_holds(locks: Mapping[str, str]) -> bool:
    return all((ROOT / name).exists() and digest(ROOT / name) == is_ for name, is_ in locks.items())


def _create_venv() -> None:
    say("Creating the virtual environment in .venv")
    if VENV.is_symlink():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    if processes.call([sys.executable, "-m", "venv", "--without-pip", str(VENV)]):
        sys.exit("Python could not create a virtual environment; its message is above.")


def _install_locks(locks: Sequence[str]) -> None:
    say(f"Installing the packages of {' and '.join(locks)} (about a minute the first time)")
    if digest(PIP) != PIP_SHA256:
        sys.exit(f"{PIP.relative_to(ROOT)} is damaged; fetch the project again.")
    command = [str(PYTHON), str(PIP / "pip"), "install", "--quiet", "--no-input"]
    command += ["--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
    for lock in locks:
        command += ["-r", str(ROOT / lock)]
    if processes.call(command):
        sys.exit("The packages could not be installed; pip's message is above. Is there a network?")


@contextmanager
def only_one_at_a_time():
    """Two `make` in one folder must not build the same .venv at once: the second one waits."""
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another set-up in this folder to finish")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# The environment file


def write_environment_file(path: Path) -> bool:
    """Write a fresh secret key and password to `path`, readable by its owner alone.

    Whole or not at all, and never over a file that is there. Returns whether it wrote.
    """
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    text = ENV_FILE_TEXT.format(
        secret_key=secrets.token_urlsafe(50), password=secrets.token_urlsafe(12)
    )
    partial = path.with_name(".env.partial")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    partial.replace(path)
    return True


def read_environment_file(path: Path) -> dict[str, str]:
    """The NAME=value lines of the file, quotes taken off; empty when there is none."""
    if not path.exists():
        return {}
    lines = (line.strip().removeprefix("export ") for line in path.read_text().splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}
