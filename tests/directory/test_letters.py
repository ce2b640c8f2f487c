import csv
from collections import Counter
from datetime import date
from urllib.parse import urlsplit

import pytest

from directory.letters import Bar, bar_of, decode, folded, meanings, spellings_of, split, titles_of
from directory.models import Credential, CredentialKind
from directory.vocabulary import DATA, load_vocabulary
from tests.directory.factories import make_practitioner

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    load_vocabulary()
    return meanings()


def read(letters, known):
    return [(text, kind and kind.slug) for text, kind in decode(letters, known)]


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("", []),
        (" , ;", []),
        ("L.Ac.", [("L.Ac.", "lac")]),
        ("LAc", [("LAc", "lac")]),
        ("l. ac", [("l. ac", "lac")]),
        ("Ｌ.Ａｃ.", [("Ｌ.Ａｃ.", "lac")]),
        (
            "L.Ac., Dipl. O.M. (NCCAOM)®, MSOM; DACM",
            [
                ("L.Ac.", "lac"),
                ("Dipl. O.M. (NCCAOM)®", "dipl-om"),
                ("MSOM", "msom"),
                ("DACM", "dacm"),
            ],
        ),
        ("LAc DAOM/RN", [("LAc", "lac"), ("DAOM", "daom"), ("RN", "rn")]),
        ("DPT with dry needling", [("DPT", "dpt"), ("dry needling", "dry-needling")]),
        ("LAc & MAcOM", [("LAc", "lac"), ("MAcOM", "maom")]),
        (
            "Doctor of Acupuncture & Chinese Medicine",
            [("Doctor of Acupuncture & Chinese Medicine", "dacm")],
        ),
        ("MD (China), L.Ac.", [("MD (China)", "md-china"), ("L.Ac.", "lac")]),
        ("L.Ac., LAc", [("L.Ac.", "lac")]),
    ],
)
def test_known_letters_are_read_in_whatever_spelling(known, letters, expected):
    assert read(letters, known) == expected


@pytest.mark.parametrize(
    "letters",
    [
        "PT assistant",
        "MD (Somewhere, 1990)",
        "XYZ",
        "Master of Arts and Sciences",
        "CDN",
        "LACE",
        "<b>L.Ac.<b>",
    ],
)
def test_what_is_not_known_as_a_whole_stays_as_typed(known, letters):
    assert read(letters, known) == [(letters, None)]


def test_unknown_rest_keeps_its_place_and_its_spelling(known):
    assert read("ABCD (x, y), L.Ac. and yoga teacher", known) == [
        ("ABCD (x, y)", None),
        ("L.Ac.", "lac"),
        ("yoga teacher", None),
    ]


def test_parts_are_split_at_what_stands_between_letters():
    assert split("A, B;C / D|E · F\n(G, H)") == ["A", "B", "C", "D", "E", "F", "(G, H)"]


def test_spelling_that_two_kinds_claim_means_nothing(known):
    CredentialKind.objects.create(
        slug="other", letters="LAc", name="Something else", looked_up_on=date(2026, 1, 1)
    )
    assert read("L.Ac., DAOM", meanings()) == [("L.Ac.", None), ("DAOM", "daom")]


def test_credentials_join_their_letters_and_the_others_follow(known):
    practitioner = make_practitioner(letters="LAc, DACM, XYZ")
    lac = CredentialKind.objects.get(slug="lac")
    rows = [
        Credential(letters="M.S.O.M.", year=2001),
        Credential(letters="L.Ac.", kind=lac, issuer="New York State", year=2003),
        Credential(letters="xyz", name="Said by an editor"),
    ]
    for row in rows:
        row.practitioner = practitioner
        row.save()
    titles = titles_of(practitioner, meanings())
    assert [
        (
            title.letters,
            title.plain_name,
            title.plain_issuer,
            title.year,
            title.kind and title.kind.slug,
        )
        for title in titles
    ] == [
        ("LAc", "Licensed acupuncturist", "New York State", 2003, "lac"),
        (
            "DACM",
            "Doctor of acupuncture and Chinese medicine, an entry-level doctorate",
            "A school; look for one accredited by ACAHM",
            None,
            "dacm",
        ),
        ("XYZ", "Said by an editor", "", None, None),
        (
            "M.S.O.M.",
            "Master of Oriental medicine: acupuncture and Chinese herbs",
            "A school; look for one accredited by ACAHM",
            2001,
            "msom",
        ),
    ]


@pytest.mark.parametrize(
    ("low", "high", "bar"),
    [
        (None, None, None),
        (25, 50, Bar(0.6, 1.2)),
        (300, 300, Bar(7.5, 7.5)),
        (1905, None, Bar(47.6, 100)),
        (9000, None, Bar(100, 100)),
    ],
)
def test_bar_is_as_long_as_the_hours(low, high, bar):
    assert bar_of(CredentialKind(hours_low=low, hours_high=high)) == bar


def test_no_two_kinds_of_the_file_share_a_spelling():
    claims = Counter(
        spelling for row in _rows() for spelling in spellings_of(_unsaved(row)) if spelling
    )
    assert [spelling for spelling, times in claims.items() if times > 1] == []


def test_every_kind_of_the_file_says_all_that_a_patient_is_told():
    rows = _rows()
    assert len(rows) >= 45
    for row in rows:
        kind = _unsaved(row)
        kind.full_clean(exclude=["hours_low", "hours_high"], validate_unique=False)
        assert row["requirements"].endswith(".")
        assert urlsplit(row["source_url"]).hostname
        assert not row["looked_up_on"] or date.fromisoformat(row["looked_up_on"]).year == 2026


def test_folding_keeps_letters_and_digits_only():
    assert folded("  Dipl. Ac.™ (NCCAOM)® ") == "diplacnccaom"


def _rows():
    with (DATA / "credentials.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _unsaved(row):
    spellings = row["spellings"].replace("|", "\n")
    hours = {key: int(row[key]) if row[key] else None for key in ("hours_low", "hours_high")}
    looked_up_on = row["looked_up_on"] or None
    return CredentialKind(**{**row, **hours, "spellings": spellings, "looked_up_on": looked_up_on})
