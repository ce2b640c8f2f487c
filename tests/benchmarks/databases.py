"""The databases that searches are measured in, apart from any site's own, and kept between runs.

SQLite in `var/bench/`, and PostgreSQL on the server of TEST_DATABASE_URL, or of this machine, as
`acutake_bench_<offices>`. To drop them: `rm -r var/bench` and `dropdb acutake_bench_<offices>`.
Those with articles as well begin with `site_`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "bench"
LOCAL_SERVER = "postgres://postgres@127.0.0.1:5432/postgres"


@dataclass(frozen=True)
class Database:
    """One that exists; whether it is filled is for `tests.benchmarks.prepare` to see."""

    vendor: str
    offices: int
    url: str

    def run(self, module: str, *arguments: str) -> dict:
        """What `main` of a module returns, in a process of its own with this as its database."""
        environment = {
            **os.environ,
            "DATABASE_URL": self.url,
            "CACHE_URL": "locmemcache://",
            "DJANGO_SETTINGS_MODULE": "acutake.settings",
            "VAR_DIR": str(FOLDER),
        }
        command = [sys.executable, "-m", "tests.benchmarks.program", module, *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, text=True
        )
        return json.loads(done.stdout)


def databases(offices: int, *, purpose: str = "") -> Iterator[Database]:
    """One on SQLite, and one on PostgreSQL if a server answers. `purpose` is part of the names."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    yield Database("SQLite", offices, f"sqlite:///{FOLDER}/{purpose}{offices}.sqlite3")
    server = os.environ.get("TEST_DATABASE_URL") or LOCAL_SERVER
    name = f"acutake_bench_{purpose}{offices}"
    try:
        _create(server, name)
    except psycopg2.OperationalError as error:
        print(f"PostgreSQL is not measured: {error}")
        return
    yield Database("PostgreSQL", offices, urlsplit(server)._replace(path=f"/{name}").geturl())


def _create(server: str, name: str) -> None:
    connection = psycopg2.connect(server)
    try:
        connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE DATABASE "{name}"')
    finally:
        connection.close()
