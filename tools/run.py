"""`make run`: set up whatever is missing, then serve the site and work its tasks until Ctrl-C."""

import errno
import http.client
import json
import os
import socket
import sys
import time
from functools import partial

from tools import bootstrap, processes
from tools.bootstrap import say
from tools.supervisor import POLL_SECONDS, Child, Supervisor

HOST = "127.0.0.1"
DEFAULT_PORT = "8000"
EDITOR = "editor"
# Written by manage.py prepare.
PREPARED = bootstrap.VAR / "prepared.json"
START_SECONDS = 30
ANSWER_SECONDS = 2
THREADS = 8


def main() -> int:
    port = free_port(os.environ.get("PORT") or DEFAULT_PORT)
    bootstrap.install(bootstrap.SITE)
    if bootstrap.write_environment_file(bootstrap.ENV_FILE):
        say("Wrote var/.env with a secret key")
    configured = {**bootstrap.read_environment_file(bootstrap.ENV_FILE), **os.environ}
    if configured.get("ENVIRONMENT") == "production":
        sys.exit("make run is for one's own machine; the README says how to serve in production.")
    url = f"http://{HOST}:{port}"
    env = bootstrap.environment(SITE_URL=configured.get("SITE_URL", url))
    if processes.call([str(bootstrap.PYTHON), "manage.py", "prepare"], env=env):
        sys.exit("The site could not be prepared; the reason is above.")
    say("Starting the server and the task worker")
    return Supervisor(children(port), env=env, say=say).run(
        on_start=partial(announce, port=port, configured=configured)
    )


def free_port(text: str) -> int:
    """The port that `text` names; SystemExit with a sentence when it cannot be had."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 2**16):
        sys.exit(f"PORT must be a number from 1 to 65535, not {text!r}.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            sys.exit(_refusal(error, port))
    return port


def _refusal(error: OSError, port: int) -> str:
    other = port + 1 if 1024 <= port < 2**16 - 1 else 8001
    if error.errno == errno.EADDRINUSE:
        reason = f"Port {port} is taken: another program (perhaps another make run) listens there."
    elif error.errno == errno.EACCES:
        reason = f"Port {port} is reserved for the system."
    else:
        reason = f"Port {port} cannot be used: {error.strerror}."
    return f"{reason}\nChoose another one: PORT={other} make run"


def children(port: int) -> list[Child]:
    python = str(bootstrap.PYTHON)
    server = [python, "-m", "gunicorn", "acutake.wsgi", "--bind", f"{HOST}:{port}"]
    server += ["--worker-class", "gthread", "--threads", str(THREADS)]
    # A search of 10,000 characters gets a page too: by itself gunicorn answers 414 beyond 4,094.
    server += ["--limit-request-line", "0"]
    server += ["--graceful-timeout", "3", "--log-level", "warning", "--no-control-socket"]
    worker = [python, "manage.py", "db_worker", "--queue-name", "*", "--no-reload"]
    return [Child("server", server), Child("task worker", worker, is_essential=False)]


def announce(supervisor: Supervisor, *, port: int, configured: dict[str, str]) -> None:
    """Wait until the site answers, then say where it is and who may log in."""
    deadline = time.monotonic() + START_SECONDS
    while supervisor.is_up() and (status := health(port)) != http.client.OK:
        if time.monotonic() > deadline:
            say(f"The server runs, but /healthz answers: {status or 'nothing'}.")
            return
        time.sleep(POLL_SECONDS)
    if not supervisor.is_up():
        return
    say(f"\nAcuTake  http://{HOST}:{port}/")
    say(f"Admin    http://{HOST}:{port}/admin/")
    if line := login(configured):
        say(line)
    say("\nCtrl-C ends it.")


def login(configured: dict[str, str]) -> str | None:
    """The line about the demonstration's editor; None when the database has no such account."""
    state = json.loads(PREPARED.read_text())["editor_password"]
    if state == "none":
        return None
    password = (
        configured["DEMO_EDITOR_PASSWORD"] if state == "configured" else "the one you gave it"
    )
    return f"Editor   name {EDITOR}, password {password}"


def health(port: int) -> int | None:
    """The status of /healthz; None while nobody answers. Past any proxy of the environment."""
    connection = http.client.HTTPConnection(HOST, port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(processes.INTERRUPTED)
