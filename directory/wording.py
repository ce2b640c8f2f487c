"""How a distance is written for a person."""

from django.utils.translation import ngettext


def miles(distance: float) -> str:
    """With one decimal below ten: "0.4 miles", "1 mile", "34 miles"."""
    shown = round(distance, 1) if distance < 9.95 else round(distance)
    number = f"{shown:,}".removesuffix(".0")
    return ngettext("%(number)s mile", "%(number)s miles", 1 if number == "1" else 2) % {
        "number": number
    }
