"""`make lock`: compile requirements*.in into locks with the hash of every file, for all systems."""

import sys
import tempfile
from pathlib import Path

from tools import bootstrap, processes

UV = "uv==0.13.9"
OPTIONS = ("--universal", "--generate-hashes", "--python-version", "3.11", "--no-header", "--quiet")


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "bin" / "python"
        pip = (str(python), str(bootstrap.PIP / "pip"))
        steps = [
            (sys.executable, "-m", "venv", "--without-pip", folder),
            (*pip, "install", "--quiet", "--disable-pip-version-check", UV),
        ]
        for lock in bootstrap.EVERYTHING:
            source = lock.replace(".txt", ".in")
            command = (str(python), "-m", "uv", "pip", "compile", *OPTIONS, *arguments)
            steps.append((*command, source, "--output-file", lock))
        return next((status for step in steps if (status := processes.call(step))), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
