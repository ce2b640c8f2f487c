"""Whole files: what they are answered, and what is in the database afterwards."""

import io
from datetime import date, time

import pytest

from directory.exporting import export_lines
from directory.importing import running
from directory.models import (
    Affiliation,
    License,
    Office,
    Practitioner,
    PractitionerPath,
    SearchEntry,
)
from tests.directory.factories import (
    make_affiliation,
    make_insurer,
    make_language,
    make_office,
    make_practitioner,
    make_specialty,
)
from tests.directory.importing.files import AT, file_of, imported, run_file

pytestmark = pytest.mark.django_db

ADA = {
    "reference": "A-1",
    "name": "Ada Alder",
    "listing": "listed",
    "office_name": "The Paper Crane",
    "street": "12 Bobbin Street",
    "city": "Brooklyn",
    "state": "NY",
    "latitude": "40.65",
    "longitude": "-73.95",
}
NPI = "1234567893"


def outcomes(answers):
    return [(row, outcome) for row, outcome, _changed, _notes in answers]


def reasons(answers):
    """Why rows were refused: row, column and words."""
    return [
        (row, column, words)
        for row, outcome, _changed, notes in answers
        if outcome == "refused"
        for column, words in notes
    ]


def test_a_new_person_has_every_fact_and_is_found_at_once():
    specialty = make_specialty(slug="trigger-point", name="Trigger point")
    language = make_language(code="es", name="Spanish")
    insurer = make_insurer(slug="aetna", name="Aetna")
    row = {
        **ADA,
        "slug": "ada",
        "npi": NPI,
        "letters": "L.Ac., DACM",
        "statement": "One line.\r\nAnother, with “quotes”.",
        "specialties": "trigger POINT",
        "languages": "Spanish",
        "insurers": "aetna",
        "first_visit_fee_usd": "$1,085",
        "follow_up_fee_usd": "60.00",
        "has_sliding_scale": "yes",
        "offers_telehealth": "no",
        "email": "ada@example.org",
        "website": "ada.example.org",
        "confirmed_on": "3/9/2026",
        "licenses": "NY 012 345 until 2027-03-31; NJ X-1",
        "credentials": "L.Ac.; Dipl.O.M. | Diplomate | NCBAHM | 2012",
        "postcode": "11201",
        "is_step_free": "yes",
        "phone": "(718) 555-0123",
        "accepts_new_patients": "yes",
        "hours": "Mon-Tue 9:00-12:30; Sat 10:00-14:00",
    }

    assert imported(row) == [(2, "created", (), ())]

    ada = Practitioner.objects.get()
    office = Office.objects.get()
    affiliation = Affiliation.objects.get()
    assert [(ada.reference, ada.slug, ada.npi, ada.name, ada.letters, ada.listing)] == [
        ("A-1", "ada", NPI, "Ada Alder", "L.Ac., DACM", "listed")
    ]
    assert ada.statement == "One line.\r\nAnother, with “quotes”."
    assert [*ada.specialties.all(), *ada.languages.all(), *ada.insurers.all()] == [
        specialty,
        language,
        insurer,
    ]
    assert (ada.first_visit_fee_usd, ada.follow_up_fee_usd) == (1085, 60)
    assert (ada.has_sliding_scale, ada.offers_telehealth, ada.offers_home_visits) == (
        True,
        False,
        None,
    )
    assert (ada.email, ada.website) == ("ada@example.org", "https://ada.example.org")
    assert ada.confirmed_on == date(2026, 3, 9)
    assert list(ada.licenses.values_list("state_code", "number", "expires_on")) == [
        ("NJ", "X-1", None),
        ("NY", "012 345", date(2027, 3, 31)),
    ]
    assert list(ada.credentials.values_list("letters", "name", "issuer", "year")) == [
        ("L.Ac.", "", "", None),
        ("Dipl.O.M.", "Diplomate", "NCBAHM", 2012),
    ]
    assert (office.name, office.street, office.city, office.state_code, office.postcode) == (
        "The Paper Crane",
        "12 Bobbin Street",
        "Brooklyn",
        "NY",
        "11201",
    )
    assert (office.latitude, office.longitude, office.precision) == (40.65, -73.95, "rooftop")
    assert (office.country_code, office.is_step_free) == ("US", True)
    assert (affiliation.phone, affiliation.accepts_new_patients) == ("(718) 555-0123", True)
    assert list(affiliation.opening_hours.values_list("weekday", "opens_at", "closes_at")) == [
        (0, time(9), time(12, 30)),
        (1, time(9), time(12, 30)),
        (5, time(10), time(14)),
    ]
    assert SearchEntry.objects.get().practitioner == ada
    assert ada.search_text == " ada alder the paper crane l.ac., dacm"


def test_the_same_file_again_changes_nothing():
    rows = [ADA, {**ADA, "reference": "B-2", "name": "Bo Birch", "phone": "555"}]
    assert outcomes(imported(*rows)) == [(2, "created"), (3, "created")]
    assert imported(*rows) == [(2, "unchanged", (), ()), (3, "unchanged", (), ())]
    assert Office.objects.count() == 1


def test_what_changes_is_named_and_the_rest_stays():
    imported({**ADA, "phone": "555", "email": "a@example.org", "first_visit_fee_usd": "80"})
    answers = imported(
        {
            "reference": "A-1",
            "first_visit_fee_usd": "95",
            "email": "-",
            "phone": "(none)",
            "is_step_free": "yes",
            "name": "",
        }
    )
    assert answers == [
        (2, "updated", ("first_visit_fee_usd", "email", "is_step_free", "phone"), ())
    ]
    ada = Practitioner.objects.get()
    assert (ada.name, ada.first_visit_fee_usd, ada.email) == ("Ada Alder", 95, "")
    assert (Affiliation.objects.get().phone, Office.objects.get().is_step_free) == ("", True)


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (2, 0, 1)])
def test_rows_of_one_reference_are_one_person_wherever_they_stand(order):
    rows = [
        ADA,
        {**ADA, "office_name": "Second", "street": "1 Second Street"},
        {**ADA, "reference": "B-2", "name": "Bo Birch"},
    ]
    answers = imported(*(rows[number] for number in order))
    assert {outcome for _row, outcome in outcomes(answers)} == {"created"}
    assert sorted(Affiliation.objects.values_list("practitioner__reference", "office__name")) == [
        ("A-1", "Second"),
        ("A-1", "The Paper Crane"),
        ("B-2", "The Paper Crane"),
    ]


def test_a_person_is_known_by_reference_else_slug_else_npi():
    make_practitioner(name="By slug", slug="by-slug")
    make_practitioner(name="By NPI", slug="by-npi", npi=NPI)
    answers = imported(
        {"reference": "R-1", "slug": "by-slug", "npi": "", "letters": "L.Ac."},
        {"reference": "", "slug": "", "npi": NPI, "letters": "DACM"},
    )
    assert answers == [
        (2, "updated", ("reference", "letters"), ()),
        (3, "updated", ("letters",), ()),
    ]
    assert list(Practitioner.objects.order_by("slug").values_list("slug", "letters")) == [
        ("by-npi", "DACM"),
        ("by-slug", "L.Ac."),
    ]


def test_a_former_slug_names_the_person_and_is_not_taken_back():
    person = make_practitioner(slug="new")
    PractitionerPath.objects.create(slug="old", practitioner=person)
    assert imported({"slug": "old", "letters": "L.Ac."}) == [(2, "updated", ("letters",), ())]
    person.refresh_from_db()
    assert (person.slug, person.letters) == ("new", "L.Ac.")


def test_a_changed_slug_leaves_its_old_address_behind():
    make_practitioner(slug="old", reference="R-1")
    assert imported({"reference": "R-1", "slug": "new"}) == [(2, "updated", ("slug",), ())]
    assert list(PractitionerPath.objects.values_list("slug", "practitioner__slug")) == [
        ("old", "new")
    ]


def test_somebody_new_gets_an_address_that_nobody_has():
    make_practitioner(slug="ada-alder")
    answers = imported(*({**ADA, "reference": f"A-{number}"} for number in (1, 2)))
    assert outcomes(answers) == [(2, "created"), (3, "created")]
    slugs = list(Practitioner.objects.order_by("pk").values_list("slug", flat=True))
    assert slugs[:2] == ["ada-alder", "ada-alder-brooklyn"]
    assert slugs[2].startswith("ada-alder-brooklyn-")


def test_bad_rows_have_every_reason_and_stop_no_good_one():
    answers = imported(
        ADA,
        {
            **ADA,
            "reference": "B-2",
            "first_visit_fee_usd": "cheap",
            "email": "me at home",
            "hours": "sometimes",
            "latitude": "95",
            "specialties": "magic",
            "confirmed_on": "2026-11-24",
        },
        {**ADA, "reference": "", "name": "Nobody"},
        {**ADA, "reference": "C-3", "name": "Cleo Cedar"},
    )
    assert outcomes(answers) == [
        (2, "created"),
        (3, "refused"),
        (4, "refused"),
        (5, "created"),
    ]
    assert reasons(answers) == [
        (3, "latitude", "“95” is no number of degrees from -90 to 90."),
        (3, "first_visit_fee_usd", "“cheap” is no amount in whole dollars."),
        (3, "email", "This is no e-mail address."),
        (
            3,
            "hours",
            "“sometimes” is not understood. Write as in “Mon-Fri 9-12:30, 13:30-18; Sat 10-14”.",
        ),
        (3, "specialties", "Not in the list: “magic”."),
        (3, "longitude", "It takes both latitude and longitude to make a point."),
        (3, "confirmed_on", "This day is still to come."),
        (4, "", "Nobody is named: fill in reference or slug or npi."),
    ]
    assert set(Practitioner.objects.values_list("name", flat=True)) == {"Ada Alder", "Cleo Cedar"}


def test_doubles_in_the_file_and_in_the_database_are_refused_by_name_and_row():
    known = make_practitioner(name="Known", slug="known", npi=NPI)
    License.objects.create(practitioner=known, state_code="NY", number="1")
    answers = imported(
        {"reference": "A", "name": "A", "licenses": "NY 1", "npi": "", "slug": ""},
        {"reference": "B", "name": "B", "licenses": "NY 2", "npi": "", "slug": "b"},
        {"reference": "C", "name": "C", "licenses": "NY 2", "npi": "", "slug": ""},
        {"reference": "D", "name": "D", "licenses": "", "npi": NPI, "slug": "d"},
        {"reference": "E", "name": "E", "licenses": "", "npi": "", "slug": "b"},
        {"reference": "F", "name": "F", "licenses": "", "npi": "", "slug": "in"},
    )
    assert reasons(answers) == [
        (2, "licenses", "The same license number as “Known”: “NY 1”."),
        (4, "licenses", "The same license number as in row 3: “NY 2”."),
        (6, "slug", "Row 3 names somebody else by it."),
        (7, "slug", "Another page has this address."),
    ]
    # Row 5 is the same person by NPI, and so gets a reference and another name.
    assert outcomes(answers)[3] == (5, "updated")


def test_rows_that_contradict_each_other_are_refused():
    answers = imported(
        {**ADA, "is_step_free": "yes"},
        {**ADA, "name": "Ada Birch", "office_name": "Second", "is_step_free": ""},
        {**ADA, "reference": "B", "name": "Bo", "is_step_free": "no"},
        {**ADA, "phone": "another"},
    )
    assert reasons(answers) == [
        (3, "name", "Row 2 says otherwise about the same person."),
        (5, "office_name", "Row 2 is about the same person at the same office."),
        (4, "is_step_free", "Row 2 says otherwise about the same office."),
    ]


def test_a_row_may_change_an_office_by_its_number_and_others_find_out():
    office = make_office(name="Old name")
    ada = make_practitioner(reference="A", office=office)
    bo = make_practitioner(reference="B", office=office)
    answers = imported(
        {"reference": "A", "office_id": str(office.pk), "office_name": "New name"},
        {"reference": "B", "office_id": str(office.pk), "office_name": "Other name"},
        {"reference": "B", "office_id": "99999999", "office_name": ""},
    )
    assert answers == [
        (2, "updated", ("office_name",), ()),
        (
            3,
            "refused",
            (),
            (("office_name", "Row 2 gives this office another name or address."),),
        ),
        (4, "refused", (), (("office_id", "There is no office with this number."),)),
    ]
    ada.refresh_from_db()
    bo.refresh_from_db()
    assert [ada.search_text.split()[-2:], bo.search_text.split()[-2:]] == [["new", "name"]] * 2


def test_an_office_must_be_named_where_there_are_several():
    person = make_practitioner(reference="A", office=make_office())
    make_affiliation(person, make_office())
    assert reasons(imported({"reference": "A", "phone": "555"})) == [
        (
            2,
            "office_name",
            "Which office is meant? Fill in office_name, street, city, state, country.",
        )
    ]


@pytest.mark.usefixtures("small_gazetteer")
def test_points_come_from_the_gazetteer_and_follow_the_address():
    row = {**ADA, "latitude": "", "longitude": "", "city": "New York", "postcode": ""}
    assert imported(row) == [(2, "created", (), ())]
    office = Office.objects.get()
    assert (office.latitude is None, office.precision) == (False, "place")
    assert imported(row) == [(2, "unchanged", (), ())]
    unknown = {"reference": "A-1", "office_id": str(office.pk), "city": "Nowhere"}
    words = "The gazetteer does not know this town: no search by place finds the office."
    changed = ("city", "latitude", "longitude", "precision")
    assert imported(unknown) == [(2, "updated", changed, (("city", words),))]


def test_a_point_set_by_hand_stays_and_is_to_be_checked():
    office = make_office(precision="rooftop")
    make_practitioner(reference="A", office=office)
    words = "The address is new, and the point was set by hand: check it."
    row = {"reference": "A", "street": "13 Bobbin Street"}
    assert imported(row) == [(2, "updated", ("street",), (("latitude", words),))]


def test_another_last_day_takes_the_verification_away():
    person = make_practitioner(reference="A")
    for number in ("1", "2"):
        person.licenses.create(
            state_code="NY",
            number=number,
            expires_on=date(2027, 1, 1),
            verified_on=date(2026, 1, 1),
            verification_note="By telephone",
        )
    imported({"reference": "A", "licenses": "NY 1 until 2028-01-01; NY 2 until 2027-01-01"})
    assert list(
        person.licenses.values_list("number", "expires_on", "verified_on", "verification_note")
    ) == [
        ("1", date(2028, 1, 1), None, ""),
        ("2", date(2027, 1, 1), date(2026, 1, 1), "By telephone"),
    ]


def test_an_export_imported_again_changes_nothing():
    person = make_practitioner(
        reference="=1+1",
        name="-Dash",
        letters="@home",
        statement="Line\r\nline; “x”",
        specialties=[make_specialty(name="A; B")],
        first_visit_fee_usd=85,
        confirmed_on=date(2026, 1, 2),
        office=make_office(name="+Plus", city="O'Fallon, MO", precision="street"),
    )
    affiliation = make_affiliation(person, make_office(point=None), accepts_new_patients=False)
    affiliation.opening_hours.create(weekday=4, opens_at=time(18), closes_at=time(1))
    person.credentials.create(letters="X;Y", name="A | B", year=1999)
    person.licenses.create(state_code="NY", number="1; until", expires_on=date(2027, 1, 1))
    make_practitioner(listing="draft")

    file = io.BytesIO("".join(export_lines()).encode())

    answers = [(answer.outcome, answer.changed) for answer in run_file(file)]
    assert answers == [("unchanged", ())] * 3


def test_batches_answer_as_one_does(monkeypatch):
    rows = [
        {**ADA, "reference": f"P-{number}", "name": f"Person {number % 3}", "licenses": f"NY {x}"}
        for number, x in enumerate([1, 2, 3, 2, 5, 1, 7])
    ]
    rows += [{"reference": "P-1", "letters": "L.Ac."}, {"reference": "P-4", "phone": "1"}]
    file = file_of(*rows)
    whole = run_file(file, is_dry_run=True)
    monkeypatch.setattr(running, "BATCH_PEOPLE", 2)
    assert run_file(file, is_dry_run=True) == whole
    assert run_file(file) == whole


@pytest.mark.parametrize("after", [1, 3])
def test_a_run_goes_on_where_another_was_killed(monkeypatch, after):
    monkeypatch.setattr(running, "BATCH_PEOPLE", 1)
    rows = [
        {**ADA, "reference": f"P-{number}", "name": f"Person {number}", "licenses": f"NY {x}"}
        for number, x in enumerate([1, 1, 3, 3, 5])
    ]
    file = file_of(*rows)
    whole = run_file(file, is_dry_run=True)

    class KilledError(Exception):
        pass

    answers = []

    def listen(batch):
        if len(answers) == after:
            raise KilledError
        answers.extend(batch)

    with pytest.raises(KilledError):
        running.run(running.prepare(file, at=AT), is_dry_run=False, listen=listen)
    assert Practitioner.objects.count() == sum(one.outcome == "created" for one in answers)
    refused = {answer.row for answer in answers if answer.outcome == "refused"}
    answers += run_file(file, after=after, refused_before=refused)
    assert answers == whole


@pytest.mark.parametrize("count", [2, 20])
def test_queries_do_not_grow_with_the_rows(count, django_assert_max_num_queries):
    file = file_of(
        *(
            {**ADA, "reference": f"P-{number}", "licenses": f"NY {number}", "hours": "Mon 9-12"}
            for number in range(count)
        )
    )
    with django_assert_max_num_queries(75):
        run_file(file)
