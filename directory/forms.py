"""The one search form: whatever is typed into it gives Criteria, and a page."""

import math

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acutake.lib.text import clean_text
from directory.criteria import DEFAULT_RADIUS_MILES, Criteria
from directory.gazetteer import Resolution, resolve
from directory.models import Place, Specialty
from directory.parameters import PARAMETERS, read_filters, read_terms
from directory.understanding import understand
from directory.wording import state_as_typed

WIDEST_MILES = 250
READ_CHARACTERS = 200
# What is shown again may be longer than what is read, so that nothing typed is lost.
KEPT_CHARACTERS = 12_000


class SearchForm(forms.Form):
    """Two fields in a sentence; what narrows the answer comes along in the address.

    Bound, it always has `cleaned_data`, which is the Criteria; `errors` says in words what could
    not be read and was replaced or left out. `resolution` tells how the place was understood.
    Queries only when it is validated.
    """

    what = forms.CharField(
        label=gettext_lazy("What for?"),
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "placeholder": gettext_lazy("heel pain, sleep, a name")}
        ),
    )
    where = forms.CharField(
        label=gettext_lazy("Where?"),
        required=False,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "postal-code",
                "placeholder": gettext_lazy("city, ZIP code or state"),
            }
        ),
    )

    def __init__(self, data: QueryDict | None = None, **kwargs):
        super().__init__(None if data is None else _keepable(data), **kwargs)
        self.resolution = Resolution()
        self.page = data.get("page", "") if data is not None else ""

    def clean(self) -> Criteria:
        terms = read_terms(self.data, self._say)
        where = self._read("where")
        self.resolution = resolve(where) if where else Resolution()
        return Criteria(
            place=self.resolution.place,
            is_place_unknown=bool(self.data.get("where")) and self.resolution.place is None,
            radius_miles=self._radius_miles(),
            specialties=terms["specialty"],
            wish=understand(
                self._read("what"),
                Specialty.objects.all(),
                without=self.data.getlist("without"),
            ),
            page=page_number(self.page),
            filters=read_filters(self.data, terms, self._say),
        )

    def _say(self, sentence: str) -> None:
        self.add_error(None, sentence)

    def _read(self, name: str) -> str:
        typed = self.data.get(name, "")
        if len(typed) > READ_CHARACTERS:
            self.add_error(
                name,
                _("This is very long. Only the first %(count)d characters were read.")
                % {"count": READ_CHARACTERS},
            )
        return clean_text(typed, limit=READ_CHARACTERS)

    def _radius_miles(self) -> int:
        typed = self.data.get("radius", "")
        miles = _whole_miles(typed)
        if typed and miles is None:
            self._say(
                _(
                    "“%(typed)s” is no number of miles from 1 to %(widest)d, "
                    "so %(taken)d were taken."
                )
                % {"typed": typed[:40], "widest": WIDEST_MILES, "taken": DEFAULT_RADIUS_MILES},
            )
        return miles or DEFAULT_RADIUS_MILES


def typed_for(place: Place) -> str:
    """What the field for the place takes for exactly this one, and how it is called in a list."""
    return state_as_typed(place.label) if place.kind == Place.Kind.STATE else place.label


def page_number(text: str) -> int:
    """The number of a page as typed into an address, or 1."""
    return int(text) if text.isdecimal() and len(text) < 9 else 1


def _keepable(data: QueryDict) -> MultiValueDict:
    """All that was typed but for characters that no page and no database can hold."""
    return MultiValueDict(
        {
            name: [clean_text(value, limit=KEPT_CHARACTERS) for value in data.getlist(name)]
            for name in ("what", "where", "without", "radius", "specialty", *PARAMETERS)
            if name in data
        }
    )


def _whole_miles(typed: str) -> int | None:
    """Rounded up; None for what is no number, or none from 1 to the widest."""
    try:
        miles = float(typed)
    except ValueError:
        return None
    return math.ceil(miles) if 0 < miles <= WIDEST_MILES else None
