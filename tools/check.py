"""`make check`: format, lint, migrations, deployment. With `--fix` (`make fmt`) it formats."""

import os
import secrets
import sys
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tools import bootstrap, processes
from tools.bootstrap import say

MANAGE = (str(bootstrap.PYTHON), "manage.py")
RUFF = (str(bootstrap.PYTHON), "-m", "ruff")
DJADE = (str(bootstrap.VENV / "bin" / "djade"), "--target-version", "5.2")
MAKEMIGRATIONS = (*MANAGE, "makemigrations", "--check", "--dry-run")
ON_POSTGRESQL = "TEST_DATABASE_URL=postgres://postgres@127.0.0.1:5432/test make check"
# A whole configuration of its own, so that a developer's var/.env changes no verdict.
LOCAL = {
    "ENVIRONMENT": "local",
    "DEBUG": "false",
    "SECRET_KEY": "only-for-the-checks-and-never-for-a-site",
    "ADDRESS_KEY": "only-for-the-checks-too",
    "ALLOWED_HOSTS": "localhost",
    "DATABASE_URL": "sqlite:///:memory:",
    "CACHE_URL": "locmemcache://",
    "EMAIL_URL": "memorymail://",
    "SITE_URL": "http://localhost",
    "FEED_AUTHORITY": "localhost",
    "FEED_CONTENT": "full",
}


@dataclass(frozen=True)
class Step:
    """One program whose exit status is the verdict."""

    name: str
    command: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)


def main(arguments: list[str]) -> int:
    bootstrap.install(bootstrap.EVERYTHING)
    if arguments == ["--fix"]:
        return _report([step.name for step in fixes() if _call(step)])
    database_url = os.environ.get("TEST_DATABASE_URL", "")
    failed = [step.name for step in checks(database_url) if _call(step)]
    if not database_url:
        say(f"NOT RUN: makemigrations --check on PostgreSQL. To run it: {ON_POSTGRESQL}")
        if os.environ.get("CI") == "true":
            failed.append("with CI=true nothing may be left out")
    return _report(failed)


def checks(database_url: str) -> list[Step]:
    """Every check; the one on PostgreSQL only where `database_url` names one."""
    steps = [
        Step("format of Python", (*RUFF, "format", "--check", ".")),
        Step("lint", (*RUFF, "check", ".")),
        Step("format of templates", (*DJADE, "--check", *templates())),
        Step("migrations on SQLite", MAKEMIGRATIONS, LOCAL),
    ]
    if database_url:
        env = {
            **LOCAL,
            "DATABASE_URL": maintenance_url(database_url),
            # Django only warns when the server does not answer.
            "PYTHONWARNINGS": "error::RuntimeWarning",
        }
        steps.append(Step("migrations on PostgreSQL", MAKEMIGRATIONS, env))
    deploy = (*MANAGE, "check", "--deploy", "--fail-level", "WARNING")
    return [*steps, Step("deployment under production settings", deploy, production())]


def maintenance_url(database_url: str) -> str:
    """The database that every PostgreSQL has: the one for the tests need not exist yet."""
    return urlsplit(database_url)._replace(path="/postgres").geturl()


def fixes() -> list[Step]:
    return [
        Step("lint that mends itself", (*RUFF, "check", "--fix", "--quiet", ".")),
        Step("format of Python", (*RUFF, "format", ".")),
        # djade ends with 1 when it changed something, so only its second run is a verdict.
        Step("format of templates", ("sh", "-c", '"$@" || "$@"', "sh", *DJADE, *templates())),
    ]


def templates() -> list[str]:
    return sorted(
        str(path.relative_to(bootstrap.ROOT))
        for path in (bootstrap.ROOT / "templates").rglob("*.html")
    )


def production() -> dict[str, str]:
    """A valid production environment. The servers that it names are not asked for anything."""
    return {
        "ENVIRONMENT": "production",
        "DEBUG": "false",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ADDRESS_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "acutake.example",
        "DATABASE_URL": "postgres://acutake@db.example/acutake",
        "CACHE_URL": "redis://cache.example:6379/0",
        "EMAIL_URL": "smtp+tls://mail.example:587",
        "SITE_URL": "https://acutake.example",
        "FEED_AUTHORITY": "acutake.example",
        "FEED_CONTENT": "full",
    }


def _call(step: Step) -> int:
    say(f"\nChecking: {step.name}")
    return processes.call(step.command, env=bootstrap.environment(**step.env))


def _report(failed: list[str]) -> int:
    say("")
    for name in failed:
        say(f"FAILED: {name}")
    say("" if failed else "All is in order.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
