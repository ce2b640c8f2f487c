"""The queue in which editors look into what readers report."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from directory import reports
from directory.models import Report
from tests.directory.factories import (
    NOW,
    make_affiliation,
    make_office,
    make_practitioner,
    make_report,
)

pytestmark = pytest.mark.django_db

LIST = reverse("admin:directory_report_changelist")


def make_editor(*, may=("view_report", "change_report"), **fields):
    editor = User.objects.create_user(**{"username": "wren", "is_staff": True, **fields})
    editor.user_permissions.set(Permission.objects.filter(codename__in=may))
    return editor


@pytest.fixture
def editor():
    return make_editor(first_name="Wren", last_name="Hollowmere")


@pytest.fixture
def admin_client(client, editor):
    client.force_login(editor)
    return client


def url_of(report):
    return reverse("admin:directory_report_change", args=[report.pk])


def act(client, report, action, **values):
    return client.post(url_of(report), {"note": "Called them.", action: "1", **values}, follow=True)


def statuses():
    return dict(Report.objects.values_list("pk", "status"))


def page_of(response):
    return " ".join(response.content.decode().split())


def test_what_is_open_stands_first_and_oldest_first(admin_client, editor):
    closed, second, first = make_report(), make_report(), make_report(created_at=NOW)
    reports.close(closed, status="resolved", note="", at=NOW, by=editor)
    listed = admin_client.get(LIST).context["cl"].result_list
    assert [row.pk for row in listed] == [first.pk, second.pk, closed.pk]


def test_the_list_says_how_many_wait_on_the_same_listing_and_leads_to_them(admin_client, editor):
    practitioner = make_practitioner()
    made = [make_report(practitioner=practitioner) for _ in range(3)]
    reports.close(made[0], status="rejected", note="", at=NOW, by=editor)
    make_report()
    page = page_of(admin_client.get(LIST))
    link = f'<a href="{LIST}?practitioner__id__exact={practitioner.pk}">2 reports</a>'
    assert page.count(link) == 3
    narrowed = admin_client.get(f"{LIST}?practitioner__id__exact={practitioner.pk}")
    assert {row.pk for row in narrowed.context["cl"].result_list} == {row.pk for row in made}


def test_the_address_of_the_sender_is_on_the_report_and_not_in_the_list(admin_client):
    report = make_report(reporter_email="bramble@example.org")
    assert "bramble@example.org" not in page_of(admin_client.get(LIST))
    assert "bramble@example.org" in page_of(admin_client.get(url_of(report)))


def test_who_may_only_look_does_not_see_the_address(client):
    client.force_login(make_editor(may=["view_report"]))
    report = make_report(reporter_email="bramble@example.org")
    response = client.get(url_of(report))
    assert response.status_code == 200
    assert "bramble@example.org" not in page_of(response)
    assert act(client, report, "_resolve").status_code == 403


def test_a_report_stands_beside_the_facts_and_leads_to_the_listing(admin_client):
    practitioner = make_practitioner(name="Ada Nearby")
    affiliation = make_affiliation(
        practitioner, make_office(name="Loom House"), phone="(718) 555-0199"
    )
    other = make_report(practitioner=practitioner, subjects=["gone"])
    page = page_of(admin_client.get(url_of(make_report(practitioner=practitioner))))
    for words in ("Ada Nearby", "Loom House", "(718) 555-0199", "Has moved or retired"):
        assert words in page
    for name, pk in (
        ("practitioner", practitioner.pk),
        ("affiliation", affiliation.pk),
        ("report", other.pk),
    ):
        assert f'href="{reverse(f"admin:directory_{name}_change", args=[pk])}"' in page


@pytest.mark.parametrize(
    ("action", "status"), [("_resolve", "resolved"), ("_reject", "rejected"), ("_save", "open")]
)
def test_a_button_closes_with_a_note_and_saving_keeps_it(admin_client, editor, action, status):
    report, other = make_report(reporter_email="bramble@example.org"), make_report()
    act(admin_client, report, action)
    report.refresh_from_db()
    assert statuses() == {report.pk: status, other.pk: "open"}
    assert report.note == "Called them."
    assert report.resolved_by == (None if action == "_save" else editor)
    assert bool(report.reporter_email) == (action == "_save")


def test_others_on_the_same_listing_can_be_closed_with_it(admin_client):
    practitioner = make_practitioner()
    first, second = (make_report(practitioner=practitioner) for _ in range(2))
    elsewhere = make_report()
    response = act(admin_client, first, "_resolve", with_others="on")
    assert statuses() == {first.pk: "resolved", second.pk: "resolved", elsewhere.pk: "open"}
    first_message, *_rest = response.context["messages"]
    assert str(first_message) == "2 reports were closed."
    assert {row.note for row in Report.objects.exclude(pk=elsewhere.pk)} == {"Called them."}


def test_others_stay_open_unless_asked(admin_client):
    practitioner = make_practitioner()
    first, second = (make_report(practitioner=practitioner) for _ in range(2))
    assert "with_others" in page_of(admin_client.get(url_of(first)))
    act(admin_client, first, "_resolve")
    assert statuses() == {first.pk: "resolved", second.pk: "open"}
    assert "with_others" not in page_of(admin_client.get(url_of(second)))


@pytest.mark.parametrize("action", ["_resolve", "_reject"])
def test_what_somebody_else_closed_is_said_and_the_note_is_not_lost(admin_client, action):
    report = make_report()
    tobias = make_editor(username="tobias")
    reports.close(report, status="rejected", note="It rings.", at=NOW, by=tobias)
    response = act(admin_client, report, action, note="My own words.")
    page = page_of(response)
    assert "tobias has closed this report as “Rejected”. Their note: “It rings.”" in page
    assert "My own words." in page
    assert (Report.objects.get().note, Report.objects.get().resolved_by) == ("It rings.", tobias)


def test_a_closed_one_can_be_opened_again(admin_client, editor):
    report = make_report()
    reports.close(report, status="rejected", note="A slip.", at=NOW, by=editor)
    act(admin_client, report, "_reopen", note="Looked again.")
    report.refresh_from_db()
    assert (report.status, report.note, report.resolved_at) == ("open", "Looked again.", None)
    response = act(admin_client, report, "_reopen")
    assert "this report is open again" in page_of(response)


def test_nobody_adds_or_deletes_one(admin_client):
    report = make_report()
    assert admin_client.get(reverse("admin:directory_report_add")).status_code == 403
    deletion = reverse("admin:directory_report_delete", args=[report.pk])
    assert admin_client.post(deletion, {"post": "yes"}).status_code == 403
    assert statuses() == {report.pk: "open"}


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_takes_the_same_queries_for_any_number(
    admin_client, count, django_assert_num_queries
):
    for _ in range(count):
        make_report()
    admin_client.get(LIST)
    with django_assert_num_queries(6):
        admin_client.get(LIST)


@pytest.mark.parametrize("count", [1, 5])
def test_a_report_takes_the_same_queries_for_any_number_of_offices_and_reports(
    admin_client, count, django_assert_max_num_queries
):
    practitioner = make_practitioner()
    for _ in range(count):
        make_affiliation(practitioner, make_office())
        report = make_report(practitioner=practitioner)
    with django_assert_max_num_queries(16):
        admin_client.get(url_of(report))


def test_times_are_shown_to_editors(admin_client):
    report = make_report(created_at=NOW - timedelta(days=3))
    assert "March 12, 2026" in page_of(admin_client.get(url_of(report)))
