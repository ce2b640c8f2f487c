from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from acutake.lib.addresses import address_key, key_name
from comments import ledger
from comments.models import Erasure
from tests.comments.factories import NOW

DAY = timedelta(days=1)


def line(address, at, *, name=None):
    return f"{at.isoformat()} {name or key_name()} {address_key(address)}\n"


def kept():
    return dict(Erasure.objects.values_list("address_key", "erased_at"))


@pytest.mark.django_db
def test_an_erasure_stands_in_the_database_and_in_the_file_without_the_address(settings):
    ledger.enter("Bo@Example.org", at=NOW)

    assert kept() == {address_key("bo@example.org"): NOW}
    assert settings.ERASURES_FILE.read_text() == ledger.HEADING + line("bo@example.org", NOW)
    assert settings.ERASURES_FILE.stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_the_later_moment_stays():
    ledger.enter("bo@example.org", at=NOW)
    ledger.enter("bo@example.org", at=NOW + DAY)
    ledger.enter("bo@example.org", at=NOW - DAY)

    assert ledger.erased_until(["BO@example.org"]) == {"bo@example.org": NOW + DAY}


@pytest.mark.django_db
def test_many_addresses_are_looked_up_at_once():
    ledger.enter("a@example.org", at=NOW)
    with CaptureQueriesContext(connection) as queries:
        found = ledger.erased_until(["", "b@example.org", "A@example.org", "a@example.org"])

    assert (found, len(queries)) == ({"a@example.org": NOW}, 1)
    assert ledger.erased_until(["", ""]) == {}


@pytest.mark.django_db
def test_a_line_behind_half_a_line_stands_by_itself(settings):
    settings.ERASURES_FILE.write_text(line("a@example.org", NOW)[:-20])
    ledger.enter("b@example.org", at=NOW)
    Erasure.objects.all().delete()

    read = ledger.take_in(settings.ERASURES_FILE)

    assert (read.entries, read.new, read.broken) == (1, 1, [1])
    assert kept() == {address_key("b@example.org"): NOW}


@pytest.mark.django_db
def test_what_makes_no_sense_is_told_by_its_line(settings):
    good = line("a@example.org", NOW)
    settings.ERASURES_FILE.write_bytes(
        b"# words\n\n"
        + good.encode()
        + b"\xff\x00 nonsense\n"
        + good.replace("+00:00", "").encode()
        + line("b@example.org", NOW, name="00000000").encode()
        + b"2026-13-01T00:00:00+00:00 "
        + good.partition(" ")[2].encode()
        + b"x" * 1_000
    )

    read = ledger.take_in(settings.ERASURES_FILE)

    assert (read.entries, read.of_another_key, read.new) == (1, 1, 1)
    assert read.broken[:3] == [4, 5, 7]
    assert kept() == {address_key("a@example.org"): NOW}


@pytest.mark.django_db
def test_a_file_that_is_not_there_holds_nothing(settings):
    read = ledger.take_in(settings.ERASURES_FILE)

    assert (read.entries, read.broken, settings.ERASURES_FILE.exists()) == (0, [], False)


@pytest.mark.django_db
def test_the_file_gets_what_only_the_database_knows_and_once(settings, monkeypatch):
    monkeypatch.setattr(ledger, "ROWS_COMPARED", 2)
    settings.ERASURES_FILE.write_text(line("a@example.org", NOW - DAY) + line("b@example.org", NOW))
    for letter in "abcde":
        Erasure.objects.create(address_key=address_key(f"{letter}@example.org"), erased_at=NOW)

    assert ledger.complete_file() == 4
    assert ledger.complete_file() == 0
    Erasure.objects.all().delete()
    ledger.take_in(settings.ERASURES_FILE)
    assert kept() == {address_key(f"{letter}@example.org"): NOW for letter in "abcde"}


@pytest.mark.django_db
def test_a_file_longer_than_a_batch_is_read_whole(settings, monkeypatch):
    monkeypatch.setattr(ledger, "BATCH", 2)
    settings.ERASURES_FILE.write_text(
        "".join(line(f"{number % 5}@example.org", NOW + number * DAY) for number in range(10))
    )

    assert ledger.take_in(settings.ERASURES_FILE).entries == 10
    assert kept() == {
        address_key(f"{number}@example.org"): NOW + (number + 5) * DAY for number in range(5)
    }


def test_lines_that_are_written_at_once_do_not_mix(settings):
    def write(number):
        ledger._append([(address_key(f"{number}@example.org"), NOW)] * 50)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))

    lines = settings.ERASURES_FILE.read_text().removeprefix(ledger.HEADING).splitlines()
    assert len(lines) == 2_000
    assert len(set(lines)) == 40
