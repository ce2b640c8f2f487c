import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from directory.npi import check_digit, validate_npi, without_separators
from tests.directory.factories import make_practitioner

NINE = st.text("0123456789", min_size=8, max_size=8).map(lambda rest: f"1{rest}")


def test_example_that_cms_publishes_is_valid():
    """The worked example of "Requirements for NPI and NPI Check Digit": 123456789, digit 3."""
    assert check_digit("123456789") == "3"
    validate_npi("1234567893")


@pytest.mark.parametrize(
    ("npi", "code", "words"),
    [
        ("12345678AB", "npi_digits", "An NPI consists of digits only."),
        ("١٢٣٤٥٦٧٨٩٣", "npi_digits", "An NPI consists of digits only."),
        ("123456789", "npi_length", "An NPI has 10 digits; this one has 9."),
        ("12345678931", "npi_length", "An NPI has 10 digits; this one has 11."),
        ("3234567893", "npi_start", "An NPI begins with 1 or 2."),
        (
            "1234567892",
            "npi_check_digit",
            "The last digit does not fit the others: one of the ten is probably mistyped.",
        ),
    ],
)
def test_refusal_says_what_is_wrong(npi, code, words):
    with pytest.raises(ValidationError) as refused:
        validate_npi(npi)
    assert (refused.value.code, refused.value.messages) == (code, [words])


@given(nine=NINE, position=st.integers(1, 8), other=st.sampled_from("0123456789"))
def test_every_single_mistyped_digit_is_noticed(nine, position, other):
    npi = nine + check_digit(nine)
    changed = npi[:position] + other + npi[position + 1 :]
    is_refused = False
    try:
        validate_npi(changed)
    except ValidationError:
        is_refused = True
    assert is_refused == (changed != npi)


def test_spaces_and_dashes_between_digits_are_no_part_of_the_number():
    assert without_separators(" 1234-567 893\u2013") == "1234567893"


@pytest.mark.django_db
def test_two_practitioners_cannot_have_one_npi_but_many_can_have_none():
    make_practitioner(npi="1234567893")
    make_practitioner()
    make_practitioner()
    with pytest.raises(IntegrityError):
        make_practitioner(npi="1234567893")
