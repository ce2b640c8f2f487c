import pytest
from django.contrib.auth.models import User

from comments.screening.names import claims_to_be_somebody
from directory.models import CredentialKind
from directory.search_index import rebuild
from tests.comments.screening.factories import make_submission
from tests.directory.factories import make_practitioner

pytestmark = pytest.mark.django_db

# Of many scripts, and such as have something of letters, titles and offices in them.
REAL_NAMES = (
    """
Юлія Коваль|Ирина Петрова|Асе Мара|Анна Мао|Тоня Сахно|Đorđe Đokić|Μαρία Παπαδοπούλου|Χρήστος
Արամ Խաչատրյան|王小明|김민수|さとう ゆき|محمد علي|דוד כהן|ประเสริฐ|नरेन्द्र कुमार|ᎤᎶᎩᎳ|Łukasz Wałęsa
Lác Thị Mai|Mac Donald|Do Quyen|Quyen Do|Jean-Luc Do|Ann-Mac|Jean-Luc O'Brien|L. A. Clark
J. R. Ek|A B|Ed|Edith|Edit Nagy|Editha|Edita Morová|Staffan Holm|Moderata Fonte|Admira Begić|Zoë
Nguyễn Văn A|Anna 1975|user123|R2D2|Lacey|Dora|Drew|Mary Mc Intyre|McIntyre|MacAdam
Søren Ångström|Ólafur Þór|Iain M. Banks|II|l33t|Amdo|Rosa|Eva P.|Pope Eva|🌿|🌿 Fern|x|-_-
""".strip()
    .replace("\n", "|")
    .split("|")
)


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
    "name",
    [
        "Edito\u0433",
        "Ed1tor",
        "Edit0r",
        "3ditor",
        "EdItor",
        "Editor2026",
        "E d i t o r",
        "E.d.i.t.o.r",
        "e-d-i-t-o-r",
        "ed\u00eftor",
        "\uff25\uff24\uff29\uff34\uff2f\uff32",
        "\U0001d404\U0001d41d\U0001d422\U0001d42d\U0001d428\U0001d42b",
        "Edi\u1d1bo\u0280",
        "\U0001f174\U0001f173\U0001f178\U0001f183\U0001f17e\U0001f181",
        "Ed\u200bitor",
        "Adrnin",
        "\u0410\u0441u T\u0430k\u0435",
        "Acu\u03a4ake",
        "A.c.u.T.a.k.e",
        "4cuT4k3 team",
        "AcuTake_official",
        "our-moderator",
        "\u0455t\u0430ff",
    ],
)
def test_an_office_in_disguise_is_told(name):
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


@pytest.mark.parametrize(
    "name",
    [
        "\u0415v\u0430 \u0420\u043e\u0440\u0435",
        "Eva P0pe",
        "Eva_Pope",
        "EVA-POPE",
        "Ev\u0251 Pope",
        "Eva \u1d18\u1d0f\u1d18\u1d07",
        "\u0395va Pope",
        "Eva\u00a0Pope",
    ],
)
@pytest.mark.parametrize("kind", ["name_listed", "name_editor"])
def test_somebodys_name_in_disguise_is_told(name, kind):
    if kind == "name_listed":
        make_practitioner(name="Eva Pope", slug="eva", listing="listed")
        rebuild()
    else:
        User.objects.create_user("eva", first_name="Eva", last_name="Pope", is_staff=True)
    assert found(name) == [kind]


@pytest.mark.parametrize("name", ["Emil Hall", "Emi1 Ha11", "EmiI Hall", "Ernil Hall"])
def test_of_an_editors_name_an_l_may_be_an_i_and_an_m_two_letters(name):
    User.objects.create_user("emil", first_name="Emil", last_name="Hall", is_staff=True)
    assert found(name) == ["name_editor"]
    assert found("Emma Hall") == []


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize(
    "name",
    [
        "Eva Pohl, L\u0410\u0441",
        "Eva Pohl, LA\u0441",
        "Eva \u0141Ac",
        "Eva_LAc",
        "Eva\u2022LAc",
        "Eva-LAc",
        "Eva/LAc",
        "Eva (L.Ac.)",
        "Eva [LAc]",
        "Eva \u2013 L.Ac.",
        "Eva D\u0410CM",
        "Eva \uff2c\uff21\uff43",
        "Eva L\u200bAc",
        "D\u0433. Eva",
        "D\u0280 Eva",
    ],
)
def test_letters_in_disguise_are_told(name):
    assert found(name) == ["name_letters"]


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize("name", REAL_NAMES)
def test_a_name_of_ones_own_is_taken_as_it_is(name):
    User.objects.create_user("eva", first_name="Eva", last_name="Pope", is_staff=True)
    make_practitioner(name="Rosa Ortiz", slug="rosa", listing="listed")
    rebuild()
    assert found(name) == []


def test_a_name_is_one_query(django_assert_num_queries):
    for name in ("Jane Doe", "J4ne_D\u043ee"):
        with django_assert_num_queries(1):
            found(name)
    with django_assert_num_queries(0):
        found("")
