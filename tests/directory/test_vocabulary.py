import csv
from datetime import UTC, datetime

import pytest
from django.db.models import Q

from directory.merging import merge_into
from directory.models import Condition, CredentialKind, Insurer, Language, Specialty
from directory.phrases import phrase, phrases
from directory.vocabulary import DATA, FILES, Report, free_bit, load_vocabulary
from tests.directory.factories import make_specialty

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)


def test_files_fill_an_empty_database():
    report = load_vocabulary(at=NOW)
    assert report.added == sum(
        model.objects.count() for model in (Specialty, Condition, Insurer, Language, CredentialKind)
    )
    assert report.specialties == 30
    assert report.conditions >= 120
    assert report.credential_kinds >= 45


def test_second_load_asks_one_question_and_adds_nothing(django_assert_num_queries):
    load_vocabulary(at=NOW)
    with django_assert_num_queries(1):
        assert load_vocabulary(at=NOW) == Report()


def test_bits_are_those_of_the_file_from_the_lowest_up():
    load_vocabulary(at=NOW)
    assert sorted(Specialty.objects.values_list("bit", flat=True)) == list(range(30))
    assert Specialty.objects.get(slug="trigger-point").bit == 0
    assert Specialty.objects.get(slug="veterans-trauma").bit == 29


def test_what_editors_changed_or_added_stays(tmp_path):
    load_vocabulary(at=NOW)
    Specialty.objects.filter(slug="sleep").update(description="Changed by an editor.")
    own = make_specialty(name="Our own", slug="our-own", bit=free_bit())
    _copy_with_another_language(tmp_path)

    assert load_vocabulary(tmp_path, at=NOW) == Report(languages=1)
    assert Specialty.objects.get(slug="sleep").description == "Changed by an editor."
    assert Specialty.objects.filter(pk=own.pk).exists()
    assert Language.objects.get(code="cy").name == "Welsh"


def test_merged_specialty_does_not_come_back_with_another_file(tmp_path):
    load_vocabulary(at=NOW)
    kept, merged = (Specialty.objects.get(slug=slug) for slug in ("sleep", "laser"))
    merge_into(kept, [merged])
    _copy_with_another_language(tmp_path)
    assert load_vocabulary(tmp_path, at=NOW) == Report(languages=1)
    assert list(kept.paths.values_list("slug", flat=True)) == ["laser"]


def test_empty_notes_on_a_specialty_are_filled_in_and_written_ones_stay():
    empty = make_specialty(slug="sleep", name="Sleep", bit=25)
    written = make_specialty(slug="laser", name="Laser", bit=18, limits="Our own words.")
    load_vocabulary(at=NOW)
    empty.refresh_from_db()
    written.refresh_from_db()
    assert (bool(empty.limits), bool(empty.first_visit)) == (True, True)
    assert (written.limits, written.first_visit) == ("Our own words.", "")


def test_every_specialty_says_what_it_is_not_and_what_a_first_visit_is_like():
    load_vocabulary(at=NOW)
    assert not Specialty.objects.filter(Q(limits="") | Q(first_visit="")).exists()
    for field in ("description", "limits", "first_visit"):
        texts = Specialty.objects.values_list(field, flat=True)
        assert len(set(texts)) == len(texts)


def test_name_that_an_editor_gave_to_another_slug_is_left_out():
    make_specialty(name="Sleep", slug="good-nights", bit=62)
    assert load_vocabulary(at=NOW).specialties == 29


def test_conditions_come_with_their_specialties_and_synonyms():
    load_vocabulary(at=NOW)
    condition = Condition.objects.get(slug="achilles-tendinitis")
    assert {specialty.slug for specialty in condition.specialties.all()} == {
        "sports-orthopedic",
        "trigger-point",
    }
    assert "heel pain when I run" in condition.synonyms.splitlines()


def test_specialty_that_an_editor_renamed_is_left_out_of_the_conditions_that_it_sees():
    make_specialty(name="Sleep", slug="good-nights", bit=62)
    load_vocabulary(at=NOW)
    insomnia = Condition.objects.get(slug="insomnia")
    assert [specialty.slug for specialty in insomnia.specialties.all()] == ["stress-anxiety"]


def test_every_condition_of_the_file_has_known_specialties_and_a_slug_of_its_own():
    known = {row["slug"]: row for row in _rows("specialties.csv")}
    conditions = _rows("conditions.csv")
    assert [
        (row["slug"], slug)
        for row in conditions
        for slug in row["specialties"].split("|")
        if slug not in known
    ] == []
    assert known.keys() & {row["slug"] for row in conditions} == set()
    assert all(row["description"].endswith(".") for row in conditions)


def test_no_condition_of_the_file_takes_the_name_of_a_specialty():
    names = {phrase(row["name"]): row["slug"] for row in _rows("specialties.csv")}
    taken = {
        row["slug"]: names.keys()
        & phrases(f"{row['name']}\n{row['synonyms'].replace('|', chr(10))}")
        for row in _rows("conditions.csv")
    }
    assert {slug: found for slug, found in taken.items() if found} == {}


def test_free_bit_is_the_highest_that_nobody_has():
    assert free_bit() == 62
    make_specialty(bit=62)
    assert free_bit() == 61


def test_free_bit_says_when_all_are_taken():
    for _ in range(63):
        make_specialty()
    with pytest.raises(ValueError, match="63 bits"):
        free_bit()


def _copy_with_another_language(folder):
    for name in FILES:
        (folder / name).write_bytes((DATA / name).read_bytes())
    with (folder / "languages.csv").open("a", encoding="utf-8") as file:
        file.write("cy,Welsh\n")


def _rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
