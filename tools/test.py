"""`make test`: the suite on every database, cache and browser that this machine offers."""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from tools import bootstrap, processes
from tools.bootstrap import say

JOURNEYS = "tests/journeys"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
VNU_JAR = bootstrap.VAR / "tools" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# Each process of the suite empties a database of its own, and a Redis comes with sixteen.
MOST_PROCESSES_ON_REDIS = 8


@dataclass(frozen=True)
class Machine:
    """What the tests may use here. None, or empty, where it is missing."""

    database_url: str
    cache_url: str
    browser: str | None
    vnu_jar: str | None

    @classmethod
    def look(cls, environ: dict[str, str]) -> "Machine":
        browser = environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
        jar = Path(environ.get("VNU_JAR") or VNU_JAR)
        has_checker = jar.exists() and shutil.which("java")
        return cls(
            database_url=environ.get("TEST_DATABASE_URL", ""),
            cache_url=environ.get("TEST_CACHE_URL", ""),
            browser=browser,
            vnu_jar=str(jar) if has_checker else None,
        )


@dataclass(frozen=True)
class Run:
    """One call of pytest."""

    name: str
    arguments: tuple[str, ...]
    env: dict[str, str]


def main(arguments: list[str]) -> int:
    machine = Machine.look(dict(os.environ))
    bootstrap.install(bootstrap.EVERYTHING if machine.browser else bootstrap.SITE)
    failed = [run.name for run in runs(machine, arguments) if call(run)]
    missing = [] if arguments else left_out(machine)
    is_ci = os.environ.get("CI") == "true"
    say("")
    for name in failed:
        say(f"FAILED: {name}")
    for what, how in missing:
        say(f"NOT RUN: {what}. To run it: {how}")
    if missing and is_ci:
        say("With CI=true nothing may be left out.")
    if failed or (missing and is_ci):
        return 1
    say("All that ran is green.")
    return 0


def runs(machine: Machine, arguments: list[str]) -> list[Run]:
    """Every call of pytest that this machine allows; with `arguments`, those that they ask for."""
    sqlite = {"DATABASE_URL": "sqlite:///:memory:", "CACHE_URL": "locmemcache://"}
    asks_for_journeys = any(argument.startswith(JOURNEYS) for argument in arguments)
    suites = []
    if not asks_for_journeys:
        suites.append(Run("the suite on SQLite", ("-n", "auto", *arguments), sqlite))
        if machine.database_url or machine.cache_url:
            suites.append(_on_servers(machine, arguments, sqlite))
    if machine.browser and (asks_for_journeys or not arguments):
        env = {**sqlite, "CHROMIUM": machine.browser, "VNU_JAR": machine.vnu_jar or ""}
        chosen = arguments or (JOURNEYS, *(() if machine.vnu_jar else ("-m", "not vnu")))
        suites.append(Run("the browser journeys", tuple(chosen), env))
    return suites


def _on_servers(machine: Machine, arguments: list[str], sqlite: dict[str, str]) -> Run:
    env = {
        "DATABASE_URL": machine.database_url or sqlite["DATABASE_URL"],
        "CACHE_URL": machine.cache_url or sqlite["CACHE_URL"],
    }
    names = ("PostgreSQL" if machine.database_url else "SQLite") + (
        " and Redis" if machine.cache_url else ""
    )
    processors = os.cpu_count() or 1
    count = str(min(processors, MOST_PROCESSES_ON_REDIS)) if machine.cache_url else "auto"
    return Run(f"the suite on {names}", ("-n", count, *arguments), env)


def left_out(machine: Machine) -> list[tuple[str, str]]:
    """What a whole run skipped, each with the way to enable it."""
    candidates = [
        (
            machine.database_url,
            "the suite on PostgreSQL",
            "TEST_DATABASE_URL=postgres://postgres@127.0.0.1:5432/test make test",
        ),
        (
            machine.cache_url,
            "the suite on Redis",
            "TEST_CACHE_URL=redis://127.0.0.1:6379/1 make test "
            "(it empties that database and those after it)",
        ),
        (
            machine.browser,
            "the browser journeys",
            "apt install chromium, or name a browser: CHROMIUM=/path/to/chrome make test",
        ),
        (
            machine.browser and machine.vnu_jar,
            "the HTML check of the journeys",
            "apt install default-jre-headless npm && "
            "npm install --prefix var/tools vnu-jar@26.9.27",
        ),
    ]
    return [(what, how) for is_there, what, how in candidates if not is_there]


def call(run: Run) -> int:
    say(f"\nRunning {run.name}")
    command = [str(bootstrap.PYTHON), "-m", "pytest", *run.arguments]
    return processes.call(command, env=bootstrap.environment(**run.env), is_interactive=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
