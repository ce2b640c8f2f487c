"""Offices spread like the population over the gazetteer, the same ones for the same count.

Written past the ORM and in blocks, since a million offices come with nine million facts. What is
derived from them, the search table, is not written here: the site does it, and is timed.
"""

import io
import math
import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate

from django.apps import apps
from django.db import connection, transaction

from directory.models import Insurer, Language, Place, Specialty

SEED = 20_261_123
BLOCK = 20_000
US_SHARE = 0.7
# So many practitioners see patients at a second office, not far from the first.
SECOND_OFFICE_SHARE = 0.08
KM_PER_DEGREE = 111.2
WRITTEN_AT = "2026-01-01 00:00:00"
POOL = 4_096

TABLES = {
    "directory_office": (
        *("id", "name", "street", "city", "state_code", "postcode", "country_code"),
        *("latitude", "longitude", "precision", "timezone", "is_step_free"),
    ),
    "directory_practitioner": (
        *("id", "name", "slug", "letters", "listing", "statement", "first_visit_fee_usd"),
        *("follow_up_fee_usd", "has_sliding_scale", "offers_telehealth", "offers_home_visits"),
        *("email", "website", "booking_url", "confirmed_on", "is_demonstration", "search_text"),
        *("created_at", "updated_at"),
    ),
    "directory_affiliation": (
        *("id", "practitioner_id", "office_id", "phone", "accepts_new_patients"),
    ),
    "directory_practitioner_specialties": ("id", "practitioner_id", "specialty_id"),
    "directory_practitioner_languages": ("id", "practitioner_id", "language_id"),
    "directory_practitioner_insurers": ("id", "practitioner_id", "insurer_id"),
    "directory_license": (
        *("id", "practitioner_id", "number", "state_code", "expires_on", "verified_on"),
        "source_url",
    ),
    "directory_openinghours": ("id", "affiliation_id", "weekday", "opens_at", "closes_at"),
}
# PostgreSQL would look every reference up, row by row; here they are right by construction.
_QUICKLY = {
    "postgresql": (
        "SET session_replication_role = replica",
        "SET session_replication_role = DEFAULT",
    ),
    "sqlite": ("PRAGMA journal_mode = OFF", "PRAGMA journal_mode = WAL"),
}
Rows = dict[str, list[tuple]]

FIRST_NAMES = ("Ada", "Bo", "Cleo", "Dov", "Esme", "Finn", "Gita", "Hal", "Ines", "Jun", "Kai")
LAST_NAMES = ("Alder", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Ivy", "Juniper", "Maple", "Oak")
WORDS = ("River", "Garden", "Harbor", "Hill", "Meadow", "Bridge", "Lantern", "Willow", "Stone")


class Population:
    """The generator's state: the towns with their weights, and pools of ready-made facts."""

    def __init__(self, offices: int):
        self.offices = offices
        self.random = random.Random(SEED)
        self.towns, self.weights = _towns()
        self.specialties = self._pool(Specialty, (28, 38, 20, 10, 4), start=1)
        self.languages = self._pool(Language, (30, 45, 20, 5), start=0)
        self.insurers = self._pool(Insurer, (60, 10, 15, 10, 5), start=0)
        self.hours = [self._week() for _ in range(POOL)]
        self.ids = dict.fromkeys(TABLES, 0)

    def blocks(self) -> Iterator[Rows]:
        """All rows by table, so many practitioners at a time."""
        while self.ids["directory_office"] < self.offices:
            rows: Rows = {table: [] for table in TABLES}
            for _ in range(BLOCK):
                if self.ids["directory_office"] >= self.offices:
                    break
                self._practitioner(rows)
            yield rows

    def _practitioner(self, rows: Rows) -> None:
        draw = self.random.random
        town = self.towns[bisect(self.weights, draw())]
        key = self._practitioner_row(rows)
        for table, pool in (
            ("directory_practitioner_specialties", self.specialties),
            ("directory_practitioner_languages", self.languages),
            ("directory_practitioner_insurers", self.insurers),
        ):
            for fact in self._one_of(pool):
                self._add(rows, table, key, fact)
        if draw() < 0.8:
            verified = "2026-06-01" if draw() < 0.6 else None
            expires = f"{2026 + int(draw() * 3)}-{1 + int(draw() * 12):02}-28"
            self._add(rows, "directory_license", key, f"B-{key}", "NY", expires, verified, "")
        self._office(rows, key, town)
        has_second = draw() < SECOND_OFFICE_SHARE
        if has_second and self.ids["directory_office"] < self.offices:
            self._office(rows, key, town)

    def _practitioner_row(self, rows: Rows) -> int:
        draw = self.random.random
        number = self.ids["directory_practitioner"] + 1
        name = f"{self._one_of(FIRST_NAMES)} {self._one_of(LAST_NAMES)}"
        fee = 60 + 5 * int(draw() * 32) if draw() < 0.7 else None
        return self._add(
            rows,
            "directory_practitioner",
            name,
            f"practitioner-{number}",
            "L.Ac.",
            "listed",
            "",
            fee,
            fee,
            self._stated(0.25, 0.25),
            self._stated(0.2, 0.4),
            self._stated(0.1, 0.4),
            "",
            "",
            "",
            None,
            False,
            "",
            WRITTEN_AT,
            WRITTEN_AT,
        )

    def _office(self, rows: Rows, practitioner: int, town: tuple) -> None:
        city, state, country, latitude, longitude, spread = town
        draw, gauss = self.random.random, self.random.gauss
        north = min(max(latitude + gauss(0, spread), -89.9), 89.9)
        east = longitude + gauss(0, spread) / max(math.cos(math.radians(latitude)), 0.05)
        office = self._add(
            rows,
            "directory_office",
            f"{self._one_of(WORDS)} {self._one_of(WORDS)} Acupuncture",
            "12 Bobbin Street",
            city,
            state,
            "",
            country,
            round(north, 6),
            round((east + 180.0) % 360.0 - 180.0, 6),
            "rooftop",
            "",
            self._stated(0.5, 0.2),
        )
        accepts = self._stated(0.6, 0.15)
        phone = f"(555) 555-01{int(draw() * 100):02}"
        key = self._add(rows, "directory_affiliation", practitioner, office, phone, accepts)
        if draw() < 0.35:
            for weekday, opens, closes in self._one_of(self.hours):
                self._add(rows, "directory_openinghours", key, weekday, opens, closes)

    def _add(self, rows: Rows, table: str, *values) -> int:
        self.ids[table] += 1
        rows[table].append((self.ids[table], *values))
        return self.ids[table]

    def _one_of(self, pool: Sequence):
        """`random.choice` takes five times as long."""
        return pool[int(self.random.random() * len(pool))]

    def _stated(self, true: float, false: float) -> bool | None:
        drawn = self.random.random()
        return True if drawn < true else False if drawn < true + false else None

    def _pool(self, model, shares: tuple[int, ...], *, start: int) -> list[tuple[int, ...]]:
        """Sets of keys, the first of the list far more often than the last (Zipf)."""
        keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
        weights = [1 / (rank + 2) for rank in range(len(keys))]
        sizes = self.random.choices(range(start, start + len(shares)), shares, k=POOL)
        return [tuple(dict.fromkeys(self.random.choices(keys, weights, k=size))) for size in sizes]

    def _week(self) -> list[tuple[int, str, str]]:
        days = sorted(self.random.sample(range(7), self.random.choice((2, 3, 4))))
        opens, closes = self.random.choice(
            (("09:00:00", "17:00:00"), ("08:00:00", "16:00:00"), ("11:00:00", "19:30:00"))
        )
        return [(day, opens, closes) for day in days]


def _towns() -> tuple[list[tuple], list[float]]:
    """Every town with how far its offices lie apart in degrees, and the running share of people."""
    places = Place.objects.filter(kind=Place.Kind.POPULATED, population__gt=0).order_by("pk")
    rows = list(
        places.values_list(
            "name", "state_code", "country_code", "latitude", "longitude", "population"
        )
    )
    people = {True: 0, False: 0}
    for *_, country, _, _, population in rows:
        people[country == "US"] += population
    shares = {True: US_SHARE, False: 1 - US_SHARE}
    towns, weights = [], []
    for city, state, country, latitude, longitude, population in rows:
        spread_km = min(0.3 * math.sqrt(population / 1_000), 12)
        towns.append((city, state[:3], country, latitude, longitude, spread_km / KM_PER_DEGREE))
        is_us = country == "US"
        weights.append(population * shares[is_us] / people[is_us])
    running = list(accumulate(weights))
    return towns, [share / running[-1] for share in running]


def fill(offices: int) -> None:
    """Writes the population into the connected database, whose tables of it are empty."""
    write = _copy if connection.vendor == "postgresql" else _insert
    before, after = _QUICKLY[connection.vendor]
    left_out = {table: _defaults(table, columns) for table, columns in TABLES.items()}
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        cursor.execute(before)
        for rows in Population(offices).blocks():
            with transaction.atomic():
                for table, columns in TABLES.items():
                    more, values = left_out[table]
                    whole = [row + values for row in rows[table]]
                    write(cursor, table, columns + more, whole)
        cursor.execute(after)


def _defaults(table: str, columns: tuple[str, ...]) -> tuple[tuple[str, ...], tuple]:
    """The columns that must have a value and are not written, with what a new row has there."""
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    fields = [
        field
        for field in models[table]._meta.concrete_fields
        if not field.null and field.column not in columns
    ]
    return tuple(field.column for field in fields), tuple(field.get_default() for field in fields)


def _copy(cursor, table: str, columns: tuple[str, ...], rows: list[tuple]) -> None:
    lines = ("\t".join("\\N" if v is None else str(v) for v in row) for row in rows)
    text = io.StringIO("\n".join(lines))
    cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", text)


def _insert(cursor, table: str, columns: tuple[str, ...], rows: list[tuple]) -> None:
    marks = ", ".join(["%s"] * len(columns))
    cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
