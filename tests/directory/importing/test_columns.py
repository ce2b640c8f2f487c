from pathlib import Path

from directory.importing.columns import REQUIRED, Words

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "listings-csv.md"


def documented():
    """The columns of the table with whether they can be emptied."""
    found = {}
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        cells = line.split(" | ")
        if line.startswith("| `"):
            for name in cells[0].strip("| ").split(", "):
                found[name.strip("`")] = cells[-1].strip("| ") == "yes"
    return found


def test_every_column_is_documented_with_whether_it_can_be_emptied():
    columns = Words().columns.values()
    assert documented() == {column.name: column.cleared is not REQUIRED for column in columns}
