import csv
from pathlib import Path

import pytest

from directory.models import Condition, Practitioner, Specialty
from directory.understanding import Meaning, Wish, understand
from directory.vocabulary import load_vocabulary
from tests.directory.factories import make_office, make_practitioner, make_specialty

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("word_queries.csv")


@pytest.fixture
def specialties():
    load_vocabulary()
    return list(Specialty.objects.all())


def slugs(wish):
    return [meaning.slug for meaning in wish.meanings]


def make_condition(*specialties, **fields):
    defaults = {"name": "Chilblains", "slug": "chilblains", "description": "What it is."}
    condition = Condition.objects.create(**{**defaults, **fields})
    condition.specialties.set(specialties)
    return condition


def test_table_of_what_patients_type(specialties):
    """Every complaint, kind of care, slip, foreign word and attack is read as the table says."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    read = []
    for row in rows:
        wish = understand(row["typed"], specialties)
        assert wish.text == row["typed"]
        read.append(
            {
                "typed": wish.text,
                "meanings": "|".join(slugs(wish)),
                "left_out": " ".join(wish.left_out),
            }
        )
    assert read == rows
    assert len(rows) >= 200


@pytest.mark.parametrize("typed", ["", "acupuncture", "an acupuncturist for my"])
def test_nothing_that_narrows_is_no_wish(typed, specialties):
    assert understand(typed, specialties) == Wish()


@pytest.mark.parametrize("typed", ["xyzzy", "!!!", "%", "_", "針灸", "dolor de cabeza", "' OR 1=1"])
def test_what_nobody_knows_is_said_to_be_unknown(typed, specialties):
    wish = understand(typed, specialties)
    assert wish == Wish(text=typed)
    assert wish.is_unknown


def test_condition_means_any_specialty_that_sees_it():
    warm, slow, other = make_specialty(name="Warm"), make_specialty(name="Slow"), make_specialty()
    condition = make_condition(warm, slow)
    meaning = Meaning("chilblains", "Chilblains", (slow, warm), condition)
    expected = Wish(
        "chilblains", specialties=(slow, warm), conditions=(condition,), meanings=(meaning,)
    )
    assert understand("chilblains", [other, slow, warm]) == expected


def test_condition_that_nobody_is_said_to_see_is_unknown():
    make_condition()
    assert understand("chilblains", [make_specialty()]).is_unknown


def test_specialty_gives_way_to_a_condition_in_all_but_its_name():
    cold = make_specialty(name="Cold", slug="cold", synonyms="chilblains\nfrost")
    warm = make_specialty(name="Warm", slug="warm")
    make_condition(warm, synonyms="cold")
    specialties = [cold, warm]
    assert slugs(understand("chilblains", specialties)) == ["chilblains"]
    assert slugs(understand("frost", specialties)) == ["cold"]
    assert slugs(understand("cold", specialties)) == ["chilblains", "cold"]


def test_phrases_are_said_in_the_order_of_the_text(specialties):
    assert slugs(understand("shoulder and neck pain", specialties)) == [
        "shoulder-pain",
        "neck-pain",
    ]
    assert slugs(understand("neck and shoulder pain", specialties)) == [
        "neck-pain",
        "shoulder-pain",
    ]


def test_words_that_mean_nothing_are_told(specialties):
    wish = understand("Knee pain, qwertz", specialties)
    assert (slugs(wish), wish.left_out) == (["knee-pain"], ("qwertz",))


def test_one_of_several_meanings_is_taken_back_by_its_slug(specialties):
    wish = understand("insomnia, anxiety and knee pain", specialties, without=["anxiety"])
    assert slugs(wish) == ["insomnia", "knee-pain"]
    assert [meaning.slug for meaning in wish.taken_back] == ["anxiety"]
    assert [meaning.without for meaning in wish.meanings] == [
        ("anxiety", "insomnia"),
        ("anxiety", "knee-pain"),
    ]


def test_last_meaning_goes_with_the_text(specialties):
    assert [meaning.without for meaning in understand("insomnia", specialties).meanings] == [()]


def test_nothing_is_looked_for_when_all_was_taken_back(specialties):
    wish = understand("insomnia", specialties, without=["insomnia", "no-such-slug"])
    assert (wish.specialties, wish.conditions, wish.is_unknown) == ((), (), False)
    assert [meaning.name for meaning in wish.taken_back] == ["Insomnia"]


@pytest.mark.parametrize(
    ("name", "typed", "expected"),
    [
        ("Zoë Willowbrook", "zoe willow", ("zoe", "willow")),
        ("Ginger Sleepwell", "Ginger Sleepwell", ("ginger", "sleepwell")),
        ("Ginger Sleepwell", "sleepwell", ("sleepwell",)),
        ("Ginger Sleepwell", "Dr. Ginger", ("ginger",)),
        ("Rowan Back", "rowan back", ("rowan", "back")),
        ("Ann O’Pain", "Ann O'Pain", ("ann", "opain")),
        ("Insomna Smith", "insomna", ("insomna",)),
        ("José Núñez", "jose nunez", ("jose", "nunez")),
        ("李 Wei", "李 wei", ("李", "wei")),
    ],
)
def test_names_come_before_slips_and_words_left_out(name, typed, expected, specialties):
    make_practitioner(name=name)
    assert understand(typed, specialties) == Wish(typed, name_words=expected)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("sleep", "sleep"), ("sports", "sports-orthopedic"), ("tmj", "jaw-pain")],
)
def test_care_that_explains_every_word_comes_before_names(typed, expected, specialties):
    make_practitioner(name="Sleep Sports Tmj")
    assert slugs(understand(typed, specialties)) == [expected]


def test_office_is_found_by_name(specialties):
    make_practitioner(office=make_office(name="The Paper Crane Clinic"))
    assert understand("Paper Crane", specialties).name_words == ("paper", "crane")


def test_unlisted_name_is_nobody(specialties):
    make_practitioner(name="Zoë Willowbrook", listing=Practitioner.Listing.WITHDRAWN)
    assert understand("willowbrook", specialties).is_unknown


def test_very_long_text_is_read_to_a_limit(specialties):
    wish = understand("migraine " + "x" * 10_000 + " q" * 10_000, specialties)
    assert slugs(wish) == ["migraine"]


def test_two_queries_and_none_without_words(specialties, django_assert_num_queries):
    with django_assert_num_queries(0):
        understand("", specialties)
    with django_assert_num_queries(1):
        understand("insomnia", specialties)
    with django_assert_num_queries(2):
        understand("somebody's name", specialties)


def page_of(client, **query):
    response = client.get("/acupuncturists/", query)
    return " ".join(response.content.decode().split())


def test_page_says_who_often_sees_a_condition(client, specialties):
    page = page_of(client, what="insomnia")
    assert (
        "“insomnia” was understood as Insomnia, often seen by acupuncturists who offer "
        '<a href="/acupuncturists/specialties/sleep/">Sleep</a> or '
        '<a href="/acupuncturists/specialties/stress-anxiety/">Stress and anxiety</a>. '
        '<a href="?">Take that back</a>'
    ) in page


def test_page_lets_one_leave_out_one_of_several_and_put_it_back(client, specialties):
    page = page_of(client, what="insomnia and knee pain")
    left = '<a href="?what=insomnia+and+knee+pain&amp;without=insomnia">Leave out Insomnia</a>'
    assert left in page
    page = page_of(client, what="insomnia and knee pain", without="insomnia")
    assert "was understood as Knee pain" in page
    back = 'Taken back: Insomnia. <a href="?what=insomnia+and+knee+pain">Put that back</a>'
    assert back in page


def test_page_says_what_it_left_out_and_shows_everybody(client, specialties):
    make_practitioner(name="Ada Brook")
    page = page_of(client, what="<b>qwertz")
    assert "Nobody is called “&lt;b&gt;qwertz”" in page
    assert "It was left out: this is the search for everybody." in page
    assert "Ada Brook" in page
    assert "“qwertz” was left out" in page_of(client, what="insomnia qwertz")
