"""Files with listings for the benchmark and for trying imports by hand:
`python -m tests.benchmarks.listings 50000 > listings.csv`.

Made-up people in real towns, one row in a hundred bad in one of ten ways; the same for the same
number of rows.
"""

import csv
import sys
from collections.abc import Iterator
from random import Random

SEED = 20_261_123
BAD_SHARE = 100
TOWNS = (
    ("Brooklyn", "NY", "11201"),
    ("Portland", "OR", "97202"),
    ("Austin", "TX", "78704"),
    ("Chicago", "IL", "60614"),
    ("Santa Fe", "NM", "87501"),
    ("Seattle", "WA", "98103"),
    ("Denver", "CO", "80205"),
    ("Miami", "FL", "33130"),
)
FIRST_NAMES = ("Ada", "Bo", "Cleo", "Dov", "Esme", "Finn", "Gita", "Hal", "Inés", "Jun", "Kai")
LAST_NAMES = ("Alder", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Ivy", "Juniper", "Maple", "Oak")
HOURS = ("Mon-Fri 9:00-17:00", "Tue-Thu 11:00-19:30; Sat 10:00-14:00", "")
BAD = (
    {"first_visit_fee_usd": "cheap"},
    {"email": "me at home"},
    {"hours": "whenever"},
    {"state": "Nowhere"},
    {"postcode": "1234"},
    {"specialties": "magic"},
    {"confirmed_on": "last week"},
    {"website": "not a site"},
    {"licenses": "12345"},
    {"reference": ""},
)


def rows(count: int) -> Iterator[dict[str, str]]:
    """One in `BAD_SHARE` cannot be taken; every tenth person has two offices, one row each."""
    random = Random(SEED)
    person: dict[str, str] = {}
    for number in range(count):
        if number % 11 != 10:
            person = _person(random, number)
        row = {**person, **_office(random, number)}
        if number % BAD_SHARE == BAD_SHARE - 1:
            row |= BAD[number // BAD_SHARE % len(BAD)]
        yield row


def write(count: int, file) -> None:
    """The file as CSV; `file` is open for text."""
    lines = rows(count)
    first = next(lines)
    writer = csv.DictWriter(file, first)
    writer.writeheader()
    writer.writerow(first)
    writer.writerows(lines)


def _person(random: Random, number: int) -> dict[str, str]:
    fee = str(60 + 5 * random.randrange(30))
    return {
        "reference": f"T-{number}",
        "name": f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}",
        "letters": "L.Ac.",
        "listing": "listed",
        "statement": "I take an hour for a first visit, and explain what I do while I do it.",
        "specialties": random.choice(("Trigger point; Sports and orthopedic", "trigger-point", "")),
        "languages": random.choice(("English", "en; es", "English; Spanish")),
        "insurers": random.choice(("", "aetna")),
        "first_visit_fee_usd": fee,
        "has_sliding_scale": random.choice(("yes", "no", "")),
        "offers_telehealth": random.choice(("yes", "no", "")),
        "email": f"person{number}@example.org",
        "website": f"https://person{number}.example.org/",
        "confirmed_on": f"2026-{random.randrange(1, 11):02}-15",
        "licenses": f"NY T{number:06} until 2028-03-31",
        "credentials": "L.Ac.; Dipl.O.M.",
    }


def _office(random: Random, number: int) -> dict[str, str]:
    city, state, postcode = random.choice(TOWNS)
    return {
        "office_name": f"Practice {number}",
        "street": f"{number} Bobbin Street",
        "city": city,
        "state": state,
        "postcode": postcode,
        "is_step_free": random.choice(("yes", "no", "")),
        "phone": f"(555) 555-01{number % 100:02}",
        "accepts_new_patients": random.choice(("yes", "no", "")),
        "hours": random.choice(HOURS),
    }


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="")
    write(int(sys.argv[1]), sys.stdout)
