"""Brings the made-up practitioners into the database: the same ones every time."""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify

from acutake.demo import people
from acutake.demo.portraits import give_portraits
from acutake.demo.towns import choose_towns
from directory.geo import Point
from directory.letters import decode, meanings
from directory.license_registers import register_of
from directory.licensing import verification_of
from directory.models import (
    Affiliation,
    Credential,
    Insurer,
    Language,
    License,
    Office,
    OpeningHours,
    Place,
    Practitioner,
    Specialty,
    Verification,
)
from directory.search_index import rebuild
from directory.vocabulary import load_vocabulary

POOLS = Path(__file__).resolve().parent / "content" / "practitioners.toml"
SEED = 20_260_101
# Some are not public, as on any real site: the pages must not show them.
DRAFTS = range(40, 640, 50)
WITHDRAWN = range(65, 665, 100)
WITHOUT_POINT = range(33, 680, 170)
WITHOUT_OFFICE = range(21, 680, 130)
# For the desk: some licenses end soon, some were checked too long ago.
EXPIRING = range(9, 680, 60)
WITH_PORTRAIT_EVERY = 28
CHECKED_LONG_AGO = range(14, 680, 40)


@dataclass
class Rows:
    """Everything that is written, gathered first: a bulk insert for each table."""

    practitioners: list[Practitioner] = field(default_factory=list)
    offices: list[Office] = field(default_factory=list)
    affiliations: list[Affiliation] = field(default_factory=list)
    hours: list[OpeningHours] = field(default_factory=list)
    credentials: list[Credential] = field(default_factory=list)
    licenses: list[License] = field(default_factory=list)
    # Slugs or codes of the vocabulary, by practitioner.
    specialties: list[tuple[Practitioner, str]] = field(default_factory=list)
    insurers: list[tuple[Practitioner, str]] = field(default_factory=list)
    languages: list[tuple[Practitioner, str]] = field(default_factory=list)


@transaction.atomic
def load_practitioners(*, at: datetime | None = None) -> int:
    """Adds those whose slug is not there yet, dated back from `at`; returns how many.

    The gazetteer must be loaded, since people practice in its towns.
    """
    load_vocabulary()
    known = set(Practitioner.objects.values_list("slug", flat=True))
    at = at or timezone.now()
    rows = _make_up(at=at, is_known=known.__contains__)
    if rows.practitioners:
        _write(rows, at=at)
        give_portraits(rows.practitioners[::WITH_PORTRAIT_EVERY])
        rebuild()
    return len(rows.practitioners)


def _make_up(*, at: datetime, is_known: Callable[[str], bool]) -> Rows:
    """All are made up in the same order, whoever is known: so each stays the same person."""
    random = Random(SEED)  # noqa: S311 (nothing is secret about them)
    pools = people.Pools(**tomllib.loads(POOLS.read_text(encoding="utf-8")))
    vocabulary = [
        list(model.objects.order_by("name").values_list(key, flat=True))
        for model, key in ((Specialty, "slug"), (Insurer, "slug"), (Language, "code"))
    ]
    known = meanings()
    places = [*_places_of_named(pools.named), *((town, {}) for town in choose_towns(random))]
    names = people.names(random, pools, len(places))
    rows = Rows()
    for number, ((town, given), name) in enumerate(zip(places, names, strict=True)):
        person = Person(number, given.get("name", name), town, given, at, random.getrandbits(64))
        if not is_known(slugify(person.name)):
            person.add_to(rows, pools, known, *vocabulary)
    return rows


def _places_of_named(named: list[dict]) -> list[tuple[Place, dict]]:
    """Those who also write comments, with their towns; without those whose town is not known."""
    towns = Place.objects.filter(
        country_code="US", kind=Place.Kind.POPULATED, name__in=[row["city"] for row in named]
    ).order_by("population")
    by_name = {(town.name, town.state_code): town for town in towns}
    places = [(by_name.get((row["city"], row["state"])), row) for row in named]
    return [(town, row) for town, row in places if town is not None]


class Person:
    """One person with a source of chance of their own, so that no other depends on it."""

    def __init__(self, number, name, town, given, at, seed):
        self.number, self.name, self.town, self.given = number, name, town, given
        self.today = at.date()
        self.random = Random(seed)  # noqa: S311

    def add_to(self, rows, pools, known, specialties, insurers, languages):
        offered = self.given.get("specialties") or people.specialties(self.random, specialties)
        practitioner = self._practitioner(pools, offered)
        rows.practitioners.append(practitioner)
        rows.specialties += [(practitioner, slug) for slug in offered]
        rows.insurers += [(practitioner, slug) for slug in self._some(insurers, 0.6, 6)]
        rows.languages += [(practitioner, code) for code in self._languages(languages)]
        self._add_training(rows, practitioner, known)
        if self.number not in WITHOUT_OFFICE:
            for _ in range(2 if self.random.random() < 0.12 else 1):
                self._add_office(rows, practitioner, pools)

    def _practitioner(self, pools, offered):
        random, slug = self.random, slugify(self.name)
        first, later = people.fees(random, "community-style" in offered)
        return Practitioner(
            name=self.name,
            slug=slug,
            letters=self.given.get("letters") or people.letters(random),
            npi=people.npi(self.number) if self.number % 2 else "",
            listing=self._listing(),
            statement=self.given.get("approach") or people.statement(random, pools, offered),
            first_visit_fee_usd=people.maybe(random, 0.85, first),
            follow_up_fee_usd=people.maybe(random, 0.8, later),
            has_sliding_scale=people.maybe(
                random, 0.7, "community-style" in offered or random.random() < 0.2
            ),
            offers_telehealth=people.maybe(random, 0.7, random.random() < 0.35),
            offers_home_visits=people.maybe(random, 0.6, random.random() < 0.15),
            email=f"{slug}@example.org",
            website=people.maybe(random, 0.7, f"https://{slug}.example.org/") or "",
            booking_url=people.maybe(random, 0.4, f"https://book.example.org/{slug}/") or "",
            confirmed_on=people.maybe(
                random, 0.85, people.days_before(random, self.today, most=200)
            ),
            is_demonstration=True,
        )

    def _listing(self):
        if self.number in DRAFTS:
            return Practitioner.Listing.DRAFT
        if self.number in WITHDRAWN:
            return Practitioner.Listing.WITHDRAWN
        return Practitioner.Listing.LISTED

    def _some(self, known, share, most):
        if self.random.random() > share:
            return []
        return self.random.sample(known, self.random.randint(1, most))

    def _languages(self, known):
        if self.random.random() < 0.08:
            return []
        others = [code for code in known if code != "en"]
        return ["en", *self.random.sample(others, self.random.choice((0, 0, 0, 1, 1, 2)))]

    def _add_training(self, rows, practitioner, known):
        year = self.today.year - self.random.randint(2, 30)
        rows.credentials += [
            Credential(practitioner=practitioner, letters=letters, kind=kind, year=year)
            for letters, kind in decode(practitioner.letters, known)
        ]
        is_lapsed = self.random.random() < 0.04
        days = 20 if self.number in EXPIRING else 400
        expires = self.today + timedelta(days=self.random.randint(-300, -1) if is_lapsed else days)
        seen = people.days_before(self.random, self.today, most=300)
        seen -= timedelta(days=300 if self.number in CHECKED_LONG_AGO else 0)
        held = License(
            practitioner=practitioner,
            number=f"DEMO-{self.number:05}",
            state_code=self.town.state_code,
            expires_on=people.maybe(self.random, 0.9, expires),
            verified_on=people.maybe(self.random, 0.75, seen),
        )
        if register_of(held.state_code) is not None:
            if held.verified_on:
                held.source_url = f"https://licenses.example.org/{held.state_code.lower()}/"
            rows.licenses.append(held)

    def _add_office(self, rows, practitioner, pools):
        random, town = self.random, self.town
        city = town.name.removesuffix(" City") if town.name == "New York City" else town.name
        point = people.near(random, Point(town.latitude, town.longitude))
        has_point = self.number not in WITHOUT_POINT
        office = Office(
            name=random.choice(pools.office_names).format(city=city),
            street=f"{random.randrange(2, 980)} {random.choice(pools.streets)}",
            city=city,
            state_code=town.state_code,
            latitude=point.latitude if has_point else None,
            longitude=point.longitude if has_point else None,
            precision=Office.Precision.STREET if has_point else "",
            timezone=town.timezone,
            is_step_free=people.maybe(random, 0.7, random.random() < 0.75),
        )
        affiliation = Affiliation(
            practitioner=practitioner,
            office=office,
            phone=people.maybe(random, 0.96, people.phone(random, town.state_code)) or "",
            accepts_new_patients=people.maybe(random, 0.88, random.random() < 0.85),
        )
        rows.offices.append(office)
        rows.affiliations.append(affiliation)
        if random.random() < 0.85:
            rows.hours += [
                OpeningHours(affiliation=affiliation, weekday=day, opens_at=opens, closes_at=closes)
                for day, opens, closes in people.week(random)
            ]


def _write(rows: Rows, *, at: datetime) -> None:
    for made in (rows.practitioners, rows.offices, rows.affiliations):
        type(made[0]).objects.bulk_create(made)
    for made in (rows.hours, rows.credentials, rows.licenses):
        type(made[0]).objects.bulk_create(made)
    Verification.objects.bulk_create(
        verification_of(held, at=at) for held in rows.licenses if held.verified_on
    )
    _link(Practitioner.specialties, "specialty", Specialty, "slug", rows.specialties)
    _link(Practitioner.insurers, "insurer", Insurer, "slug", rows.insurers)
    _link(Practitioner.languages, "language", Language, "code", rows.languages)


def _link(
    relation,
    name: str,
    model: type[models.Model],
    key: str,
    pairs: Iterable[tuple[Practitioner, str]],
) -> None:
    ids = dict(model.objects.values_list(key, "pk"))
    relation.through.objects.bulk_create(
        relation.through(practitioner_id=practitioner.pk, **{f"{name}_id": ids[value]})
        for practitioner, value in pairs
    )
