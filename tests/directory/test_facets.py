"""Every count is compared with a look at each practitioner, by other means than the search's."""

import math
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.criteria import FEES_USD, RADII_MILES, Criteria, Filters
from directory.geo import EARTH_RADIUS_MILES, Point
from directory.models import Insurer, Language, Place, Practitioner, Specialty
from directory.search import search
from directory.search_index import rebuild
from directory.understanding import Wish
from tests.directory.factories import (
    BROOKLYN,
    make_affiliation,
    make_insurer,
    make_language,
    make_office,
    make_place,
    make_practitioner,
    make_specialty,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
TODAY = date(2026, 3, 15)
ORIGINS = [BROOKLYN, Point(-16.8, 179.99), Point(89.7, 30.0), Point(-90.0, 0.0), Point(10.0, 10.0)]
MULTIPLE = ["specialty", "care", "insurer", "language", "hours"]
SWITCHES = ["accepting", "step_free", "sliding", "verified"]


def haversine_miles(a, b):
    phi, psi = math.radians(a.latitude), math.radians(b.latitude)
    turn = math.radians(b.longitude - a.longitude)
    square = (
        math.sin((psi - phi) / 2) ** 2 + math.cos(phi) * math.cos(psi) * math.sin(turn / 2) ** 2
    )
    return 2 * EARTH_RADIUS_MILES * math.asin(math.sqrt(square))


@pytest.fixture
def world():
    """Sixty people with none to three offices around all origins but the last."""
    random = Random(20_260_315)
    known = {
        "specialties": [make_specialty(bit=bit) for bit in (0, 7, 8, 62)],
        "insurers": [make_insurer(bit=bit) for bit in (1, 40)],
        "languages": [make_language(bit=bit) for bit in (31, 32)],
    }
    for number in range(60):
        _somebody(random, number, known)
    rebuild()
    people = Practitioner.objects.prefetch_related(
        *known, "licenses", "affiliations__office", "affiliations__opening_hours"
    )
    return list(people)


def _somebody(random, number, known):
    def stated():
        return random.choice([True, True, False, None])

    practitioner = make_practitioner(
        name=f"{number:02}",
        first_visit_fee_usd=random.choice([None, 40, 75, 76, 120, 300]),
        has_sliding_scale=stated(),
        offers_telehealth=stated(),
        offers_home_visits=stated(),
        **{name: random.sample(rows, random.randint(0, len(rows))) for name, rows in known.items()},
    )
    if random.random() < 0.8:
        practitioner.licenses.create(
            number=f"{number}",
            state_code="NY",
            verified_on=random.choice([None, date(2026, 1, 1), date(2026, 1, 1)]),
            expires_on=random.choice([None, TODAY, TODAY - timedelta(days=1)]),
        )
    origin = random.choice(ORIGINS[:-1])
    for _ in range(random.choice([0, 1, 1, 2, 3])):
        office = make_office(point=_near(random, origin), is_step_free=stated())
        affiliation = make_affiliation(practitioner, office, accepts_new_patients=stated())
        for weekday in random.sample(range(7), 2):
            affiliation.opening_hours.create(
                weekday=weekday, opens_at=time(9), closes_at=time(random.choice([17, 18, 19]))
            )


def _near(random, origin):
    """North or south of the origin over the pole if need be, then turned east at random."""
    reach = random.choice([0.05, 0.3, 1.2, 3.0])
    latitude = origin.latitude + random.uniform(-reach, reach)
    longitude = origin.longitude + random.uniform(-reach, reach)
    if abs(latitude) > 90:
        latitude, longitude = math.copysign(180, latitude) - latitude, longitude + 180
    return Point(latitude, (longitude + 180) % 360 - 180)


def holds(parameter, value, practitioner, affiliation):
    """Whether one value of a filter is true of somebody at an office, None for no office."""
    values = {
        "specialty": {row.slug for row in practitioner.specialties.all()},
        "insurer": {row.slug for row in practitioner.insurers.all()},
        "language": {row.code for row in practitioner.languages.all()},
        "care": _true(
            telehealth=practitioner.offers_telehealth, home=practitioner.offers_home_visits
        ),
        "sliding": {"1"} if practitioner.has_sliding_scale else set(),
        "verified": {"1" for held in practitioner.licenses.all() if _is_verified(held)},
        **_at_office(affiliation),
    }
    if parameter == "max_fee":
        fee = practitioner.first_visit_fee_usd
        return fee is not None and fee <= int(value)
    return value in values[parameter]


def _at_office(affiliation):
    if affiliation is None:
        return {"accepting": set(), "step_free": set(), "hours": set()}
    spans = affiliation.opening_hours.all()
    return {
        "accepting": {"1"} if affiliation.accepts_new_patients else set(),
        "step_free": {"1"} if affiliation.office.is_step_free else set(),
        "hours": _true(
            evenings=any(span.weekday < 5 and span.closes_at >= time(18) for span in spans),
            weekends=any(span.weekday >= 5 for span in spans),
        ),
    }


def _true(**values):
    return {name for name, value in values.items() if value}


def _is_verified(held):
    return held.verified_on and (held.expires_on is None or held.expires_on >= TODAY)


def matches(world, asked, *, origin=None, radius_miles=None, without=None, also=None):
    """Whoever matches, to the miles to the nearest matching office."""
    wanted = {**asked, **({"": [also]} if also else {})}
    found = {}
    for practitioner in world:
        for affiliation in list(practitioner.affiliations.all()) or [None]:
            is_match = all(
                any(holds(*_pair(name, value), practitioner, affiliation) for value in values)
                for name, values in wanted.items()
                if values and name != without
            )
            miles = affiliation and origin and haversine_miles(origin, affiliation.office.point)
            if is_match and (origin is None or (miles is not None and miles <= radius_miles)):
                found[practitioner.name] = min(miles or 0, found.get(practitioner.name, math.inf))
    return found


def _pair(name, value):
    return value if name == "" else (name, value)


def criteria_of(asked, **fields):
    """The same as what the form makes of it."""
    filters = Filters(
        **{name: bool(asked[name]) for name in SWITCHES},
        care=frozenset(asked["care"]),
        hours=frozenset(asked["hours"]),
        insurers=tuple(Insurer.objects.filter(slug__in=asked["insurer"])),
        languages=tuple(Language.objects.filter(code__in=asked["language"])),
        max_fee_usd=int(asked["max_fee"][0]) if asked["max_fee"] else None,
    )
    specialties = tuple(Specialty.objects.filter(slug__in=asked["specialty"]))
    return Criteria(specialties=specialties, filters=filters, **fields)


def draw_asked(data):
    values = {
        "specialty": list(Specialty.objects.values_list("slug", flat=True)),
        "insurer": list(Insurer.objects.values_list("slug", flat=True)),
        "language": list(Language.objects.values_list("code", flat=True)),
        "care": ["home", "telehealth"],
        "hours": ["evenings", "weekends"],
        "max_fee": ["75", "90", "200"],
        **{name: ["1"] for name in SWITCHES},
    }
    set_ones = data.draw(st.sets(st.sampled_from(sorted(values)), max_size=4))
    return {
        name: data.draw(
            st.lists(
                st.sampled_from(values[name]),
                unique=True,
                min_size=1,
                max_size=2 if name in MULTIPLE else 1,
            )
        )
        if name in set_ones
        else []
        for name in values
    }


def counts_of(results):
    return {
        (option.parameter, option.value): option.count
        for facet in results.facets
        for option in facet.options
    }


def pages_of(criteria):
    first = search(criteria, at=NOW)
    rest = [search(replace(criteria, page=page), at=NOW) for page in range(2, first.pages + 1)]
    return first, [row.practitioner.name for results in [first, *rest] for row in results.rows]


MANY = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@MANY
@given(
    data=st.data(),
    origin=st.sampled_from(ORIGINS),
    radius_miles=st.sampled_from([1, 5, 10, 25, 50, 100, 137, 250]),
)
def test_circle_equals_brute_force(world, data, origin, radius_miles):
    asked = draw_asked(data)
    place = make_place(latitude=origin.latitude, longitude=origin.longitude)
    first, order = pages_of(criteria_of(asked, place=place, radius_miles=radius_miles))

    around = {"origin": origin, "radius_miles": radius_miles}
    everybody = matches(world, asked, **around)
    counts = counts_of(first)
    radii = {
        ("radius", str(miles)): len(matches(world, asked, origin=origin, radius_miles=miles))
        for miles in {*RADII_MILES, radius_miles}
    }
    facets = {
        (name, value): len(matches(world, asked, **around, without=name, also=(name, value)))
        for name, value in counts
        if name != "radius"
    }
    assert first.total == len(everybody)
    assert order == sorted(everybody, key=everybody.get)
    assert counts == {**radii, **facets}
    assert {cost.parameter: cost.total_without for cost in first.costs} == {
        name: len(matches(world, asked, **around, without=name))
        for name, values in asked.items()
        if values and not everybody
    }


@MANY
@given(data=st.data())
def test_everywhere_equals_brute_force(world, data):
    asked = draw_asked(data)
    first, order = pages_of(criteria_of(asked))
    everybody = matches(world, asked)
    assert (first.total, order) == (len(everybody), sorted(everybody))
    assert counts_of(first) == {
        (name, value): len(matches(world, asked, without=name, also=(name, value)))
        for name, value in counts_of(first)
    }


def test_facets_come_in_one_order_with_what_is_chosen():
    specialty = make_specialty(name="Sleep", slug="sleep")
    criteria = Criteria(
        place=make_place(),
        radius_miles=30,
        specialties=(specialty,),
        filters=Filters(max_fee_usd=90, sliding=True, care=frozenset({"home"})),
    )
    facets = search(criteria, at=NOW).facets
    assert [facet.name for facet in facets] == [
        *("radius", "specialty", "accepting", "care", "insurer", "language", "hours"),
        *("step_free", "fee", "verified"),
    ]
    options = [option for facet in facets for option in facet.options]
    assert [(option.parameter, option.value) for option in options if option.is_chosen] == [
        ("radius", "30"),
        ("specialty", "sleep"),
        ("care", "home"),
        ("sliding", "1"),
        ("max_fee", "90"),
    ]
    fees = [int(option.value) for option in options if option.parameter == "max_fee"]
    assert fees == sorted([*FEES_USD, 90])


def test_facts_of_two_offices_are_not_mixed():
    practitioner = make_practitioner()
    make_affiliation(practitioner, make_office(is_step_free=True), accepts_new_patients=False)
    make_affiliation(practitioner, make_office(is_step_free=False), accepts_new_patients=True)
    filters = Filters(accepting=True, step_free=True)
    for place in (make_place(), make_place(kind=Place.Kind.STATE), None):
        results = search(Criteria(place=place, filters=filters), at=NOW)
        assert results.total == 0
        assert [(cost.parameter, cost.total_without) for cost in results.costs] == [
            ("accepting", 1),
            ("step_free", 1),
        ]


def test_row_is_the_office_that_matches():
    practitioner = make_practitioner()
    make_affiliation(practitioner, make_office(name="Nearer"), accepts_new_patients=False)
    far = make_office(name="Farther", point=Point(40.7, -73.9))
    make_affiliation(practitioner, far, accepts_new_patients=True)
    for place in (make_place(), make_place(kind=Place.Kind.STATE), None):
        results = search(Criteria(place=place, filters=Filters(accepting=True)), at=NOW)
        assert [row.affiliation.office.name for row in results.rows] == ["Farther"]


def test_words_narrow_every_count():
    sleep, sports = make_specialty(slug="sleep"), make_specialty(slug="sports")
    make_practitioner(specialties=[sleep, sports], office=make_office())
    make_practitioner(specialties=[sports], office=make_office())
    wish = Wish("sleep", specialties=(sleep,))
    counts = counts_of(search(Criteria(place=make_place(), wish=wish), at=NOW))
    assert (counts["specialty", "sleep"], counts["specialty", "sports"]) == (1, 1)


def test_license_is_verified_on_its_last_day_and_not_the_day_after():
    practitioner = make_practitioner(office=make_office())
    practitioner.licenses.create(
        number="1", state_code="NY", verified_on=date(2026, 1, 1), expires_on=TODAY
    )
    rebuild()
    criteria = Criteria(place=make_place(), filters=Filters(verified=True))
    totals = [search(criteria, at=NOW + timedelta(days=days)).total for days in (0, 1)]
    assert totals == [1, 0]
