"""Requests that arrive on time, whether or not the server keeps up (an open loop).

One connection a request, as from a proxy that keeps none open. What is measured begins when the
request was due: one that had to wait for its turn here has waited all the same.
"""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

# A proxy would have given up by then.
PATIENCE_SECONDS = 30
Result = TypeVar("Result")
STATUS_LINE = re.compile(rb"HTTP/1\.1 (\d{3}) ")
LOCATION = re.compile(rb"\r\nLocation: ([^\r]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """What came back: status 0 when nothing did. `seconds` are counted from when it was due."""

    status: int
    seconds: float
    location: str
    page: bytes


@dataclass(frozen=True)
class Site:
    """Where the requests go."""

    origin: str

    async def ask(
        self,
        path: str,
        *,
        due: float,
        form: dict[str, str] | None = None,
        network: str,
        is_packed: bool = True,
        headers: tuple[str, ...] = (),
    ) -> Answer:
        """GET, or POST of a form, as a browser behind a proxy sends it. `due` is of the event
        loop's clock."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                whole = await self._exchange(self._request(path, form, network, is_packed, headers))
        except (OSError, TimeoutError):
            whole = b""
        head, _, page = whole.partition(b"\r\n\r\n")
        status, location = STATUS_LINE.match(head), LOCATION.search(head)
        return Answer(
            int(status[1]) if status else 0,
            time.monotonic() - due,
            location[1].decode() if location else "",
            page,
        )

    def _request(self, path, form, network, is_packed, headers) -> bytes:
        lines = [
            f"{'GET' if form is None else 'POST'} {path} HTTP/1.1",
            f"Host: {urlsplit(self.origin).netloc}",
            f"X-Forwarded-For: {network}",
            f"Accept-Encoding: {'gzip' if is_packed else 'identity'}",
            "Sec-Fetch-Site: same-origin",
            "Connection: close",
            *headers,
        ]
        body = b"" if form is None else urlencode(form).encode()
        if form is not None:
            lines += [
                f"Origin: {self.origin}",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        return "\r\n".join([*lines, "", ""]).encode() + body

    async def _exchange(self, request: bytes) -> bytes:
        address = urlsplit(self.origin)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        try:
            writer.write(request)
            return await reader.read()
        finally:
            writer.close()


async def arrive(
    visit: Callable[[int, float], Awaitable[Result]], *, a_second: float, seconds: float
) -> list[Result]:
    """Begin `visit(number, due)` so many times a second, each when it is due."""
    begin = time.monotonic()
    visits = []
    for number in range(round(a_second * seconds)):
        due = begin + number / a_second
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        visits.append(asyncio.create_task(visit(number, due)))
    return await asyncio.gather(*visits)
