"""Writes an archive piece by piece: the same content gives the same bytes."""

import hashlib
import json
import zipfile
from collections.abc import Iterable
from typing import BinaryIO

from articles.archive.formats import FILES, FORMAT, MANIFEST, VERSION, line_of

# The earliest that the format knows: a moment of writing would make every archive another one.
NO_MOMENT = (1980, 1, 1, 0, 0, 0)
OWNER_ONLY = 0o600 << 16


class ArchiveWriter:
    """Fills `file`; `finish` makes it an archive."""

    def __init__(self, file: BinaryIO):
        self.zip = zipfile.ZipFile(file, "w")
        self.parts: dict[str, dict] = {}
        self.files = {"count": 0, "bytes": 0}

    def add_part(self, name: str, records: Iterable[dict]) -> None:
        """A line of JSON for each record; one is in memory at a time."""
        digest, count, size = hashlib.sha256(), 0, 0
        with self._open(f"{name}.jsonl", zipfile.ZIP_DEFLATED) as part:
            for record in records:
                line = line_of(record)
                part.write(line)
                digest.update(line)
                count += 1
                size += len(line)
        self.parts[name] = {"bytes": size, "records": count, "sha256": digest.hexdigest()}

    def add_file(self, name: str, chunks: Iterable[bytes]) -> None:
        """A picture as it is: it is compressed already."""
        with self._open(f"{FILES}{name}", zipfile.ZIP_STORED) as entry:
            for chunk in chunks:
                entry.write(chunk)
                self.files["bytes"] += len(chunk)
        self.files["count"] += 1

    def finish(self, **facts) -> None:
        """Write the manifest, which says what else there is."""
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "parts": self.parts,
            "files": self.files,
            **facts,
        }
        with self._open(MANIFEST, zipfile.ZIP_DEFLATED) as entry:
            entry.write(json.dumps(manifest, indent=2, sort_keys=True).encode() + b"\n")
        self.zip.close()

    def _open(self, name: str, method: int):
        entry = zipfile.ZipInfo(name, NO_MOMENT)
        entry.compress_type = method
        entry.external_attr = OWNER_ONLY
        # Unix, wherever it is written.
        entry.create_system = 3
        return self.zip.open(entry, "w", force_zip64=True)
