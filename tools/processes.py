"""Child processes that end when their parent does, however the parent ends."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# linux/prctl.h: the signal that a process gets when its parent dies.
PR_SET_PDEATHSIG = 1
INTERRUPTED = 130


def start(
    command: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    is_interactive: bool = False,
) -> subprocess.Popen:
    """Start `command` out of reach of the terminal's Ctrl-C, which its parent hands on in order.

    An interactive one keeps the terminal. On Linux either gets SIGTERM when its parent is killed.
    """
    return subprocess.Popen(
        list(command),
        env=env,
        start_new_session=not is_interactive,
        stdin=None if is_interactive else subprocess.DEVNULL,
        preexec_fn=_ends_with(os.getpid()) if sys.platform == "linux" else None,
    )


def call(
    command: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    is_interactive: bool = False,
) -> int:
    """Run `command` to its end and return its exit status.

    When this process is told to stop, so is the command; once it has ended, SystemExit.
    """
    was_stopped = False

    def stop(signum: int, frame: FrameType | None) -> None:
        nonlocal was_stopped
        was_stopped = True
        has_it_from_terminal = is_interactive and signum == signal.SIGINT
        if not has_it_from_terminal and child.poll() is None:
            child.send_signal(signal.SIGTERM)

    child = start(command, env=env, is_interactive=is_interactive)
    with handling(stop):
        status = child.wait()
    if was_stopped:
        print("\nStopped.", flush=True)
        raise SystemExit(INTERRUPTED)
    return status


def output(command: Sequence[str]) -> str:
    """What `command`, which takes no time, writes; empty when it fails."""
    answer = subprocess.run(list(command), capture_output=True, text=True, check=False)
    return answer.stdout if answer.returncode == 0 else ""


@contextmanager
def handling(handler: Callable[[int, FrameType | None], None]):
    """Let `handler` take every signal that asks this process to stop, and no longer.

    A hang-up that is ignored stays ignored: that is what `nohup` asks for.
    """
    is_nohup = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    numbers = STOPPING[:-1] if is_nohup else STOPPING
    before = {number: signal.signal(number, handler) for number in numbers}
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, previous)


def _ends_with(parent: int) -> Callable[[], None]:
    """What a child does before its program starts. A fork should load no library, so we do."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def set_death_signal() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return set_death_signal
