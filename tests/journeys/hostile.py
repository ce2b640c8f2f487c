"""Listings at the edges of what may be typed, for journeys that look at their pages.

Run in a process of the site, since a browser's loop lets nobody into the database beside it.
"""

from datetime import date, time

from directory.geo import Point
from directory.models import License, Office, Practitioner, Specialty
from directory.search_index import index_practitioners
from tests.directory.factories import BROOKLYN, make_affiliation, make_office, make_practitioner

SLUGS = ("nothing-stated", "ten-offices", "breaks-out")
BREAKOUT = "</script><script>document.title = 'taken'</script><!-- \" ' & ; \\ 🌿"
LONGEST_NAME = " ".join(["Maximiliana Featherstonehaugh-Cholmondeley"] * 3)[:120].strip()


def make() -> None:
    """Somebody who stated nothing, somebody who stated too much, and somebody who is malicious."""
    make_practitioner(name="Nihil Emptyfield", slug="nothing-stated")
    _make_ten_offices()
    breaks_out = make_practitioner(
        name=BREAKOUT,
        slug="breaks-out",
        letters=BREAKOUT[:60],
        statement=f"{BREAKOUT}\n\n{BREAKOUT}",
        website='https://example.org/?a=<b>&c="',
        is_demonstration=True,
    )
    office = make_office(name=BREAKOUT, street=BREAKOUT, city="A" * 120, precision="place")
    make_affiliation(breaks_out, office, phone="<b>no</b> number", accepts_new_patients=False)
    License.objects.create(practitioner=breaks_out, number=BREAKOUT[:40], state_code="NY")


def remove() -> None:
    people = list(Practitioner.objects.filter(slug__in=SLUGS).values_list("pk", flat=True))
    Office.objects.filter(practitioners__in=people).delete()
    Practitioner.objects.filter(pk__in=people).delete()
    index_practitioners(people)


def _make_ten_offices() -> Practitioner:
    practitioner = make_practitioner(
        name=LONGEST_NAME,
        slug="ten-offices",
        letters="L.Ac., Dipl.O.M., DACM, MSOM, FABORM, PT, DPT, OCS, MD, DABMA"[:60],
        specialties=Specialty.objects.all(),
        website=f"https://{'very-long-subdomain.' * 6}example.org/",
        confirmed_on=date(2026, 1, 1),
    )
    for number in range(10):
        point = None if number == 9 else Point(BROOKLYN.latitude + number / 50, BROOKLYN.longitude)
        office = make_office(point=point, name=f"{'Long' * 20} Office {number}", precision="")
        affiliation = make_affiliation(practitioner, office, phone=f"(718) 555-010{number}")
        for weekday in range(number % 8):
            hours = affiliation.opening_hours
            hours.create(weekday=weekday, opens_at=time(9), closes_at=time(12, 30))
            hours.create(weekday=weekday, opens_at=time(14), closes_at=time(1))
    return practitioner
