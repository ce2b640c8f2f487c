"""How a distance, a place and a telephone number are written."""

import re
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# States whose name alone means a city.
NAMED_LIKE_A_CITY = frozenset({"New York"})


def miles(distance: float) -> str:
    """With one decimal below ten: "0.4 miles", "1 mile", "34 miles"."""
    shown = round(distance, 1) if distance < 9.95 else round(distance)
    number = f"{shown:,}".removesuffix(".0")
    return ngettext("%(number)s mile", "%(number)s miles", 1 if number == "1" else 2) % {
        "number": number
    }


def state_as_typed(name: str) -> str:
    """What the field for the place takes for the state, where its bare name means a city."""
    return f"{name} State" if name in NAMED_LIKE_A_CITY else name


def tel(phone: str) -> str:
    """The number for a `tel:` link (RFC 3966); ten digits alone are a North American number."""
    digits = re.sub(r"\D", "", phone)
    if phone.lstrip().startswith("+"):
        return f"+{digits}"
    if len(digits) == 11 and digits.startswith("1"):
        return f"+{digits}"
    return f"+1{digits}" if len(digits) == 10 else digits


def confirmed_words(day: date | None) -> str:
    """When a practitioner last said that the facts are current, None if never."""
    if day is None:
        return _("Not yet confirmed by this practitioner")
    return _("Last confirmed on %(day)s") % {"day": date_format(day, "F j, Y")}
