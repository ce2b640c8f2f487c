import pytest

from directory.models import Practitioner, Specialty
from directory.understanding import Wish, understand
from directory.vocabulary import load_vocabulary
from tests.directory.factories import make_office, make_practitioner

pytestmark = pytest.mark.django_db


@pytest.fixture
def specialties():
    load_vocabulary()
    return list(Specialty.objects.all())


def slugs(wish):
    return sorted(specialty.slug for specialty in wish.specialties)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("trigger point", ["trigger-point"]),
        ("Trigger Points", ["trigger-point"]),
        ("trigger-point acupuncture", ["trigger-point"]),
        ("heel pain when I run", ["sports-orthopedic", "trigger-point"]),
        ("achilles", ["sports-orthopedic", "trigger-point"]),
        ("tendonitis", ["sports-orthopedic"]),
        ("sports", ["sports-orthopedic"]),
        ("can't sleep", ["sleep"]),
        ("CAN’T SLEEP", ["sleep"]),
        ("morning sickness", ["pregnancy-postpartum"]),
        ("pain in my lower back", ["back-neck-pain"]),
        ("five element", ["five-element"]),
        ("kids and migraines", ["headache-migraine", "pediatric"]),
    ],
)
def test_words_of_patients_are_kinds_of_care(typed, expected, specialties):
    assert slugs(understand(typed, specialties)) == expected


@pytest.mark.parametrize("typed", ["", "acupuncture", "an acupuncturist for my"])
def test_nothing_that_narrows_is_no_wish(typed, specialties):
    assert understand(typed, specialties) == Wish()


@pytest.mark.parametrize("typed", ["xyzzy", "!!!", "%", "_", "針灸"])
def test_what_nobody_knows_is_said_to_be_unknown(typed, specialties):
    wish = understand(typed, specialties)
    assert wish == Wish(text=typed)
    assert wish.is_unknown


def test_name_is_found_by_the_beginning_of_its_words(specialties):
    make_practitioner(name="Zoë Willowbrook")
    assert understand("zoe willow", specialties) == Wish("zoe willow", name_words=("zoe", "willow"))


def test_office_is_found_by_name(specialties):
    make_practitioner(office=make_office(name="The Paper Crane Clinic"))
    wish = understand("Paper Crane", specialties)
    assert wish.name_words == ("paper", "crane")


def test_name_that_is_partly_a_kind_of_care_wins_when_somebody_has_it(specialties):
    make_practitioner(name="Rowan Back")
    assert understand("rowan back", specialties).name_words == ("rowan", "back")


def test_kind_of_care_wins_when_it_explains_every_word(specialties):
    make_practitioner(name="Sleep Sports")
    assert slugs(understand("sleep", specialties)) == ["sleep"]


def test_unlisted_name_is_nobody(specialties):
    make_practitioner(name="Zoë Willowbrook", listing=Practitioner.Listing.WITHDRAWN)
    assert understand("willowbrook", specialties).is_unknown


def test_three_queries_and_none_without_words(specialties, django_assert_num_queries):
    with django_assert_num_queries(0):
        understand("", specialties)
    with django_assert_num_queries(3):
        understand("somebody's name", specialties)
