"""Archives for tests: the one that is kept for ever, and others made from it."""

import hashlib
import json
import zipfile
from pathlib import Path

# As `tests.acutake.publication` was exported when the format got its first version.
FIRST_VERSION = Path(__file__).with_name("version-1.zip")


def contents(path):
    """What is in it, by name; how it is compressed may differ from one machine to the next."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(path, entries, *, is_sealed=True):
    """An archive of `entries`, whose manifest speaks of just these where it `is_sealed`."""
    if is_sealed:
        manifest = json.loads(entries["manifest.json"])
        for name, part in manifest["parts"].items():
            content = entries[f"{name}.jsonl"]
            part["bytes"], part["records"] = len(content), content.count(b"\n")
            part["sha256"] = hashlib.sha256(content).hexdigest()
        manifest["files"]["count"] = sum(name.startswith("files/") for name in entries)
        entries = {**entries, "manifest.json": json.dumps(manifest).encode()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def records(content):
    return [json.loads(line) for line in content.splitlines()]


def lines(some):
    return b"".join(json.dumps(record).encode() + b"\n" for record in some)


def with_record(entries, kind, number, fields):
    """The entries with other fields in one record."""
    changed = records(entries[f"{kind}.jsonl"])
    changed[number] = {**changed[number], **fields}
    return {**entries, f"{kind}.jsonl": lines(changed)}
