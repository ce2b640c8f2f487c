"""Reads a page as machines do: its words, its addresses, its head and its data blocks."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser

SILENT = {"head", "script", "style", "title"}


class Page(HTMLParser):
    """What a page shows, and what it says to machines.

    `words` is its visible text on one line, `meta` its `<meta>` by name or property (the last of
    each), `canonical` the addresses that it names as its own, `crumbs` the visible way to it as
    pairs of a name and an address, which the page itself has none of.
    """

    def __init__(self, html: str):
        super().__init__()
        self.text: list[str] = []
        self.blocks: list[str] = []
        self.addresses: set[str] = set()
        self.canonical: list[str] = []
        self.meta: dict[str, str] = {}
        self.crumbs: list[tuple[str, str]] = []
        self.is_in_crumbs = False
        self.open: list[str] = []
        self.feed(html)
        self.close()

    @classmethod
    def of(cls, response) -> "Page":
        assert response.status_code == 200
        return cls(response.content.decode())

    def handle_starttag(self, tag, attrs):
        fields = dict(attrs)
        if tag in SILENT:
            self.open.append(tag)
        if tag == "nav" and fields.get("class") == "breadcrumb":
            self.is_in_crumbs = True
        if self.is_in_crumbs and tag == "li":
            self.crumbs.append(("", ""))
        if self.is_in_crumbs and tag == "a":
            self.crumbs[-1] = ("", fields["href"])
        if tag == "script" and fields.get("type") == "application/ld+json":
            self.blocks.append("")
        if tag == "link" and fields.get("rel") == "canonical":
            self.canonical.append(fields["href"])
        if tag == "meta":
            self.meta[fields.get("name") or fields.get("property")] = fields.get("content")
        self.addresses |= {value for name, value in attrs if name in ("href", "src")}
        for pair in (fields.get("srcset") or "").split(", "):
            self.addresses.add(pair.partition(" ")[0])

    def handle_endtag(self, tag):
        self.is_in_crumbs = self.is_in_crumbs and tag != "nav"
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data):
        if self.open[-1:] == ["script"] and self.blocks and not self.blocks[-1]:
            self.blocks[-1] = data
        if self.is_in_crumbs and self.crumbs:
            name, address = self.crumbs[-1]
            self.crumbs[-1] = (f"{name} {data.strip()}".strip(), address)
        if not self.open:
            self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())

    @property
    def nodes(self) -> list[dict]:
        """Of all blocks, what is said of the same `@id` together."""
        merged: dict[object, dict] = {}
        for number, node in enumerate(self._said()):
            known = merged.setdefault(node.get("@id", number), {})
            assert all(known.get(name, value) == value for name, value in node.items())
            known.update(node)
        return list(merged.values())

    def node(self, type_: str) -> dict:
        """The only one of this type."""
        (found,) = [node for node in self.nodes if node["@type"] == type_]
        return found

    def _said(self) -> Iterator[dict]:
        for block in self.blocks:
            data = json.loads(block)
            assert data["@context"] == "https://schema.org"
            yield from data["@graph"]


def leaves(node: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every value with the keys that lead to it, as in `author.name`."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from leaves(value, f"{path}.{name}".lstrip("."))
    elif isinstance(node, list):
        for value in node:
            yield from leaves(value, path)
    else:
        yield path, node
