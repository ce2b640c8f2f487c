"""What becomes of a report."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import IntegrityError

from directory.models import Report
from directory.reports import (
    ADDRESS_KEPT,
    AlreadyClosedError,
    close,
    erase_old_addresses,
    reopen,
)
from tests.directory.factories import NOW, make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return User.objects.create_user("wren")


@pytest.mark.parametrize("status", ["resolved", "rejected"])
def test_closing_says_who_and_when_and_forgets_the_address(editor, status):
    report = make_report(reporter_email="bramble@example.org")
    close(report, status=status, note="Called them.", at=NOW, by=editor)
    report.refresh_from_db()
    assert (report.status, report.note, report.resolved_at, report.resolved_by) == (
        status,
        "Called them.",
        NOW,
        editor,
    )
    assert report.reporter_email == ""


def test_what_somebody_else_closed_meanwhile_stays_as_it_is(editor):
    report = make_report()
    stale = Report.objects.get()
    close(report, status="resolved", note="First.", at=NOW, by=editor)
    with pytest.raises(AlreadyClosedError) as caught:
        close(stale, status="rejected", note="Second.", at=NOW, by=editor)
    assert caught.value.report.note == "First."
    assert Report.objects.get().note == "First."


def test_reopened_it_waits_at_its_old_place(editor):
    report, created_at = make_report(), Report.objects.get().created_at
    close(report, status="rejected", note="A slip.", at=NOW, by=editor)
    reopen(report)
    report.refresh_from_db()
    assert (report.status, report.resolved_at, report.resolved_by, report.created_at) == (
        "open",
        None,
        None,
        created_at,
    )
    assert (list(Report.objects.open()), report.note) == ([report], "A slip.")
    with pytest.raises(AlreadyClosedError):
        reopen(report)


def test_both_rules_of_what_is_open_agree(editor):
    for status in Report.Status.values:
        report = make_report()
        if status != "open":
            close(report, status=status, note="", at=NOW, by=editor)
    assert [row.is_open() for row in Report.objects.order_by("pk")] == [True, False, False]
    assert Report.objects.open().count() == 1


def test_the_database_keeps_no_address_of_a_closed_report(editor):
    report = make_report()
    close(report, status="resolved", note="", at=NOW, by=editor)
    with pytest.raises(IntegrityError):
        Report.objects.update(reporter_email="bramble@example.org")


def test_old_addresses_are_erased_and_newer_ones_stay():
    old = make_report(
        created_at=NOW - ADDRESS_KEPT - timedelta(seconds=1), reporter_email="a@b.example"
    )
    young = make_report(created_at=NOW - ADDRESS_KEPT, reporter_email="c@d.example")
    make_report(created_at=NOW - 2 * ADDRESS_KEPT, reporter_email="")
    assert erase_old_addresses(at=NOW) == 1
    assert erase_old_addresses(at=NOW) == 0
    assert {row.pk: row.reporter_email for row in Report.objects.exclude(reporter_email="")} == {
        young.pk: "c@d.example"
    }
    assert Report.objects.get(pk=old.pk).is_open()


def test_the_command_says_how_many(capsys):
    make_report(created_at=datetime(2020, 1, 1, tzinfo=UTC), reporter_email="a@b.example")
    call_command("erase_report_addresses")
    call_command("erase_report_addresses")
    assert capsys.readouterr().out == (
        "Erased the e-mail address of 1 report.\nErased the e-mail address of 0 reports.\n"
    )
