"""An editor imports a file with bad rows, and a patient finds the listing."""

import csv

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.benchmarks.listings import rows
from tests.journeys.conftest import manage
from tests.journeys.test_every_page import AXE_OPTIONS

pytestmark = pytest.mark.journey

ROWS, BAD = 2_000, 20
NAME = "Leopoldine Marrowbell"


@pytest.fixture
def listings(tmp_path):
    """Made-up rows, one in a hundred bad; the first one has a name that nobody else has."""
    path = tmp_path / "listings.csv"
    made = list(rows(ROWS))
    made[0] |= {"name": NAME, "city": "Brooklyn", "state": "NY", "postcode": "11201"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, made[0])
        writer.writeheader()
        writer.writerows(made)
    return path


def work(environment):
    """The task worker, until nothing waits."""
    manage("db_worker", "--queue-name", "*", "--no-reload", "--batch", env=environment)


def check_with_axe(page):
    found = Axe().run(page, options={**AXE_OPTIONS, "preload": False}).response["violations"]
    assert [(each["id"], each["nodes"][0]["target"]) for each in found] == []


def test_editor_checks_a_file_imports_it_and_finds_the_listing(editor, site_environment, listings):
    editor.goto("/admin/directory/practitioner/")
    editor.get_by_role("link", name="Import", exact=True).click()
    check_with_axe(editor)
    editor.get_by_label("CSV file").set_input_files(listings)
    editor.get_by_role("button", name="Check the file").click()
    expect(editor.get_by_role("status")).to_contain_text("Waiting for the task worker")
    check_with_axe(editor)

    work(site_environment)
    expect(editor.get_by_role("status")).to_contain_text("2,000 rows were checked.")
    outcomes = editor.get_by_role("navigation", name="Rows by outcome")
    outcomes.get_by_role("link", name=f"Refused {BAD}").click()
    table = editor.get_by_role("region", name="Report by row").get_by_role("row")
    expect(table).to_have_count(1 + BAD)
    check_with_axe(editor)
    expect(table.nth(1)).to_contain_text("“cheap” is no amount in whole dollars.")
    with editor.expect_download() as download:
        editor.get_by_role("link", name="Download the refused rows").click()
    with download.value.path().open(encoding="utf-8-sig", newline="") as file:
        refused = list(csv.DictReader(file))
    assert [len(refused), refused[0]["why"]] == [
        BAD,
        "first_visit_fee_usd: “cheap” is no amount in whole dollars.",
    ]
    editor.goto(f"/acupuncturists/?what={NAME}&where=11201")
    expect(editor.get_by_role("link", name=NAME)).to_have_count(0)

    editor.goto("/admin/directory/listingimport/")
    editor.get_by_role("link", name="listings.csv").click()
    editor.get_by_role("button", name="Import now").click()
    work(site_environment)
    expect(editor.get_by_role("status")).to_contain_text("Done: 2,000 rows.")
    editor.goto(f"/acupuncturists/?what={NAME}&where=11201")
    expect(editor.get_by_role("link", name=NAME).first).to_be_visible()
