"""Measures the searches in the connected database, with a site's real settings."""

import csv
import random
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

from django.test.utils import override_settings
from django.utils import timezone

from directory.candidates import Candidates, near
from directory.criteria import Criteria, Filters
from directory.forms import typed_for
from directory.gazetteer import resolve, suggest
from directory.map import draw
from directory.models import Insurer, Place, Specialty
from directory.search import nearest, search
from directory.snapshot import current
from tests.benchmarks import postgis
from tests.benchmarks.timing import Case, measure

SEED = 3
OF_A_KIND = 20
METROS = 10
# The circle around one of the metros holds this part of all offices.
METRO_SHARE = 0.01
RADIUS_MILES = 25
PLACE_QUERIES = Path(__file__).resolve().parents[1] / "directory" / "place_queries.csv"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
Origins = dict[str, list[Place]]


def main() -> dict:
    begin = time.perf_counter()
    current()
    reading = time.perf_counter() - begin
    origins = _origins()
    with override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=STORAGES):
        cases = {case.name: measure(case) for case in [*_searches(origins), *_others(origins)]}
    return {
        "reading": reading,
        "memory": sum(column.nbytes for column in current().columns.values()) / 2**20,
        "candidates": {kind: _candidates(places) for kind, places in origins.items()},
        "cases": cases,
        "postgis": postgis.measure(origins),
    }


def _origins() -> Origins:
    """Towns of four kinds, the same ones for every number of offices but for the metros."""
    towns = Place.objects.filter(kind=Place.Kind.POPULATED, country_code="US").order_by("pk")
    choose = random.Random(SEED).sample
    largest = list(towns.order_by("-population", "pk")[:200])
    wanted = len(current()) * METRO_SHARE
    return {
        "metro": sorted(largest, key=lambda town: abs(len(_near(town)) - wanted))[:METROS],
        "dense": largest[:OF_A_KIND],
        "mid": choose(list(towns.filter(population__range=(50_000, 150_000))), OF_A_KIND),
        "rural": choose(list(towns.filter(population__range=(500, 2_000))), OF_A_KIND),
    }


def _near(town: Place) -> Candidates:
    return near(current(), town.point, RADIUS_MILES)


def _candidates(towns: list[Place]) -> int:
    """The median of the offices in the circle."""
    return sorted(len(_near(town)) for town in towns)[len(towns) // 2]


def _searches(origins: Origins) -> list[Case]:
    specialties = list(Specialty.objects.order_by("pk"))
    common, rare = specialties[2], specialties[-1]
    insurer = Insurer.objects.order_by("pk").first()
    filters = Filters(accepting=True, insurers=(insurer,))
    three = Criteria(specialties=(rare,), filters=filters)
    everywhere = _everywhere(origins)
    return [
        _case("first page, metro", origins["metro"], Criteria()),
        _case("first page", everywhere, Criteria()),
        _case("one specialty", everywhere, Criteria(specialties=(common,)), specialty=common.slug),
        _case(
            "three filters",
            everywhere,
            three,
            specialty=rare.slug,
            accepting=1,
            insurer=insurer.slug,
        ),
        _case("page 10", [*origins["dense"], *origins["mid"]], Criteria(page=10), page=10),
        Case(
            "nearest, no radius",
            origins["rural"],
            lambda town: nearest(
                Criteria(place=town, specialties=(rare,)), at=timezone.now(), limit=20
            ),
        ),
    ]


def _case(name: str, towns: list[Place], asked: Criteria, **parameters) -> Case:
    return Case(
        name,
        towns,
        lambda town: search(replace(asked, place=town), at=timezone.now()),
        lambda town: f"/acupuncturists/?{urlencode({'where': typed_for(town), **parameters})}",
    )


def _others(origins: Origins) -> list[Case]:
    """The parts of a page that are no search."""
    everywhere = _everywhere(origins)
    asked = [Criteria(place=town) for town in everywhere]
    return [
        Case(
            "map",
            [(search(one, at=timezone.now()), one) for one in asked],
            lambda answered: draw(*answered),
        ),
        Case(
            "map points",
            everywhere,
            lambda town: search(Criteria(place=town), at=timezone.now()),
            lambda town: f"/acupuncturists.geojson?{urlencode({'where': typed_for(town)})}",
        ),
        Case("place lookup", _place_queries(), resolve),
        Case(
            "suggestions",
            [town.name[:length] for town in everywhere[::2] for length in (3, 6)],
            suggest,
            lambda typed: f"/acupuncturists/places/?{urlencode({'q': typed})}",
        ),
    ]


def _everywhere(origins: Origins) -> list[Place]:
    return [*origins["dense"], *origins["mid"], *origins["rural"]]


def _place_queries() -> list[str]:
    """Some of what people type for a place."""
    with PLACE_QUERIES.open(encoding="utf-8", newline="") as file:
        return [row["typed"] for row in csv.DictReader(file)][::5]
