"""One process over the server and the task worker: they start together and end together."""

import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from tools import processes

POLL_SECONDS = 0.1
GRACE_SECONDS = 10
FIRST_PAUSE_SECONDS = 1
LONGEST_PAUSE_SECONDS = 60


@dataclass
class Child:
    """A program to keep running. One that is not `essential` is started again when it ends."""

    name: str
    command: Sequence[str]
    is_essential: bool = True
    process: subprocess.Popen | None = None
    pause_seconds: float = FIRST_PAUSE_SECONDS
    starts_at: float = field(default=0.0)


class Supervisor:
    """Runs `children` until a signal asks it to stop or an essential one of them ends."""

    def __init__(
        self,
        children: Sequence[Child],
        *,
        env: Mapping[str, str] | None = None,
        say: Callable[[str], None] = print,
    ) -> None:
        self.children = children
        self.env = env
        self.say = say
        self.is_stopping = False

    def run(self, *, on_start: Callable[["Supervisor"], None] = lambda supervisor: None) -> int:
        """Start everything, call `on_start`, watch. Returns the status: 0 when told to stop."""
        with processes.handling(self._ask_to_stop):
            try:
                for child in self.children:
                    child.process = processes.start(child.command, env=self.env)
                on_start(self)
                return self._watch()
            finally:
                self._end_children()

    def is_up(self) -> bool:
        """Whether to go on: nobody asked to stop, and every essential child runs."""
        return not self.is_stopping and not self._ended_essential()

    def _watch(self) -> int:
        while not self.is_stopping:
            if ended := self._ended_essential():
                status = ended.process.returncode
                self.say(
                    f"The {ended.name} ended unexpectedly (status {status}), so all of it ends."
                )
                return 1
            for child in self.children:
                self._start_again(child)
            time.sleep(POLL_SECONDS)
        return 0

    def _ended_essential(self) -> Child | None:
        ended = (child for child in self.children if child.is_essential and child.process)
        return next((child for child in ended if child.process.poll() is not None), None)

    def _start_again(self, child: Child) -> None:
        """Starts an ended child after a pause, which doubles each time up to a minute."""
        if child.is_essential or child.process.poll() is None:
            return
        now = time.monotonic()
        if not child.starts_at:
            child.starts_at = now + child.pause_seconds
            self.say(
                f"The {child.name} ended unexpectedly (status {child.process.returncode}); "
                f"it starts again in {child.pause_seconds:g} s."
            )
        elif now >= child.starts_at:
            child.starts_at = 0.0
            child.pause_seconds = min(child.pause_seconds * 2, LONGEST_PAUSE_SECONDS)
            child.process = processes.start(child.command, env=self.env)

    def _ask_to_stop(self, signum: int, frame: FrameType | None) -> None:
        self.is_stopping = True

    def _end_children(self) -> None:
        running = [child.process for child in self.children if child.process]
        for process in running:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for process in running:
            try:
                process.wait(timeout=max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
