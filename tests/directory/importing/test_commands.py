import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from directory.models import Practitioner
from tests.directory.factories import make_office, make_practitioner
from tests.directory.importing.files import file_of

pytestmark = pytest.mark.django_db

ROWS = [
    {"slug": "ada", "name": "Ada Alder", "email": "ada@example.org", "Shoe size": "38"},
    {"slug": "bo", "name": "", "email": "-", "Shoe size": "39"},
    {"slug": "cleo", "name": "=Cleo", "email": "cleo at home", "Shoe size": "40"},
]


def call(*arguments, **options):
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def write(path, *rows):
    path.write_bytes(file_of(*rows).read())
    return path


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("is_dry_run", [True, False])
def test_command_reports_by_row_and_keeps_the_refused_ones(tmp_path, is_dry_run):
    file = write(tmp_path / "in.csv", *ROWS)
    report, refused = tmp_path / "report.csv", tmp_path / "refused.csv"

    said = call("import_listings", file, report=report, refused=refused, dry_run=is_dry_run)

    assert said.splitlines() == [
        "Read as UTF-8.",
        "Nothing is read from these columns: Shoe size.",
        "3 rows: 1 created, 0 updated, 0 unchanged, 2 refused.",
        *(["This was a dry run: nothing was written."] if is_dry_run else []),
    ]
    assert read(report) == [
        ["row", "outcome", "name", "changed", "notes"],
        ["2", "created", "Ada Alder", "", ""],
        ["3", "refused", "", "", "name: Somebody new needs a name."],
        ["4", "refused", "'=Cleo", "", "email: This is no e-mail address."],
    ]
    assert read(refused) == [
        ["slug", "name", "email", "Shoe size", "why"],
        ["bo", "", "-", "39", "name: Somebody new needs a name."],
        ["cleo", "'=Cleo", "cleo at home", "40", "email: This is no e-mail address."],
    ]
    assert Practitioner.objects.count() == (0 if is_dry_run else 1)


def test_refused_rows_are_corrected_and_imported_again(tmp_path):
    file, refused = write(tmp_path / "in.csv", *ROWS), tmp_path / "refused.csv"
    call("import_listings", file, refused=refused)
    text = refused.read_text("utf-8").replace("bo,,", "bo,Bo Birch,").replace(" at home", "@a.org")
    refused.write_text(text, "utf-8")

    said = call("import_listings", refused, refused=tmp_path / "more.csv")

    assert said.splitlines()[-1] == "2 rows: 2 created, 0 updated, 0 unchanged, 0 refused."
    assert list(Practitioner.objects.order_by("slug").values_list("name", "email")) == [
        ("Ada Alder", "ada@example.org"),
        ("Bo Birch", ""),
        ("=Cleo", "cleo@a.org"),
    ]


@pytest.mark.parametrize("content", [None, b"", b"name,city\nA,B\n"])
def test_command_refuses_what_is_no_file_with_listings(tmp_path, content):
    path = tmp_path / "in.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError):
        call("import_listings", path)


def test_export_is_the_same_to_a_file_and_to_the_output_and_comes_back_unchanged(tmp_path):
    make_practitioner(office=make_office())
    make_practitioner()
    out = tmp_path / "out.csv"
    call("export_listings", out=out)
    assert out.read_bytes().decode() == call("export_listings")
    said = call("import_listings", out, dry_run=True).splitlines()[1]
    assert said == "2 rows: 0 created, 0 updated, 2 unchanged, 0 refused."


@pytest.mark.parametrize("count", [1, 5])
def test_export_takes_as_many_queries_for_one_as_for_five(count, django_assert_num_queries):
    for _ in range(count):
        make_practitioner(office=make_office())
    with django_assert_num_queries(16):
        call("export_listings")
