"""Two editors who have the same listing open."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from directory.models import Affiliation, Practitioner
from tests.directory.factories import make_affiliation, make_office, make_practitioner

pytestmark = pytest.mark.django_db


class Editor:
    """Opens the page as a browser does, types, and sends everything that stands in it."""

    def __init__(self, name):
        self.client = Client()
        self.client.force_login(get_user_model().objects.create_superuser(name, password="x"))

    def open(self, row):
        self.address = f"/admin/directory/{row._meta.model_name}/{row.pk}/change/"
        self.read(self.client.get(self.address))

    def read(self, response):
        context = response.context
        forms = [context["adminform"].form]
        self.fields = {"opened": context["opened"]}
        for each in context["inline_admin_formsets"]:
            forms += [each.formset.management_form, *each.formset.initial_forms]
        for form in forms:
            for bound in form:
                widget = getattr(bound.field.widget, "widget", bound.field.widget)
                value = widget.format_value(bound.value())
                if value not in (None, []) and bound.name not in ("photo", "DELETE"):
                    self.fields[bound.html_name] = value
        for name in list(self.fields):
            if name.endswith("TOTAL_FORMS"):
                self.fields[name] = self.fields[name.replace("TOTAL", "INITIAL")]

    def save(self, **typed):
        fields = {**self.fields, **{name.replace("__", "-"): text for name, text in typed.items()}}
        response = self.client.post(self.address, fields, follow=True)
        self.said = [str(each) for each in response.context.get("messages", [])]
        self.errors = []
        if "adminform" in response.context and response.redirect_chain == []:
            self.errors = list(response.context["adminform"].form.non_field_errors())
            self.read(response)
        return response


@pytest.fixture
def both():
    return Editor("ann"), Editor("ben")


def test_changes_of_both_are_saved_and_the_second_is_told(both):
    ann, ben = both
    practitioner = make_practitioner(name="Ada Brook", letters="", office=make_office())
    for editor in both:
        editor.open(practitioner)
    ann.save(letters="L.Ac.", affiliations__0__phone="(718) 555-0199")
    ben.save(statement="I press gently.")
    practitioner.refresh_from_db()
    assert (practitioner.letters, practitioner.statement) == ("L.Ac.", "I press gently.")
    assert Affiliation.objects.get().phone == "(718) 555-0199"
    assert re.sub(r" \(.*?\)", "", ben.said[0]) == (
        "While you had this page open, ann changed: Letters, Phone. Their changes are kept."
    )


def test_words_that_both_changed_are_shown_and_nothing_is_saved_before(both):
    ann, ben = both
    practitioner = make_practitioner(letters="L.Ac.", statement="")
    for editor in both:
        editor.open(practitioner)
    ann.save(letters="DACM")
    ben.save(letters="DAOM", statement="I press gently.")
    practitioner.refresh_from_db()
    assert (practitioner.letters, practitioner.statement) == ("DACM", "")
    assert ben.errors == [
        "While you had this page open, ann saved something else: Letters is now “DACM”. Nothing "
        "of yours is lost or saved yet: it is below. Save again to keep yours."
    ]
    assert (ben.fields["letters"], ben.fields["statement"]) == ("DAOM", "I press gently.")
    ben.save()
    practitioner.refresh_from_db()
    assert (practitioner.letters, practitioner.statement) == ("DAOM", "I press gently.")


def test_row_that_the_other_deleted_stays_deleted(both):
    ann, ben = both
    practitioner = make_practitioner(statement="")
    first = make_affiliation(practitioner, make_office())
    second = make_affiliation(practitioner, make_office())
    for editor in both:
        editor.open(practitioner)
    ann.save(affiliations__0__DELETE="on")
    assert list(Affiliation.objects.all()) == [second]
    ben.save(statement="I press gently.", affiliations__1__phone="555-0123")
    practitioner.refresh_from_db()
    second.refresh_from_db()
    assert (practitioner.statement, second.phone) == ("I press gently.", "555-0123")
    assert not Affiliation.objects.filter(pk=first.pk).exists()
    assert "a row that is deleted now" in ben.said[0]


def test_row_that_the_other_deleted_and_one_changed_is_said_in_words(both):
    ann, ben = both
    practitioner = make_practitioner(statement="")
    make_affiliation(practitioner, make_office())
    for editor in both:
        editor.open(practitioner)
    ann.save(affiliations__0__DELETE="on")
    response = ben.save(affiliations__0__phone="555-0123", statement="I press gently.")
    practitioner.refresh_from_db()
    assert (practitioner.statement, Affiliation.objects.count()) == ("", 0)
    assert "a row that you changed was deleted, yours stands below as a new one" in ben.errors[0]
    assert "555-0123" in response.content.decode()


def test_row_that_the_other_added_stays(both):
    _ann, ben = both
    practitioner, office = make_practitioner(statement=""), make_office()
    for editor in both:
        editor.open(practitioner)
    make_affiliation(practitioner, office)
    ben.save(statement="I press gently.")
    assert Affiliation.objects.count() == 1


def test_change_from_a_list_is_not_undone(both):
    ann, _ben = both
    practitioner = make_practitioner(statement="")
    ann.open(practitioner)
    Practitioner.objects.update(listing="withdrawn")
    ann.save(statement="I press gently.")
    practitioner.refresh_from_db()
    assert (practitioner.listing, practitioner.statement) == ("withdrawn", "I press gently.")


def test_office_is_shared_in_the_same_way(both):
    ann, ben = both
    office = make_office(name="Half Moon", street="1 Bobbin Street")
    for editor in both:
        editor.open(office)
    ann.save(street="2 Bobbin Street")
    ben.save(name="Full Moon")
    office.refresh_from_db()
    assert (office.name, office.street) == ("Full Moon", "2 Bobbin Street")


@pytest.mark.parametrize("sealed", ["", "x", "a:b:c"])
def test_page_without_its_seal_is_saved_as_it_is(both, sealed):
    ann, _ben = both
    practitioner = make_practitioner(statement="")
    ann.open(practitioner)
    ann.save(statement="I press gently.", opened=sealed)
    practitioner.refresh_from_db()
    assert practitioner.statement == "I press gently."
