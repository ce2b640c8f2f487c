from datetime import date

import pytest

from directory.card_facts import Fact, LicenseState, Meaning, facts_of, license_state, meaning_of
from directory.letters import Title
from directory.models import (
    Affiliation,
    Credential,
    CredentialKind,
    Language,
    License,
    Practitioner,
)
from tests.directory.factories import make_practitioner

TODAY = date(2026, 5, 1)


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
def test_the_best_that_is_known_of_the_licenses(licenses, state):
    practitioner = make_practitioner(name="Ada Brook")
    for number, (expires_on, verified_on) in enumerate(licenses):
        License.objects.create(
            practitioner=practitioner,
            number=f"DEMO-{number}",
            state_code="NY",
            expires_on=expires_on,
            verified_on=verified_on,
        )
    assert license_state(practitioner, on=TODAY) == state


@pytest.mark.django_db
def test_what_nobody_has_stated_is_said_to_be_so():
    practitioner = make_practitioner()
    assert facts_of(practitioner, None, (), on=TODAY) == (
        Fact("New patients: not stated", "unstated"),
        Fact("Fees not stated", "unstated"),
        Fact("Languages not stated", "unstated"),
        Fact("License not stated", "unstated"),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepts", "fact"),
    [
        (True, Fact("Takes new patients")),
        (False, Fact("Takes no new patients")),
        (None, Fact("New patients: not stated", "unstated")),
    ],
)
def test_new_patients(accepts, fact):
    affiliation = Affiliation(accepts_new_patients=accepts)
    assert facts_of(make_practitioner(), affiliation, (), on=TODAY)[0] == fact


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "later", "is_sliding", "fact"),
    [
        (None, None, False, Fact("Fees not stated", "unstated")),
        (None, None, True, Fact("Sliding scale")),
        (1200, None, False, Fact("First visit $1,200")),
        (None, 80, True, Fact("Later visits $80, sliding scale")),
        (0, 60, False, Fact("First visit $0, later $60")),
        (120, 80, True, Fact("First visit $120, later $80, sliding scale")),
    ],
)
def test_fees(first, later, is_sliding, fact):
    practitioner = make_practitioner(
        first_visit_fee_usd=first, follow_up_fee_usd=later, has_sliding_scale=is_sliding
    )
    assert facts_of(practitioner, None, (), on=TODAY)[1] == fact


@pytest.mark.django_db
def test_languages_stand_in_their_order():
    languages = (Language(name="English"), Language(name="Korean"))
    facts = facts_of(make_practitioner(), None, languages, on=TODAY)
    assert facts[2] == Fact("English, Korean")


@pytest.mark.django_db
def test_a_lapsed_license_is_marked():
    practitioner = make_practitioner()
    License.objects.create(
        practitioner=practitioner, number="D-1", state_code="NY", expires_on=date(2026, 4, 30)
    )
    assert facts_of(practitioner, None, (), on=TODAY)[3] == Fact(
        "License lapsed", "license__lapsed"
    )


@pytest.mark.parametrize(
    ("low", "high", "hours"),
    [
        (None, None, ""),
        (25, 50, ". 25 to 50 hours of acupuncture or needling"),
        (300, 300, ". About 300 hours of acupuncture or needling"),
        (1905, None, ". 1,905 hours of acupuncture or needling and more"),
    ],
)
def test_meaning_of_letters_that_are_in_the_list(low, high, hours):
    kind = CredentialKind(
        letters="L.Ac.", name="Licensed person", issuer="A state", hours_low=low, hours_high=high
    )
    assert meaning_of(Title("LAc", kind)) == Meaning("LAc", f"Licensed person. A state{hours}")


def test_meaning_of_letters_that_are_in_no_list():
    assert meaning_of(Title("XYZ", None)) == Meaning("XYZ", "")


def test_a_persons_own_words_for_their_letters_need_no_kind():
    credential = Credential(letters="XYZ", name="Expert of needles", practitioner=Practitioner())
    meaning = meaning_of(Title("XYZ", None, credential))
    assert meaning == Meaning("XYZ", "Expert of needles")
