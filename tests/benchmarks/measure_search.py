"""Measures searches in the connected database and prints them as JSON.

Run by `tests.benchmarks.test_search_speed` as a program of its own, with a site's real settings.
"""

import csv
import json
import random
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import django

SEED = 3
OF_A_KIND = 20
METROS = 10
# The circle around one of the metros holds this part of all offices.
METRO_SHARE = 0.01
PLACE_QUERIES = Path(__file__).resolve().parents[1] / "directory" / "place_queries.csv"


def main() -> dict:
    from django.test.utils import override_settings

    from tests.benchmarks import postgis
    from tests.benchmarks.timing import measure

    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    media = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    with override_settings(
        ALLOWED_HOSTS=["testserver"], STORAGES={"default": media, "staticfiles": static}
    ):
        origins = _origins()
        found = {case.name: measure(case) for case in _cases(origins)}
        return {
            "candidates": {kind: _candidates(places) for kind, places in origins.items()},
            "cases": found,
            "postgis": postgis.measure(origins),
        }


def _origins() -> dict[str, list]:
    """Towns of four kinds, the same ones for every number of offices but for the metros."""
    from directory.models import Place, SearchEntry
    from directory.nearby import within

    towns = Place.objects.filter(kind=Place.Kind.POPULATED, country_code="US").order_by("pk")
    choose = random.Random(SEED).sample
    largest = list(towns.order_by("-population", "pk")[:200])
    wanted = SearchEntry.objects.count() * METRO_SHARE
    metros = sorted(
        largest,
        key=lambda town: abs(within(SearchEntry.objects.all(), town.point, 25).count() - wanted),
    )
    return {
        "metro": metros[:METROS],
        "dense": largest[:OF_A_KIND],
        "mid": choose(list(towns.filter(population__range=(50_000, 150_000))), OF_A_KIND),
        "rural": choose(list(towns.filter(population__range=(500, 2_000))), OF_A_KIND),
    }


def _candidates(places: list) -> int:
    """The median of the entries within 25 miles."""
    from directory.models import SearchEntry
    from directory.nearby import within

    counts = sorted(within(SearchEntry.objects.all(), one.point, 25).count() for one in places)
    return counts[len(counts) // 2]


def _cases(origins: dict[str, list]) -> list:
    from django.utils import timezone

    from directory.criteria import Criteria, Filters
    from directory.forms import typed_for
    from directory.gazetteer import resolve, suggest
    from directory.models import Insurer, Specialty
    from directory.search import nearest, search
    from tests.benchmarks.timing import Case

    now = timezone.now()
    specialties = list(Specialty.objects.order_by("pk"))
    common, rare = specialties[2], specialties[-1]
    insurer = Insurer.objects.order_by("pk").first()
    three = Filters(accepting=True, insurers=(insurer,))
    everywhere = [*origins["dense"], *origins["mid"], *origins["rural"]]

    def case(name: str, places: list, asked: Criteria, **parameters) -> Case:
        def address(place):
            query = urlencode({"where": typed_for(place), **parameters})
            return f"/acupuncturists/?{query}"

        return Case(
            name, places, lambda place: search(replace(asked, place=place), at=now), address
        )

    with_common = Criteria(specialties=(common,))
    of_rare = Criteria(specialties=(rare,))
    return [
        case("first page, metro", origins["metro"], Criteria()),
        case("first page", everywhere, Criteria()),
        case("one specialty", everywhere, with_common, specialty=common.slug),
        case(
            "three filters",
            everywhere,
            replace(of_rare, filters=three),
            specialty=rare.slug,
            accepting=1,
            insurer=insurer.slug,
        ),
        case("page 10", [*origins["dense"], *origins["mid"]], Criteria(page=10), page=10),
        Case(
            "nearest, no radius",
            origins["rural"],
            lambda place: nearest(replace(of_rare, place=place), at=now, limit=20),
        ),
        Case("place lookup", _place_queries(), resolve),
        Case(
            "suggestions",
            [place.name[:length] for place in everywhere[::2] for length in (3, 6)],
            suggest,
            lambda typed: f"/acupuncturists/places/?{urlencode({'q': typed})}",
        ),
    ]


def _place_queries() -> list[str]:
    """Some of what people type for a place."""
    with PLACE_QUERIES.open(encoding="utf-8", newline="") as file:
        return [row["typed"] for row in csv.DictReader(file)][::5]


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main()))
