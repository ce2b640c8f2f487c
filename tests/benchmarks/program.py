"""Runs `main` of a module here and prints what it returns as JSON, as a process of its own:
`python -m tests.benchmarks.program tests.benchmarks.prepare 50000`.
"""

import importlib
import json
import sys

import django

if __name__ == "__main__":
    django.setup()
    module = importlib.import_module(sys.argv[1])
    print(json.dumps(module.main(*map(int, sys.argv[2:]))))
