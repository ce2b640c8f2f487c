import pytest

from comments.models import Phrase
from comments.screening.watching import holds_watched_words
from tests.comments.screening.factories import make_submission

pytestmark = pytest.mark.django_db


def found(body="", **fields):
    return holds_watched_words(make_submission(article=None, body=body, **fields))


@pytest.mark.parametrize(
    ("phrase", "body"),
    [
        ("casino", "The best CASINO, of all!"),
        ("casino", "The best c\u0430s\u0456no"),
        ("casino", "cas\u200bi\u00adno"),
        ("casino", "𝐜𝐚𝐬𝐢𝐧𝐨 ｃａｓｉｎｏ"),
        ("Québec", "a trip to QUEBEC"),
        ("free money", "Free   \n money!"),
        ("free money", "free-money"),
        ("$$$", "earn $$$ at home"),
        ("💊", "cheap 💊 here"),
        ("赌场", "最好的赌场在这里"),
        ("ทดลอง", "คาสิโนทดลองเล่น"),
        ("казино", "лучшее КАЗИНО"),
        ("जुआ", "यहाँ जुआ खेलें"),
        ("cheap.example", "see https://www.cheap.example/gel"),
    ],
)
def test_a_phrase_is_found_however_it_is_written(phrase, body):
    Phrase.objects.create(text=phrase)
    assert found(body) == [{"code": "phrase_hold", "words": [phrase]}]


@pytest.mark.parametrize(
    ("phrase", "body"),
    [
        ("cialis", "a specialist and socialist"),
        ("ass", "assess the class"),
        ("free money", "free your money"),
        ("जुआ", "जुआरी"),
        ("казино", "казиношный"),
    ],
)
def test_a_phrase_is_not_found_inside_other_words(phrase, body):
    Phrase.objects.create(text=phrase)
    assert found(body) == []


def test_names_addresses_and_sites_are_looked_at_too():
    Phrase.objects.create(text="cheapgel", effect="spam")
    expected = [{"code": "phrase_spam", "words": ["cheapgel"]}]
    assert found(name="CheapGel") == expected
    assert found(email="x@cheapgel.example") == expected
    assert found(website="https://cheapgel.example") == expected


def test_each_effect_is_a_reason_and_changes_count_at_once():
    Phrase.objects.create(text="gel")
    spam = Phrase.objects.create(text="casino", effect="spam")
    assert found("casino gel casino") == [
        {"code": "phrase_hold", "words": ["gel"]},
        {"code": "phrase_spam", "words": ["casino"]},
    ]
    spam.effect = "hold"
    spam.save(update_fields=["effect"])
    assert found("casino gel") == [{"code": "phrase_hold", "words": ["casino", "gel"]}]
    Phrase.objects.all().delete()
    assert found("casino gel") == []


def test_thousands_of_phrases_are_one_query(django_assert_num_queries):
    Phrase.objects.bulk_create(Phrase(text=f"phrase number {number}") for number in range(2_000))
    with django_assert_num_queries(1):
        assert found("phrase number 1999") == [
            {"code": "phrase_hold", "words": ["phrase number 1999"]}
        ]
