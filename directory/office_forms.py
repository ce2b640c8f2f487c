"""What editors type of offices: a point, hours as one line, an office where somebody works."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.forms.models import fields_for_model, model_to_dict
from django.utils.translation import gettext_lazy as _

from directory.coordinates import read_point
from directory.hours_text import read_hours, write_hours
from directory.models import Affiliation, Office
from directory.offices import ADDRESS, same_office, save_office, set_hours
from directory.place_names import key

FACTS = ("name", *ADDRESS, "is_step_free")
# What an office cannot do without.
NEEDED = ("name", "city", "state_code")
# What says that an office is described, since the others are filled in before anybody types.
TELLING = ("name", "street", "city", "state_code", "postcode")
# What two descriptions of one office may differ in.
DETAILS = ("street", "postcode", "is_step_free")
HOURS_HELP = _("Such as Mon-Fri 9-12:30, 13:30-18; Sat 10-14. A night ends on the next day.")

_office_fields = fields_for_model(Office, FACTS)
for _name, _field in _office_fields.items():
    if _name != "is_step_free":
        _field.widget = AdminTextInputWidget(attrs=_field.widget_attrs(AdminTextInputWidget()))
        _field.required = False


class OfficeForm(forms.ModelForm):
    """An office with its point, which may be pasted whole into the first of its two fields."""

    latitude = forms.CharField(
        label=_("Latitude"),
        required=False,
        max_length=60,
        help_text=_("Or both at once, as in 40.6501, -73.9496."),
    )
    longitude = forms.CharField(label=_("Longitude"), required=False, max_length=60)

    class Meta:
        model = Office
        fields = [*FACTS, "latitude", "longitude", "timezone"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("latitude", "longitude"):
            value = self.initial.get(name)
            self.initial[name] = "" if value is None else str(value)

    def clean_state_code(self):
        return self.cleaned_data["state_code"].upper()

    def clean_country_code(self):
        return self.cleaned_data["country_code"].upper()

    def clean(self):
        super().clean()
        values = self.cleaned_data
        if "latitude" not in values or "longitude" not in values:
            return values
        # What nobody touched may be more exact than what is typed.
        point = self.instance.point
        if self.is_pinned():
            try:
                point = read_point(values["latitude"], values["longitude"])
            except ValidationError as error:
                self.add_error("latitude", error)
                return values
        values["latitude"] = point and point.latitude
        values["longitude"] = point and point.longitude
        return values

    def has_moved(self) -> bool:
        return not {*ADDRESS}.isdisjoint(self.changed_data)

    def is_pinned(self) -> bool:
        """Whether the point is another one than before, or taken away."""
        return not {"latitude", "longitude"}.isdisjoint(self.changed_data)


class HoursField(forms.CharField):
    """A week's hours as text; its value is the spans."""

    widget = AdminTextareaWidget(attrs={"rows": 3, "class": "hours-field"})

    def clean(self, value):
        return read_hours(super().clean(value))

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else write_hours(value)

    def has_changed(self, initial, data):
        """Another way to write the same hours is no change."""
        try:
            return tuple(initial or ()) != read_hours(data or "")
        except ValidationError:
            return True


class AffiliationForm(forms.ModelForm):
    """Somebody at an office, with the hours there as text."""

    hours = HoursField(label=_("Hours"), required=False, max_length=600, help_text=HOURS_HELP)

    class Meta:
        model = Affiliation
        fields = ["phone", "accepts_new_patients"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            rows = self.instance.opening_hours.all()
            spans = sorted((row.weekday, row.opens_at, row.closes_at) for row in rows)
            self.initial["hours"] = tuple(spans)

    def save(self, commit=True):
        affiliation = super().save(commit=commit)
        if "hours" in self.changed_data:
            set_hours(affiliation, self.cleaned_data["hours"])
        return affiliation


class WorkplaceForm(AffiliationForm):
    """Where a practitioner works: an office of the directory, or one that is described here.

    At a row that was saved before, the office's own facts are changed, for all who work there.
    After `save`, `notes` say what an editor should know.
    """

    name = _office_fields["name"]
    street = _office_fields["street"]
    city = _office_fields["city"]
    state_code = _office_fields["state_code"]
    postcode = _office_fields["postcode"]
    country_code = _office_fields["country_code"]
    is_step_free = _office_fields["is_step_free"]

    class Meta(AffiliationForm.Meta):
        fields = ["office", *AffiliationForm.Meta.fields]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.notes: list[str] = []
        self.is_new = self.instance.pk is None
        choice = self.fields["office"]
        choice.required = False
        choice.label = _("In the directory already")
        choice.help_text = _("Or leave this empty and describe a new office.")
        if not self.is_new:
            choice.disabled = True
            choice.widget = forms.HiddenInput()
            self.initial.update(model_to_dict(self.instance.office, FACTS))

    def clean_state_code(self):
        return self.cleaned_data["state_code"].upper()

    def clean_country_code(self):
        return self.cleaned_data["country_code"].upper()

    def clean(self):
        super().clean()
        values = self.cleaned_data
        if not self.is_new:
            self._require_facts()
        elif values.get("office") is None and "office" not in self.errors:
            self._require_facts()
            if not self.errors:
                values["office"] = self._take_existing()
        elif typed := [name for name in TELLING if values.get(name)]:
            text = _("Choose an office of the directory, or describe another one; not both.")
            self.add_error(typed[0], text)
        return values

    def changes_office(self) -> bool:
        """Whether the facts of an office are others now, for all who work there."""
        return not self.is_new and not {*FACTS}.isdisjoint(self.changed_data)

    def save(self, commit=True):
        if self.is_new and self.cleaned_data["office"] is None:
            self.instance.office = self._described(Office())
            self.notes += save_office(self.instance.office, has_moved=True)
        elif self.changes_office():
            has_moved = not {*ADDRESS}.isdisjoint(self.changed_data)
            office = self._described(self.instance.office)
            self.notes += save_office(office, has_moved=has_moved)
        return super().save(commit=commit)

    def _require_facts(self) -> None:
        for name in NEEDED:
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, forms.Field.default_error_messages["required"])

    def _take_existing(self) -> Office | None:
        """The office of the directory that was described, if it is there and nothing is new."""
        described = self._described(Office())
        existing = same_office(described)
        if existing is None:
            return None
        if any(_differs(getattr(described, name), getattr(existing, name)) for name in DETAILS):
            text = _("%(office)s is in the directory already, with other facts: choose it above.")
            self.add_error("name", text % {"office": existing})
            return None
        text = _("%(office)s was in the directory already: it is the same office.")
        self.notes.append(text % {"office": existing})
        return existing

    def _described(self, office: Office) -> Office:
        for name in FACTS:
            setattr(office, name, self.cleaned_data[name])
        return office


def _differs(described: str | bool | None, known: str | bool | None) -> bool:
    if described in ("", None) or described == known:
        return False
    return not (isinstance(described, str) and known and key(described) == key(known))


class WorkplaceFormSet(forms.BaseInlineFormSet):
    """A practitioner's offices; the same one cannot be described twice."""

    def clean(self):
        super().clean()
        seen = set()
        for form in self.forms:
            facts = tuple(key(form.cleaned_data.get(name) or "") for name in TELLING)
            is_new = getattr(form, "is_new", False) and any(facts)
            if is_new and not self._should_delete_form(form):
                if facts in seen:
                    form.add_error("name", _("This office is described twice."))
                seen.add(facts)

    @property
    def notes(self) -> list[str]:
        return [note for form in self.forms for note in form.notes]
