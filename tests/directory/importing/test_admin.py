"""Imports and exports in the admin: who may, what the pages show, and what they refuse."""

import csv
import io

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from acutake.groups import sync_groups
from directory.importing.uploads import carry_out
from directory.models import ListingImport, Practitioner
from tests.directory.factories import make_office, make_practitioner
from tests.directory.importing.files import file_of

pytestmark = pytest.mark.django_db

ADD = "/admin/directory/listingimport/add/"
EXPORT = "/admin/directory/listingimport/export/"


def log_in(client, group):
    sync_groups()
    user = User.objects.create_user(group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return user


@pytest.fixture
def editor(client):
    log_in(client, "Directory editor")
    return client


def send(client, *rows):
    upload = SimpleUploadedFile("listings.csv", file_of(*rows).read())
    return client.post(ADD, {"file": upload}, follow=True)


def work():
    found = ListingImport.objects.get()
    carry_out.call(found.pk, found.run)
    return ListingImport.objects.get()


def url(name):
    return reverse(f"admin:directory_listingimport_{name}", args=[ListingImport.objects.get().pk])


def people(count):
    return [
        {"slug": f"p-{number}", "name": f"Person {number}", "email": "x@y" if number % 2 else ""}
        for number in range(count)
    ]


def test_the_report_is_paged_and_filtered_and_the_files_can_be_had(editor):
    assert send(editor, *people(120)).status_code == 200
    work()
    page = editor.get(url("change"), {"outcome": "refused", "page": "2"})
    assert [(name, count) for name, _label, count in page.context["tabs"]] == [
        ("", 120),
        ("created", 60),
        ("updated", 0),
        ("unchanged", 0),
        ("refused", 60),
    ]
    assert [line.row for line, _label in page.context["page"].object_list] == list(
        range(103, 122, 2)
    )
    whole = editor.get(url("change"), {"outcome": "nonsense", "page": "x"})
    assert [line.row for line, _label in whole.context["page"].object_list] == list(range(2, 52))
    refused = b"".join(editor.get(url("refused")).streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(refused)))
    assert (len(rows), rows[0]) == (
        60,
        {
            "slug": "p-1",
            "name": "Person 1",
            "email": "x@y",
            "why": "email: This is no e-mail address.",
        },
    )
    report = b"".join(editor.get(url("report")).streaming_content)
    assert (report.count(b"\r\n"), b"x@y" in report) == (121, False)


def test_import_now_imports_by_post_alone(editor):
    send(editor, *people(1))
    work()
    assert editor.get(url("start")).status_code == 405
    assert editor.post(url("start")).url == url("change")
    assert work().status == "imported"
    assert Practitioner.objects.get().name == "Person 0"
    assert editor.post(url("start"), follow=True).status_code == 200
    assert ListingImport.objects.get().status == "imported"


def test_discarding_goes_back_to_the_list(editor):
    send(editor, *people(1))
    assert editor.get(url("discard")).status_code == 405
    page = editor.post(url("discard"), follow=True)
    assert [str(message) for message in page.context["messages"]] == [
        "“listings.csv” was discarded. What it has imported stays."
    ]
    assert ListingImport.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The submitted file is empty."),
        (
            b"name\nA\n",
            "The file has no column reference or slug or npi; its first row must name it.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_at_once(editor, content, words):
    page = editor.post(ADD, {"file": SimpleUploadedFile("x.csv", content)})
    assert page.context["form"].errors == {"file": [words]}
    assert ListingImport.objects.count() == 0


def test_files_of_a_running_import_are_not_handed_out(editor):
    send(editor, *people(1))
    assert editor.get(url("report")).status_code == 404
    assert editor.get(url("refused")).status_code == 404


@pytest.mark.parametrize("group", ["Editor", "Moderator"])
def test_nobody_else_sees_any_of_it(client, group):
    log_in(client, "Directory editor")
    send(client, *people(1))
    work()
    log_in(client, group)
    paths = [ADD, EXPORT, reverse("admin:directory_listingimport_changelist")]
    paths += [url(name) for name in ("change", "report", "refused")]
    assert {client.get(path).status_code for path in paths} == {403}
    assert {client.post(url(name)).status_code for name in ("start", "go_on", "discard")} == {403}


def test_export_holds_whom_the_list_shows(editor):
    listed = make_practitioner(name="Ada Alder", office=make_office())
    make_practitioner(name="Bo Birch", listing="draft")
    for query, names in [
        ("", ["Ada Alder", "Bo Birch"]),
        ("?listing__exact=draft", ["Bo Birch"]),
        ("?q=alder", ["Ada Alder"]),
    ]:
        response = editor.get(EXPORT + query)
        text = b"".join(response.streaming_content).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert [row["name"] for row in rows] == names
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert rows[0]["office_id"] == str(listed.affiliations.get().office_id)


def test_export_of_a_filter_that_makes_no_sense_goes_back_to_the_list(editor):
    assert editor.get(EXPORT + "?nonsense__exact=1").url == "/admin/directory/practitioner/"


@pytest.mark.parametrize("count", [1, 100])
def test_the_page_takes_as_many_queries_for_one_row_as_for_a_hundred(
    editor, count, django_assert_num_queries
):
    send(editor, *people(count))
    work()
    with django_assert_num_queries(6):
        editor.get(url("change"))
