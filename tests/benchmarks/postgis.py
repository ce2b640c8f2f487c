"""The same questions asked of PostGIS, where it is installed: total, facet counts and one page.

As one would write it who knows PostGIS: geography with a GiST index, ST_DWithin, the nearest by
`<->`, yes-or-no facts beside the point, lists joined. Three facets are counted, fewer than ours,
which also count the wider circles. The rows are read as ours are.
"""

from functools import partial

from django.db import connection

from directory.models import Affiliation
from tests.benchmarks.timing import best, quantiles

RADIUS_METERS = 25 * 1609.344
TABLE = "bench_point"
CREATE = f"""
CREATE TABLE {TABLE} AS
SELECT entry.affiliation_id, entry.practitioner_id, affiliation.accepts_new_patients AS accepts,
       ST_SetSRID(ST_MakePoint(entry.longitude, entry.latitude), 4326)::geography AS point
FROM directory_searchentry entry
JOIN directory_affiliation affiliation ON affiliation.id = entry.affiliation_id
"""
INDEXES = (
    f"CREATE INDEX ON {TABLE} USING gist (point)",
    f"CREATE INDEX ON {TABLE} (practitioner_id)",
    f"VACUUM ANALYZE {TABLE}",
)
ORIGIN = "ST_SetSRID(ST_MakePoint(%(east)s, %(north)s), 4326)::geography"
NEAR = f"ST_DWithin(point, {ORIGIN}, {RADIUS_METERS})"
HAS_SPECIALTY = f"""EXISTS (SELECT 1 FROM directory_practitioner_specialties offered
    WHERE offered.practitioner_id = {TABLE}.practitioner_id
    AND offered.specialty_id = %(specialty)s)"""
HAS_INSURER = f"""EXISTS (SELECT 1 FROM directory_practitioner_insurers taken
    WHERE taken.practitioner_id = {TABLE}.practitioner_id AND taken.insurer_id = %(insurer)s)"""
ACCEPTS = "coalesce(accepts, false)"
ALL = {"specialty": "true", "accepting": "true", "insurer": "true"}
THREE = {"specialty": HAS_SPECIALTY, "accepting": ACCEPTS, "insurer": HAS_INSURER}


def measure(origins: dict[str, list]) -> dict[str, list[float]] | None:
    """Milliseconds as [p50, p95] by the name of our own case; None without it."""
    if not _is_available():
        return None
    _prepare()
    everywhere = [*origins["dense"], *origins["mid"], *origins["rural"]]
    common, rare, insurer = _facts()
    one = {**ALL, "specialty": HAS_SPECIALTY}
    of_common, of_rare = {"specialty": common}, {"specialty": rare, "insurer": insurer}
    return {
        "first page, metro": _time(origins["metro"], _counts(ALL), _page(ALL)),
        "first page": _time(everywhere, _counts(ALL), _page(ALL)),
        "one specialty": _time(everywhere, _counts(one), _page(one), **of_common),
        "three filters": _time(everywhere, _counts(THREE), _page(THREE), **of_rare),
        "page 10": _time(
            [*origins["dense"], *origins["mid"]], _counts(ALL), _page(ALL, offset=180)
        ),
        "nearest, no radius": _time(origins["rural"], _page(one, near="true"), **of_rare),
    }


def forget() -> None:
    """Drops the points of another population."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def _is_available() -> bool:
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'")
        return cursor.fetchone() is not None


def _prepare() -> None:
    """Makes the table of points unless the last run left it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        cursor.execute("SELECT to_regclass(%s)", [TABLE])
        if cursor.fetchone()[0] is None:
            for statement in (CREATE, *INDEXES):
                cursor.execute(statement)


def _facts() -> tuple[int, int, int]:
    """The keys of the specialties and the insurer that our own searches ask for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM directory_specialty ORDER BY id")
        specialties = [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT min(id) FROM directory_insurer")
        return specialties[2], specialties[-1], cursor.fetchone()[0]


def _counts(holds: dict[str, str]) -> str:
    """The total and three facets, each without its own filter."""
    return f"""
    WITH near AS MATERIALIZED (
        SELECT practitioner_id, bool_or({holds["specialty"]}) AS has_specialty,
               bool_or({holds["accepting"]}) AS is_accepting, bool_or({ACCEPTS}) AS accepts,
               bool_or({holds["insurer"]}) AS has_insurer
        FROM {TABLE} WHERE {NEAR} GROUP BY practitioner_id)
    SELECT 'total', 0, count(*) FROM near WHERE has_specialty AND is_accepting AND has_insurer
    UNION ALL
    SELECT 'accepting', 1, count(*) FROM near WHERE has_specialty AND accepts AND has_insurer
    UNION ALL
    SELECT 'specialty', fact.specialty_id, count(*) FROM near
    JOIN directory_practitioner_specialties fact USING (practitioner_id)
    WHERE is_accepting AND has_insurer GROUP BY fact.specialty_id
    UNION ALL
    SELECT 'insurer', fact.insurer_id, count(*) FROM near
    JOIN directory_practitioner_insurers fact USING (practitioner_id)
    WHERE has_specialty AND is_accepting GROUP BY fact.insurer_id"""


def _page(holds: dict[str, str], *, near: str = NEAR, offset: int = 0) -> str:
    return f"""
    SELECT affiliation_id, ST_Distance(point, {ORIGIN}) FROM {TABLE}
    WHERE {near} AND {holds["specialty"]} AND {holds["accepting"]} AND {holds["insurer"]}
    ORDER BY point <-> {ORIGIN} LIMIT 20 OFFSET {offset}"""


def _time(places: list, *statements: str, **parameters) -> list[float]:
    def ask(place) -> None:
        values = {"east": place.longitude, "north": place.latitude, **parameters}
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, values)
                rows = cursor.fetchall()
        Affiliation.objects.select_related("office", "practitioner").in_bulk(
            [key for key, _ in rows]
        )

    return quantiles(best(partial(ask, place)) for place in places)
