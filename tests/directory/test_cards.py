from datetime import date

import pytest

from directory.cards import cards_of, initials_of
from directory.lists import read_lists
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
    assert [[meaning.letters for meaning in card.meanings] for card in cards] == [
        ["L.Ac.", "XYZ"]
    ] * count
    assert [bool(meaning.words) for meaning in cards[0].meanings] == [True, False]


@pytest.mark.django_db
def test_cards_of_no_rows_need_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert cards_of([], on=TODAY) == ()
