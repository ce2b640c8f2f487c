"""Real processes. Each family shares one pipe, which ends only when its last member has ended."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
DEADLINE_SECONDS = 30
LASTING = "import os, time; os.write(1, b'up\\n'); time.sleep(600)"
SILENT = "import time; time.sleep(600)"
FAILING = "raise SystemExit(3)"
PROGRAM = """
import sys
from tools.supervisor import Child, Supervisor

server, worker = sys.argv[1:]
children = [
    Child("server", [sys.executable, "-c", server]),
    Child("task worker", [sys.executable, "-c", worker], is_essential=False, pause_seconds=0.01),
]
sys.exit(Supervisor(children).run())
"""


@pytest.fixture
def family():
    """Starts a supervisor over two programs; whatever is left of it is killed afterwards."""
    started = []

    def start(server: str, worker: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-u", "-c", PROGRAM, server, worker],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=DEADLINE_SECONDS)


def wait_until_both_are_up(process: subprocess.Popen) -> None:
    assert [process.stdout.readline() for _ in range(2)] == ["up\n", "up\n"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_told_to_stop_ends_both_children_without_a_word(family, number):
    process = family(LASTING, LASTING)
    wait_until_both_are_up(process)

    process.send_signal(number)

    assert process.communicate(timeout=DEADLINE_SECONDS) == ("", None)
    assert process.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_killed_outright_leaves_no_orphan(family):
    process = family(LASTING, LASTING)
    wait_until_both_are_up(process)

    os.kill(process.pid, signal.SIGKILL)

    assert process.communicate(timeout=DEADLINE_SECONDS) == ("", None)


def test_server_that_ends_is_named_and_ends_the_worker(family):
    process = family(FAILING, SILENT)

    output, _ = process.communicate(timeout=DEADLINE_SECONDS)

    assert output == "The server ended unexpectedly (status 3), so all of it ends.\n"
    assert process.returncode == 1


def test_worker_that_ends_is_named_and_started_again(family):
    process = family(LASTING, "import os; os.write(1, b'worked\\n'); raise SystemExit(4)")
    lines = []
    while lines.count("worked\n") < 2:
        lines.append(process.stdout.readline())
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=DEADLINE_SECONDS)

    assert process.returncode == 0
    assert "The task worker ended unexpectedly (status 4); it starts again in 0.01 s.\n" in lines
