"""The National Provider Identifier: ten digits of which the last one checks the others.

The rule is that of the Centers for Medicare & Medicaid Services, "Requirements for National
Provider Identifier (NPI) and NPI Check Digit" (2004): the Luhn formula (ISO/IEC 7812-1) over the
number with 80840 before it, which stands for health applications (80) in the United States (840).
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

NPI_DIGITS = 10
PREFIX = "80840"


def check_digit(first_nine: str) -> str:
    """The tenth digit that belongs to these nine."""
    total = 0
    for position, digit in enumerate(reversed(PREFIX + first_nine)):
        value = int(digit) * (2 if position % 2 == 0 else 1)
        total += value // 10 + value % 10
    return str(-total % 10)


def without_separators(typed: str) -> str:
    """As typed, without the spaces and dashes that people put between groups of digits."""
    return re.sub(r"[\s\-\u2010-\u2015]+", "", typed)


def validate_npi(npi: str) -> None:
    """Raise ValidationError that says what is wrong: the characters, the length or a digit."""
    if not (npi.isascii() and npi.isdigit()):
        raise ValidationError(_("An NPI consists of digits only."), code="npi_digits")
    if len(npi) != NPI_DIGITS:
        raise ValidationError(
            _("An NPI has %(expected)d digits; this one has %(count)d."),
            code="npi_length",
            params={"expected": NPI_DIGITS, "count": len(npi)},
        )
    if npi[0] not in "12":
        raise ValidationError(_("An NPI begins with 1 or 2."), code="npi_start")
    if npi[-1] != check_digit(npi[:-1]):
        raise ValidationError(
            _("The last digit does not fit the others: one of the ten is probably mistyped."),
            code="npi_check_digit",
        )
