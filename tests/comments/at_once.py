"""Several people who do something in the same moment, each with a connection of their own."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

from django.db import connection

# A thread that waits longer for the others is a test that hangs.
PATIENCE_SECONDS = 60


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each returned or raised, in their order."""
    start = Barrier(len(acts))

    def do(act):
        start.wait(PATIENCE_SECONDS)
        try:
            return act()
        except Exception as error:  # noqa: BLE001  it is what the test looks at
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(do, acts))


@contextmanager
def on_disk(folder: Path):
    """SQLite as a site has it: in a file, where writers wait for each other. In memory, as in the
    other tests, the second one fails at once. PostgreSQL stays as it is."""
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        yield
        return
    name, in_memory = connection.settings_dict["NAME"], connection.connection
    file = folder / "at-once.sqlite3"
    copy = sqlite3.connect(file)
    in_memory.backup(copy)
    copy.close()
    connection.connection, connection.settings_dict["NAME"] = None, str(file)
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = in_memory, name
