"""Refuses every connection that leaves this machine, whoever opens it.

An audit hook sees each Python socket of the process and cannot be patched away. The host of
CACHE_URL is let through, since a Redis for the tests may run elsewhere; PostgreSQL's client is
written in C and does not come by here.
"""

import ipaddress
import os
import sys
from urllib.parse import urlsplit

LOCAL_NAMES = {"localhost", "testserver", "", None}


class LeavesThisMachineError(RuntimeError):
    """A test tried to reach a host that is not this one."""


def is_local(host: str | bytes | None) -> bool:
    """Whether `host`, a name or an address, means this machine or the Redis of the tests."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in LOCAL_NAMES or name == urlsplit(os.environ.get("CACHE_URL", "")).hostname:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def refuse(event: str, arguments: tuple) -> None:
    """Audit hook: raises LeavesThisMachineError for a look-up or connection elsewhere."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if not is_local(host):
        raise LeavesThisMachineError(f"A test tried to reach {host!r}.")


sys.addaudithook(refuse)
