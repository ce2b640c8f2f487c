"""The list of letters and the NPI in the admin."""

import pytest
from django.contrib.auth import get_user_model

from directory.models import Credential, CredentialKind, Practitioner
from directory.vocabulary import load_vocabulary
from tests.directory.factories import make_practitioner
from tests.directory.test_admin import formset, practitioner_data

pytestmark = pytest.mark.django_db

KINDS = "/admin/directory/credentialkind/"
ADD = "/admin/directory/practitioner/add/"


@pytest.fixture
def editor(client):
    client.force_login(get_user_model().objects.create_superuser("chief"))
    return client


def kind_data(**fields):
    return {
        "slug": "kind",
        "letters": "K.D.",
        "spellings": "",
        "name": "Somebody kind",
        "category": "license",
        "issuer": "A kind board",
        "requirements": "Some kindness.",
        "hours_low": "",
        "hours_high": "",
        "source_name": "The kind statutes",
        "source_url": "https://example.org/kind",
        "looked_up_on": "",
        **fields,
    }


def errors_of(response):
    return {name: list(found) for name, found in response.context["adminform"].form.errors.items()}


def test_new_kind_is_decoded_at_once(editor):
    practitioner = make_practitioner(letters="kd")
    assert editor.post(f"{KINDS}add/", kind_data()).status_code == 302
    page = editor.get(practitioner.get_absolute_url()).content.decode()
    assert "Somebody kind" in page


@pytest.mark.parametrize("fields", [{"letters": "LAC"}, {"spellings": "kind\nl. a. c."}])
def test_spelling_of_another_kind_is_refused_by_name(editor, fields):
    load_vocabulary()
    response = editor.post(f"{KINDS}add/", kind_data(**fields))
    assert errors_of(response) == {
        "spellings": ["Written like this, the letters already mean L.Ac.: Licensed acupuncturist."]
    }


def test_kind_keeps_its_own_spellings(editor):
    load_vocabulary()
    kind = CredentialKind.objects.get(slug="lac")
    data = kind_data(slug="lac", letters="L.Ac.", spellings="LAc\nLicensed Acupuncturist")
    assert editor.post(f"{KINDS}{kind.pk}/change/", data).status_code == 302


@pytest.mark.parametrize("hours", [("", "50"), ("60", "50")])
def test_hours_in_the_wrong_order_are_refused(editor, hours):
    data = kind_data(hours_low=hours[0], hours_high=hours[1])
    response = editor.post(f"{KINDS}add/", data)
    assert errors_of(response) == {
        "hours_high": ["The hours go from the smaller to the larger number."]
    }


def test_credential_takes_its_words_from_a_kind_or_its_own(editor):
    load_vocabulary()
    lac = CredentialKind.objects.get(slug="lac")
    rows = [{"letters": "L.Ac.", "kind": lac.pk}, {"letters": "XYZ", "name": "Something"}]
    assert editor.post(ADD, practitioner_data(**formset("credentials", *rows))).status_code == 302
    names = {row.letters: row.plain_name for row in Credential.objects.all()}
    assert names == {"L.Ac.": "Licensed acupuncturist", "XYZ": "Something"}


def test_credential_with_neither_is_refused(editor):
    response = editor.post(ADD, practitioner_data(**formset("credentials", {"letters": "XYZ"})))
    assert response.context["errors"] == [["Choose a kind from the list, or say in plain words."]]
    assert Practitioner.objects.count() == 0


@pytest.mark.parametrize("typed", ["1234567893", " 1234-567-893 ", "1234 567893"])
def test_npi_is_stored_as_ten_digits(editor, typed):
    assert editor.post(ADD, practitioner_data(npi=typed)).status_code == 302
    assert Practitioner.objects.get().npi == "1234567893"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("12345678931", "An NPI has 10 digits; this one has 11."),
        ("123456789X", "An NPI consists of digits only."),
        (
            "1234567890",
            "The last digit does not fit the others: one of the ten is probably mistyped.",
        ),
    ],
)
def test_wrong_npi_is_refused_in_words_and_kept_in_its_field(editor, typed, words):
    response = editor.post(ADD, practitioner_data(npi=typed))
    assert errors_of(response) == {"npi": [words]}
    assert response.context["adminform"].form["npi"].value() == typed


def test_npi_of_somebody_else_is_refused(editor):
    make_practitioner(npi="1234567893")
    response = editor.post(ADD, practitioner_data(npi="1234567893"))
    assert "Another practitioner has this NPI." in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_as_many_queries_for_one_as_for_three(editor, count, django_assert_num_queries):
    for number in range(count):
        CredentialKind.objects.create(slug=f"k-{number}", letters=f"K{number}", name=str(number))
    editor.get(KINDS)
    with django_assert_num_queries(5):
        assert editor.get(KINDS).status_code == 200


def test_cards_know_a_new_meaning_at_once(editor, client):
    practitioner = make_practitioner(letters="KIND")
    search = {"what": practitioner.name}
    assert "What it means" not in client.get("/acupuncturists/", search).content.decode()
    data = kind_data(letters="KIND", name="What it means")
    assert editor.post(f"{KINDS}add/", data).status_code == 302
    assert "What it means" in client.get("/acupuncturists/", search).content.decode()
