"""Asks an address of another site whether it answers, and never reaches this machine's own network.

Whoever can write an address could otherwise have the server ask what only the server can reach.
Each name is resolved once, every address that it stands for must be public, and the connection
goes to one of those, so that a second answer of the name server changes nothing. Redirects are
followed by hand under the same rules. No body is read.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

TIMEOUT_SECONDS = 10
# For one request as a whole: a server that sends a byte now and then would outlast the timeout.
LONGEST_SECONDS = 20
REDIRECTS_LIMIT = 5
PORTS = {"http": 80, "https": 443}
PERMANENT, TEMPORARY = frozenset({301, 308}), frozenset({302, 303, 307})
# Some servers know no HEAD, or answer it as they would not answer a reader.
ASKED_AGAIN = frozenset({400, 403, 404, 405, 410, 500, 501, 503})
NAT64 = ipaddress.ip_network("64:ff9b::/96")
KEPT_IN_PATH = "/%:=&?~+!$,;'@()*[]"


class NotPublicError(Exception):
    """The address leads, or redirects, to what is no public server of the web."""


class NoAnswerError(Exception):
    """No such host, no connection, no HTTP, too slow, or redirects without end."""


@dataclass(frozen=True)
class Answer:
    """The status of the last address; `moved_to` is that where every redirect was permanent."""

    status: int
    moved_to: str


def is_public(address: str, port: int) -> bool:
    """Whether an IP address may be asked: none of a private network, under whatever disguise."""
    ip = ipaddress.ip_address(address)
    if ip.version == 6:
        if ip.sixtofour or ip.teredo or ip in NAT64:
            return False
        ip = ip.ipv4_mapped or ip
    return ip.is_global and not ip.is_multicast and port in PORTS.values()


def ask(
    url: str,
    *,
    agent: str,
    may_reach: Callable[[str, int], bool] = is_public,
    resolve: Callable = socket.getaddrinfo,
) -> Answer:
    """Ask by HEAD, and by GET where that settles nothing. Raises the two errors above."""
    address, is_permanent = url, True
    for _hop in range(REDIRECTS_LIMIT + 1):
        status, location = _ask_once(address, agent, may_reach, resolve)
        if status not in PERMANENT | TEMPORARY or not location:
            moved = is_permanent and address != url
            return Answer(status, address if moved else "")
        is_permanent = is_permanent and status in PERMANENT
        try:
            address = urljoin(address, location)
        except ValueError as error:
            raise NoAnswerError("It redirects to no address.") from error
    raise NoAnswerError("It redirects without end.")


def _ask_once(url, agent, may_reach, resolve) -> tuple[int, str]:
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError as error:
        raise NoAnswerError("It is no address.") from error
    if port is None or not parts.hostname or "@" in parts.netloc:
        raise NotPublicError("It is no address of the web.")
    try:
        found = resolve(parts.hostname, port, type=socket.SOCK_STREAM)
        addresses = [entry[4][0] for entry in found]
        if not addresses or not all(may_reach(address, port) for address in addresses):
            raise NotPublicError("It leads into a private network.")
        answer = _request("HEAD", parts, addresses[0], port, agent)
        if answer[0] in ASKED_AGAIN:
            answer = _request("GET", parts, addresses[0], port, agent)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoAnswerError(str(error)) from error
    return answer


def _request(
    method: str, parts: SplitResult, address: str, port: int, agent: str
) -> tuple[int, str]:
    """The status and the Location of the answer to one request."""
    raw = socket.create_connection((address, port), timeout=TIMEOUT_SECONDS)
    timer = Timer(LONGEST_SECONDS, _cut, [raw])
    timer.daemon = True
    timer.start()
    try:
        connection = http.client.HTTPConnection(parts.netloc)
        connection.sock = raw
        if parts.scheme == "https":
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(raw, server_hostname=parts.hostname)
        headers = {"User-Agent": agent, "Accept": "text/html,*/*;q=0.8", "Connection": "close"}
        target = quote(parts.path or "/", safe=KEPT_IN_PATH)
        if parts.query:
            target += f"?{quote(parts.query, safe=KEPT_IN_PATH)}"
        connection.request(method, target, headers=headers)
        response = connection.getresponse()
        return response.status, response.headers.get("Location", "")
    finally:
        timer.cancel()
        raw.close()


def _cut(raw: socket.socket) -> None:
    try:
        raw.shutdown(socket.SHUT_RDWR)
    except OSError:
        # It has ended by itself.
        return
