import pytest
from django.contrib.auth.models import User

from comments.screening.names import claims_to_be_somebody
from directory.models import CredentialKind
from directory.search_index import rebuild
from tests.comments.screening.factories import make_submission
from tests.directory.factories import make_practitioner

pytestmark = pytest.mark.django_db


def found(name):
    return [one["code"] for one in claims_to_be_somebody(make_submission(article=None, name=name))]


@pytest.fixture
def letters():
    for letters, spellings in (
        ("L.Ac.", "Licensed Acupuncturist"),
        ("DACM", "D.A.C.M."),
        ("MD", "M.D."),
        ("DO", "D.O."),
        ("M.Ac.", "MAc"),
        ("Dipl.O.M.", "Dipl.O.M. (NCCAOM)"),
    ):
        slug = letters.replace(".", "").lower()
        CredentialKind.objects.create(slug=slug, name=slug, letters=letters, spellings=spellings)


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize(
    "name",
    [
        "Jane Doe, L.Ac.",
        "Jane Doe L.Ac.",
        "Jane Doe LAc",
        "jane doe, lac",
        "Jane Doe (dacm)",
        "Jane Doe, DACM, L.Ac.",
        "Jane Doe MD",
        "Jane Doe M.D.",
        "JANE DOE, MD",
        "Jane Doe Dipl. O.M.",
        "Jane, licensed acupuncturist",
        "Jane, Licensed Acupuncturist",
        "Dr. Jane",
        "Prof Doe",
        "Dr\u2024 Jane",
        "Jane Doe \u041cD",
    ],
)
def test_letters_and_titles_are_told(name):
    assert found(name) == ["name_letters"]


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize(
    "name",
    [
        "",
        "Jane Doe",
        "Ann Do",
        "ANN DO",
        "Mac",
        "Lac Nguyen",
        "Do",
        "Mädchen",
        "Drew",
        "李",
        "!!!",
        "Editha",
    ],
)
def test_names_that_only_resemble_them_are_not(name):
    assert found(name) == []


@pytest.mark.parametrize(
    "name",
    [
        "Editor",
        "the EDITORS",
        "Admin",
        "AcuTake",
        "Acu Take team",
        "\u0410cuTake",
        "Ed\u0456tor",
        "Moderator 2",
    ],
)
def test_the_name_of_an_office_or_of_the_site_is_told(name):
    assert found(name) == ["name_office"]


@pytest.mark.parametrize(
    "name", ["Ada Lindgren", "ada  lindgren", "ADA LINDGRÉN", "Ad\u0430 Lindgren"]
)
def test_an_editors_name_is_told(name):
    User.objects.create_user("ada", first_name="Ada", last_name="Lindgren", is_staff=True)
    User.objects.create_user("bea", first_name="Bea", last_name="Holm")
    assert found(name) == ["name_editor"]
    assert found("Bea Holm") == []
    assert found("Ada") == []


@pytest.mark.parametrize("name", ["Rosa Ortiz", "ROSA ORTIZ", "rosa órtiz", "Ros\u0430 Ortiz"])
def test_the_name_of_a_listed_practitioner_is_told(name):
    make_practitioner(name="Rosa Ortiz", slug="rosa", listing="listed")
    make_practitioner(name="Ines Moreau", slug="ines", listing="draft")
    rebuild()
    assert found(name) == ["name_listed"]
    assert found("Rosa") == []
    assert found("Rosa Ortiz Vega") == []
    assert found("Ines Moreau") == []


def test_a_name_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        found("Jane Doe")
    with django_assert_num_queries(0):
        found("")
