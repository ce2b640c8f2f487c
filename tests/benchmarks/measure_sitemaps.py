"""What the sitemap takes in the connected database: seconds, and the memory beside the snapshot."""

import re
import resource
import time

from django.conf import settings
from django.test import Client

from directory.snapshot import current


def main() -> dict[str, object]:
    """The list of pages, the slowest page of each section, and all of them, one after another."""
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    current()
    held = _peak_mb()
    index, seconds = _timed(client, "/sitemap.xml")
    pages: dict[str, list[tuple[float, int]]] = {}
    for path in re.findall(rf"<loc>{re.escape(settings.SITE_URL)}([^<]*)</loc>", index):
        text, spent = _timed(client, path)
        section = re.fullmatch(r"/sitemap-(\w+)\.xml(?:\?p=\d+)?", path).group(1)
        pages.setdefault(section, []).append((spent, text.count("<loc>")))
    return {
        "index": seconds,
        "sections": {
            section: {
                "pages": len(found),
                "entries": sum(entries for _, entries in found),
                "slowest": max(spent for spent, _ in found),
            }
            for section, found in pages.items()
        },
        "all": seconds + sum(spent for found in pages.values() for spent, _ in found),
        "held": held,
        "more": _peak_mb() - held,
    }


def _timed(client: Client, path: str) -> tuple[str, float]:
    begin = time.perf_counter()
    response = client.get(path)
    assert response.status_code == 200, path
    return response.getvalue().decode(), time.perf_counter() - begin


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
