import csv
from urllib.parse import urlsplit

from directory.license_registers import PATH, Register, register_of

# Those with no law on acupuncturists (NCCAOM, 2024; its map of states).
WITHOUT_LICENSE = {"AL", "OK", "SD"}


def test_every_state_that_licenses_has_a_register():
    with PATH.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = [row["state_code"] for row in rows]
    assert len(codes) == len(set(codes)) == 51 - len(WITHOUT_LICENSE)
    assert not WITHOUT_LICENSE & set(codes)
    assert all(urlsplit(row["url"]).scheme == "https" and row["board"] for row in rows)


def test_register_is_found_by_the_code_in_any_case():
    expected = Register("Maryland Board of Acupuncture", "https://health.maryland.gov/bacc/")
    assert register_of("md") == register_of("MD") == expected


def test_state_without_a_license_has_none():
    assert register_of("AL") is None
    assert register_of("") is None
