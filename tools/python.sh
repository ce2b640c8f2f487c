#!/bin/sh
# Runs its arguments with a Python that is new enough: the one that PYTHON names, or the first of
# the usual names that will do. Written for sh, because an old Python could not even read the rest.
is_new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if [ -n "${PYTHON:-}" ]; then
  is_new_enough "$PYTHON" && exec "$PYTHON" "$@"
else
  for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
    is_new_enough "$candidate" && exec "$candidate" "$@"
  done
fi

found=$("${PYTHON:-python3}" --version 2>&1) || found=none
echo "AcuTake needs Python 3.11 or newer; ${PYTHON:-python3} here is: $found." >&2
echo "Install a newer one (on Debian: apt install python3), or name it: PYTHON=/path/to/python3.11 make run" >&2
exit 1
