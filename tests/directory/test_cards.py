from datetime import date

import pytest

from directory.cards import LicenseState, cards_of, initials_of
from directory.lists import read_lists
from directory.models import License
from directory.search import Row
from directory.vocabulary import load_vocabulary
from tests.directory.factories import make_practitioner

TODAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ada Brook", "AB"),
        ("Ada Maria van der Brook", "AB"),
        ("Ada", "A"),
        ("Ángela Östberg", "ÁÖ"),
        ("Ada (Addie) Brook", "AB"),
        ("王 芳", "王芳"),
        ("!!", ""),
        ("", ""),
    ],
)
def test_initials(name, initials):
    assert initials_of(name) == initials


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("licenses", "state"),
    [
        ([], LicenseState.UNSTATED),
        ([(None, None)], LicenseState.UNVERIFIED),
        ([(None, date(2026, 1, 1))], LicenseState.VERIFIED),
        ([(TODAY, date(2026, 1, 1))], LicenseState.VERIFIED),
        ([(date(2026, 4, 30), date(2026, 1, 1))], LicenseState.LAPSED),
        ([(date(2026, 4, 30), date(2026, 1, 1)), (None, None)], LicenseState.UNVERIFIED),
        ([(date(2026, 4, 30), None), (TODAY, date(2026, 1, 1))], LicenseState.VERIFIED),
    ],
)
def test_card_says_the_best_that_is_known_of_the_licenses(licenses, state):
    practitioner = make_practitioner(name="Ada Brook")
    for number, (expires_on, verified_on) in enumerate(licenses):
        License.objects.create(
            practitioner=practitioner,
            number=f"DEMO-{number}",
            state_code="NY",
            expires_on=expires_on,
            verified_on=verified_on,
        )
    row = Row(1, practitioner, None, None, (), ())
    (card,) = cards_of([row], on=TODAY)
    assert (card.row, card.initials, card.license) == (row, "AB", state)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_cards_decode_letters_for_everybody_in_two_queries(count, django_assert_num_queries):
    load_vocabulary()
    lists = read_lists()
    rows = [
        Row(number, make_practitioner(letters="L.Ac., XYZ"), None, None, (), (), lists)
        for number in range(count)
    ]
    with django_assert_num_queries(2):
        cards = cards_of(rows, on=TODAY)
    assert [[title.plain_name for title in card.titles] for card in cards] == [
        ["Licensed acupuncturist", ""]
    ] * count


@pytest.mark.django_db
def test_cards_of_no_rows_need_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert cards_of([], on=TODAY) == ()
