"""Makes `state_borders.csv`: states whose outlines have a line in common. See README.md."""

import argparse
import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent


def state_codes() -> dict[str, str]:
    """The postal codes of the states by the names that us-atlas has for its geometries."""
    with gzip.open(HERE / "gazetteer.tsv.gz", "rt", encoding="utf-8", newline="") as lines:
        return {
            row["name"]: row["state_code"]
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            if row["kind"] == "state" and row["country_code"] == "US"
        }


def arcs_of(nested: list | int) -> Iterator[int]:
    """The numbers of a geometry's arcs; one that is walked backwards is written as ~number."""
    if isinstance(nested, int):
        yield nested if nested >= 0 else ~nested
    else:
        for part in nested:
            yield from arcs_of(part)


def borders(topology: dict, codes: dict[str, str]) -> dict[str, set[str]]:
    """The neighbors of every state that is known by a code; a corner in common is no border."""
    owners: dict[int, set[str]] = defaultdict(set)
    for geometry in topology["objects"]["states"]["geometries"]:
        code = codes.get(geometry["properties"]["name"])
        for arc in arcs_of(geometry["arcs"]) if code else ():
            owners[arc].add(code)
    found: dict[str, set[str]] = {code: set() for code in codes.values()}
    for states in owners.values():
        for state in states:
            found[state] |= states - {state}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("states", type=Path, help="states-10m.json of us-atlas")
    topology = json.loads(parser.parse_args().states.read_text())
    found = borders(topology, state_codes())
    with (HERE / "state_borders.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["state_code", "neighbors"])
        writer.writerows([code, "|".join(sorted(found[code]))] for code in sorted(found))


if __name__ == "__main__":
    main()
