"""`make bench`: measure the site over its demonstration content. Prints, and judges nothing."""

import sys

from tools import bootstrap, processes

if __name__ == "__main__":
    bootstrap.install(bootstrap.SITE)
    folder = sys.argv[1:] or ["tests/benchmarks"]
    command = [str(bootstrap.PYTHON), "-m", "pytest", "-q", "-s", *folder]
    sys.exit(processes.call(command, env=bootstrap.environment(), is_interactive=True))
