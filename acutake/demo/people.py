"""Makes up people who treat patients: everything about them but the rows of the database.

Names, numbers and addresses are obviously fictitious: invented family names, the telephone numbers
555-0100 to 555-0199 that are kept for fiction, example.org, licenses that begin with DEMO,
NPI numbers that begin with 2.
"""

import math
import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from directory.geo import EARTH_RADIUS_MILES, KM_PER_MILE, Point
from directory.npi import check_digit

# The area code that each state was given first (AT&T, 1947; Alaska and Hawaii 1957).
AREA_CODES = dict(
    re.findall(
        r"(\w+):(\d+)",
        "AL:205 AK:907 AZ:602 AR:501 CA:213 CO:303 CT:203 DE:302 DC:202 FL:305 GA:404 HI:808 "
        "ID:208 IL:312 IN:317 IA:515 KS:316 KY:502 LA:504 ME:207 MD:410 MA:617 MI:313 MN:612 "
        "MS:601 MO:314 MT:406 NE:402 NV:702 NH:603 NJ:201 NM:505 NY:212 NC:704 ND:701 OH:216 "
        "OK:405 OR:503 PA:215 RI:401 SC:803 SD:605 TN:615 TX:214 UT:801 VT:802 VA:703 WA:206 "
        "WV:304 WI:414 WY:307",
    )
)
MILES_PER_DEGREE = math.radians(EARTH_RADIUS_MILES)
JITTER_MILES = 3 / KM_PER_MILE

COMMON = ("trigger-point", "sports-orthopedic", "back-neck-pain", "headache-migraine")
OFTEN = (
    "stress-anxiety",
    "sleep",
    "womens-health",
    "cupping-gua-sha",
    "chinese-herbal-medicine",
    "fertility",
    "older-adults",
    "digestive",
    "auricular",
    "electroacupuncture",
)
# How often somebody has these letters.
LETTERS = {
    "L.Ac., Dipl.Ac.": 30,
    "L.Ac., Dipl.O.M.": 18,
    "L.Ac.": 20,
    "L.Ac., DACM": 12,
    "L.Ac., DAOM": 8,
    "MD, DABMA": 4,
    "DC": 3,
    "PT, DPT": 5,
}
WEEKS = (
    ((0, 1, 2, 3, 4), (("09:00", "17:00"),)),
    ((0, 1, 3, 4), (("08:30", "12:30"), ("14:00", "18:30"))),
    ((1, 2, 3, 4, 5), (("10:00", "18:00"),)),
    ((0, 2, 4), (("12:00", "20:00"),)),
    ((1, 3), (("07:00", "15:30"),)),
    ((2, 3, 4, 5, 6), (("11:00", "19:00"),)),
)


@dataclass(frozen=True)
class Pools:
    """What people and offices are called and say: practitioners.toml."""

    given_names: list[str]
    family_names: list[str]
    office_names: list[str]
    streets: list[str]
    approaches: list[str]
    approaches_by_specialty: dict[str, list[str]]
    named: list[dict]


def names(random: Random, pools: Pools, count: int) -> list[str]:
    """Different full names, at most as many as the pools have."""
    pairs = random.sample(range(len(pools.given_names) * len(pools.family_names)), count)
    size = len(pools.family_names)
    return [f"{pools.given_names[n // size]} {pools.family_names[n % size]}" for n in pairs]


def maybe(random: Random, share: float, fact):
    """`fact` in that share of cases, else None: not stated."""
    return fact if random.random() < share else None


def near(random: Random, point: Point) -> Point:
    """A point at most three kilometers away, evenly spread over that disk."""
    distance = JITTER_MILES * math.sqrt(random.random())
    angle = random.uniform(0, math.tau)
    north = distance * math.cos(angle) / MILES_PER_DEGREE
    east = distance * math.sin(angle) / MILES_PER_DEGREE / math.cos(math.radians(point.latitude))
    return Point(round(point.latitude + north, 6), round(point.longitude + east, 6))


def phone(random: Random, state_code: str) -> str:
    """One of the hundred numbers of an area that are kept for fiction."""
    return f"({AREA_CODES.get(state_code, '800')}) 555-01{random.randrange(100):02}"


def specialties(random: Random, known: list[str]) -> list[str]:
    """One to seven slugs of `known`, of which there must be more than two."""
    chosen = {slug for slug in COMMON if random.random() < 0.45}
    chosen |= set(random.sample(OFTEN, random.randint(1, 3)))
    chosen |= set(random.sample(known, random.randint(0, 2)))
    return sorted(chosen & set(known))


def statement(random: Random, pools: Pools, offered: list[str]) -> str:
    """A statement that fits one of the specialties, or any; sometimes none."""
    if random.random() < 0.12:
        return ""
    fitting = [text for slug in offered for text in pools.approaches_by_specialty.get(slug, [])]
    return random.choice([*fitting, *random.sample(pools.approaches, 2)])


def letters(random: Random) -> str:
    """What stands after a name."""
    return random.choices(list(LETTERS), weights=list(LETTERS.values()))[0]


def npi(number: int) -> str:
    """Valid by its check digit, and nobody's: the registry has issued numbers that begin with 1."""
    first_nine = f"2{number:08}"
    return first_nine + check_digit(first_nine)


def fees(random: Random, is_community: bool) -> tuple[int, int]:
    """First visit and later ones, in whole dollars."""
    first = random.randrange(30, 61, 5) if is_community else random.randrange(95, 231, 5)
    return first, max(25, round(first * random.uniform(0.6, 0.85) / 5) * 5)


def week(random: Random) -> list[tuple[int, time, time]]:
    """Spans of the weekdays as (day, from, until)."""
    days, spans = random.choice(WEEKS)
    return [
        (day, time.fromisoformat(start), time.fromisoformat(end))
        for day in days
        for start, end in spans
    ]


def days_before(random: Random, day: date, *, most: int) -> date:
    """A day from `most` days before to the day before."""
    return day - timedelta(days=random.randint(1, most))
