"""Loading the gazetteer: once, again, and another edition of it."""

import gzip
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from directory.loading import load_gazetteer
from directory.models import DataFile, Place, PlaceName

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 16, 12, 0, tzinfo=UTC)
BROOKLYN = 5110302
PORTLAND_OREGON = 5746545


@pytest.fixture
def edition(small_gazetteer_path, tmp_path):
    """Writes another edition: the small one with lines of it left out or changed."""

    def write(*, without=(), replace=("", "")):
        with gzip.open(small_gazetteer_path, "rt", encoding="utf-8") as lines:
            header, *rows = lines.read().splitlines()
        kept = [row for row in rows if int(row.split("\t")[0]) not in without]
        text = "\n".join([header, *kept]).replace(*replace) + "\n"
        path = tmp_path / "edition.tsv.gz"
        path.write_bytes(gzip.compress(text.encode()))
        return path

    return write


def test_first_load_fills_the_tables(small_gazetteer_path):
    report = load_gazetteer(small_gazetteer_path, at=AT)

    assert report.is_changed
    assert (report.places, report.names) == (Place.objects.count(), PlaceName.objects.count())
    assert report.places == 104
    assert DataFile.objects.get().loaded_at == AT


def test_a_place_has_everything_that_the_file_says(small_gazetteer):
    place = Place.objects.get(pk=BROOKLYN)

    assert (place.kind, place.name, place.slug) == ("populated", "Brooklyn", "brooklyn-new-york")
    assert (place.state_code, place.state_name, place.country_code) == ("NY", "New York", "US")
    assert (place.point.latitude, place.point.longitude) == (40.6501, -73.9496)
    assert (place.population, place.timezone) == (2736074, "America/New_York")


def test_the_same_file_again_changes_nothing(small_gazetteer_path):
    load_gazetteer(small_gazetteer_path, at=AT)
    before = list(PlaceName.objects.values_list("pk", "folded"))

    report = load_gazetteer(small_gazetteer_path, at=LATER)

    assert not report.is_changed
    assert list(PlaceName.objects.values_list("pk", "folded")) == before
    assert DataFile.objects.get().loaded_at == AT


def test_another_edition_updates_adds_and_removes(small_gazetteer_path, edition):
    load_gazetteer(edition(without={PORTLAND_OREGON}), at=AT)
    changed = edition(without={BROOKLYN}, replace=("Albuquerque", "Alburquerque"))

    report = load_gazetteer(changed, at=LATER)

    assert (report.places, report.removed) == (103, 1)
    assert not Place.objects.filter(pk=BROOKLYN).exists()
    assert Place.objects.get(pk=PORTLAND_OREGON).label == "Portland, Oregon"
    assert Place.objects.get(pk=5454711).name == "Alburquerque"
    assert DataFile.objects.get().loaded_at == LATER


def test_names_follow_their_edition(edition):
    load_gazetteer(edition(), at=AT)

    load_gazetteer(edition(replace=("bklyn", "brookland")), at=LATER)

    names = PlaceName.objects.filter(place_id=BROOKLYN)
    assert names.filter(folded="brookland").count() == 1
    assert names.filter(folded="bklyn").count() == 0
    assert names.filter(folded="brooklyn").count() == 1


def test_own_name_weighs_ten_times_another_name(small_gazetteer):
    weights = dict(PlaceName.objects.filter(place_id=BROOKLYN).values_list("folded", "weight"))

    assert weights["brooklyn"] == 10 * weights["bklyn"] == 27_360_740


@pytest.mark.parametrize(
    "content", [b"no gzip", gzip.compress(b"a\tb\n1\t2\n")], ids=["no gzip", "no gazetteer"]
)
def test_a_broken_file_leaves_everything_as_it_was(small_gazetteer, tmp_path, content):
    path = tmp_path / "broken.tsv.gz"
    path.write_bytes(content)

    with pytest.raises((OSError, KeyError, ValueError)):
        load_gazetteer(path, at=LATER)

    assert (Place.objects.count(), PlaceName.objects.count()) == (104, small_gazetteer.names)


def test_the_command_says_what_it_did(small_gazetteer_path):
    said = StringIO()

    call_command("load_gazetteer", str(small_gazetteer_path), stdout=said)
    call_command("load_gazetteer", str(small_gazetteer_path), stdout=said)

    names = PlaceName.objects.count()
    assert said.getvalue().splitlines() == [
        f"Loaded the gazetteer: 104 places with {names:,} names.",
        f"The gazetteer is up to date: 104 places with {names:,} names.",
    ]


def test_the_command_explains_a_missing_file(tmp_path):
    with pytest.raises(CommandError, match="is not a gazetteer"):
        call_command("load_gazetteer", str(tmp_path / "none.tsv.gz"))


def test_the_published_file_is_whole_and_consistent(gazetteer):
    kinds = {kind: Place.objects.filter(kind=kind).count() for kind in Place.Kind.values}

    assert kinds == {"state": 96, "populated": 76_769, "postcode": 40_977}
    assert Place.objects.values("slug").distinct().count() == sum(kinds.values())
    assert not Place.objects.filter(kind="populated", names=None).exists()
    assert PlaceName.objects.count() == gazetteer.names
