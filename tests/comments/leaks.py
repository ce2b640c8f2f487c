"""Looks for e-mail addresses in whatever leaves the site, under every disguise we can think of."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from urllib.parse import quote, quote_plus, unquote, urljoin, urlsplit

from acutake.lib.addresses import address_key, normalize

ALGORITHMS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "sha3_256")
# A part of a hash gives as much away as all of it, to whoever can try addresses.
PART = 12
# What pages, feeds, sitemaps and JSON name as addresses.
LINK = re.compile(r"""(?:href|src|action)="([^"]+)"|<loc>([^<]+)</loc>|"(/[^"\s]*)\"""")
MOST_PAGES = 600


@cache
def disguises(address: str) -> dict[str, str]:
    """By a name for each, what would give the address away; in small letters but for base64."""
    found = {
        "address": address.lower(),
        "quoted": quote(address).lower(),
        "quoted for a query": quote_plus(address).lower(),
        "entity": address.replace("@", "&#64;").lower(),
        "backwards": address.lower()[::-1],
        "local part": address.partition("@")[0].lower(),
        "host": address.partition("@")[2].lower(),
        "key": address_key(address)[:PART],
    }
    local, normal = address.partition("@")[0], normalize(address)
    spellings = (address, normal, normal.upper(), local, local.lower(), f"mailto:{normal}")
    for said in dict.fromkeys((*spellings, f"{normal}\n")):
        found[f"hex of {said!r}"] = said.encode().hex()
        found.update(_in_base64(said))
        for name in ALGORITHMS:
            digest = hashlib.new(name, said.encode())
            found[f"{name} of {said!r}"] = digest.hexdigest()[:PART]
            found[f"base64 of {name} of {said!r}"] = _base64(digest.digest())[:PART]
    return found


def _in_base64(text: str) -> Iterator[tuple[str, str]]:
    """As it stands in the base64 of anything longer, which depends on what stands before it."""
    for before in range(3):
        coded = _base64(b"\0" * before + text.encode())
        # Letters at both ends also hold bits of what stands beside it.
        yield f"base64 of {text!r} after {before}", coded[(0, 2, 3)[before] : -2 or None]


def _base64(some: bytes) -> str:
    return base64.urlsafe_b64encode(some).decode().rstrip("=")


def leaks_in(text: str, addresses: Iterable[str]) -> list[str]:
    """What in the text gives one of the addresses away; empty is what it should be."""
    # As it is, and as whoever decodes it gets it: a feed holds HTML inside of XML.
    once = unescape(unquote(text))
    plain = f"{text}\n{once}\n{unescape(once)}"
    small, coded = plain.lower(), plain.replace("+", "-").replace("/", "_")
    return [
        f"{address}: {name}"
        for address in addresses
        for name, form in disguises(address).items()
        if form in (coded if name.startswith("base64") else small)
    ]


@dataclass
class Walk:
    """Everything public that is reached from some addresses, by following what the pages name."""

    client: object
    look: Callable
    seen: dict[str, int] = field(default_factory=dict)

    def from_(self, paths: Iterable[str]) -> "Walk":
        waiting = list(paths)
        while waiting and len(self.seen) < MOST_PAGES:
            path = waiting.pop(0)
            if path in self.seen:
                continue
            response = self.client.get(path)
            self.seen[path] = response.status_code
            self.look(path, response)
            waiting += self._named(path, response)
        return self

    def _named(self, path, response) -> Iterator[str]:
        found = [response.get("Location", "")]
        if "image" not in response["Content-Type"]:
            found += ["".join(groups) for groups in LINK.findall(text_of(response))]
        for address in found:
            url = urlsplit(urljoin(f"http://testserver{path}", unescape(address)))
            if url.netloc in {"testserver", "127.0.0.1:8000"} and is_public(url.path):
                yield f"{url.path}?{url.query}" if url.query else url.path


def is_public(path: str) -> bool:
    """The admin asks for an account, and the web server gives out the files."""
    return not path.startswith(("/admin/", "/static/", "/media/")) and path.isascii()


def text_of(response) -> str:
    """Headers and body, letters as they are."""
    if not hasattr(response, "whole_body"):
        is_stream = response.streaming
        response.whole_body = b"".join(response) if is_stream else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    cookies = response.cookies.output()
    return f"{headers}\n{cookies}\n{response.whole_body.decode(errors='backslashreplace')}"
