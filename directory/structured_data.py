"""What the directory's pages say to machines, in words of schema.org: exactly what they show.

Pure functions from what a page shows to nodes for `{% json_ld %}`. `origin` is the site's address
without a slash at its end.
"""

from collections.abc import Iterable

Node = dict[str, object]


def breadcrumb_list(trail: Iterable[tuple[str, str]], *, origin: str) -> Node:
    """The way to a page from the home page down, as (name, path); the page itself comes last."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": f"{origin}{path}"}
            for position, (name, path) in enumerate(trail, start=1)
        ],
    }


def item_list(entries: Iterable[tuple[str, str]], *, origin: str, first: int = 1) -> Node:
    """The rows of a list in their order, as (name, path); `first` is the number of the first."""
    return {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "url": f"{origin}{path}"}
            for position, (name, path) in enumerate(entries, start=first)
        ],
    }
