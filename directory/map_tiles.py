"""Street maps behind the pins, from the tile server that an operator names."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from directory.lettering import written
from directory.projection import Mercator

TILE_PX, DEEPEST_ZOOM = 256, 18


@dataclass(frozen=True)
class Tile:
    """One picture of an operator's own tile server."""

    href: str
    left: str
    top: str
    size: str


def tiles(projection: Mercator, size: int) -> Iterator[Tile]:
    """The pictures that cover a view of `size` units, at least as fine as it."""
    zoom = min(max(math.ceil(math.log2(projection.world / TILE_PX)), 0), DEEPEST_ZOOM)
    count, width = 2**zoom, projection.world / 2**zoom
    left, top = projection.corner
    first, last = math.floor(top / width), math.floor((top + size) / width)
    for row in range(max(first, 0), min(last, count - 1) + 1):
        for column in range(math.floor(left / width), math.floor((left + size) / width) + 1):
            address = settings.MAP_TILE_URL
            for name, value in (("z", zoom), ("x", column % count), ("y", row)):
                address = address.replace(f"{{{name}}}", str(value))
            x, y = column * width - left, row * width - top
            # A hair larger, so that no seam shows.
            yield Tile(address, written(x), written(y), written(width + 0.2))
