"""An import that is killed when it has sent so many statements to the database, in a process of
its own: `python -m tests.acutake.killed_import FILE 300`."""

import os
import signal
import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection

if __name__ == "__main__":
    django.setup()
    left = int(sys.argv[2])

    def count(execute, sql, params, many, context):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        call_command("import_articles", Path(sys.argv[1]))
