"""Reads an archive piece by piece, and trusts nothing in it."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from articles.archive.formats import (
    FILES,
    FORMAT,
    LONGEST_LINE,
    MANIFEST,
    VERSION,
    ArchiveError,
    RecordError,
    check_fields,
    record_of,
)

LONGEST_MANIFEST = 2**20
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
FACTS = {"format", "version", "parts", "files", "has_addresses"}


class Archive:
    """One whose outline is right: a manifest that is understood, and no entry that it does not
    account for. Nothing is taken out of the file under a name that stands in it."""

    def __init__(self, file: BinaryIO, *, kinds: Collection[str]):
        """`kinds` are the parts that can be read. Raises ArchiveError."""
        with _in_words():
            self.zip = zipfile.ZipFile(file)
        self.entries = {entry.filename: entry for entry in self.zip.infolist()}
        if len(self.entries) < len(self.zip.infolist()):
            raise ArchiveError("Something stands twice in the archive.")
        manifest = self._manifest()
        self.parts: dict[str, dict] = manifest["parts"]
        self.has_addresses: bool = manifest["has_addresses"]
        self._check_outline(kinds, manifest["files"])

    def records(self, kind: str) -> Iterator[tuple[int, dict]]:
        """Each record of a part with the number of its line; none for a part that is not there.

        Raises ArchiveError for a line that is no record, or when the part is not as long as the
        manifest says, or has other bytes.
        """
        if kind not in self.parts:
            return
        digest, number, size = hashlib.sha256(), 0, 0
        expected = self.parts[kind]
        with _in_words(), self.zip.open(f"{kind}.jsonl") as part:
            while line := part.readline(LONGEST_LINE + 1):
                number, size = number + 1, size + len(line)
                digest.update(line)
                if len(line) > LONGEST_LINE or size > expected["bytes"]:
                    raise at_line(kind, number, RecordError("it is longer than the manifest says"))
                try:
                    record = record_of(line)
                except RecordError as problem:
                    raise at_line(kind, number, problem) from problem
                yield number, record
        if expected != {"bytes": size, "records": number, "sha256": digest.hexdigest()}:
            raise ArchiveError(f"{kind}.jsonl is not what the manifest says: it is damaged.")

    def file_names(self) -> set[str]:
        """The names of the pictures."""
        return {name.removeprefix(FILES) for name in self.entries if name.startswith(FILES)}

    def read_file(self, name: str, *, limit: int) -> bytes:
        """Raises RecordError when it is not there, is damaged, or is larger than `limit` bytes."""
        entry = self.entries.get(f"{FILES}{name}")
        if entry is None:
            raise RecordError("its file is missing")
        try:
            with self.zip.open(entry) as file:
                content = file.read(limit + 1)
        except BROKEN as error:
            raise RecordError("its file is damaged") from error
        if len(content) > limit:
            raise RecordError("its file is too large")
        return content

    def _manifest(self) -> dict:
        if MANIFEST not in self.entries:
            raise ArchiveError("It is no archive of this site: it has no manifest.json.")
        with _in_words(), self.zip.open(MANIFEST) as file:
            text = file.read(LONGEST_MANIFEST + 1)
        try:
            manifest = json.loads(text.decode())
            if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
                raise ArchiveError("It is no archive of this site: manifest.json says so.")
            if manifest.get("version") != VERSION:
                raise ArchiveError("The archive is of a version that is not known here.")
            check_fields(manifest, FACTS)
            _check_manifest(manifest)
        except (ValueError, RecursionError) as error:
            raise ArchiveError(f"manifest.json cannot be read: {error}.") from error
        return manifest

    def _check_outline(self, kinds: Collection[str], files: dict) -> None:
        expected = {MANIFEST, *(f"{name}.jsonl" for name in self.parts)}
        if unknown := self.parts.keys() - set(kinds):
            raise ArchiveError(f"Nobody here can read {min(unknown)[:60]}.jsonl.")
        if missing := expected - self.entries.keys():
            raise ArchiveError(f"{min(missing)} is missing.")
        others = self.entries.keys() - expected
        if strange := {name for name in others if not name.startswith(FILES)}:
            raise ArchiveError(f"“{min(strange)[:200]}” does not belong into an archive.")
        if len(others) != files["count"]:
            raise ArchiveError("The manifest speaks of another number of pictures.")


@contextmanager
def open_archive(path: Path, *, kinds: Collection[str]) -> Iterator[Archive]:
    """Raises ArchiveError for a file that cannot be opened, too."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise ArchiveError(f"The file cannot be opened: {error.strerror}.") from error
    with file:
        yield Archive(file, kinds=kinds)


def at_line(kind: str, number: int, problem: RecordError) -> ArchiveError:
    """The error that says where the problem is."""
    return ArchiveError(f"{kind}.jsonl, line {number}: {problem}.")


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except BROKEN as error:
        raise ArchiveError(f"The archive is damaged: {error}.") from error


def _check_manifest(manifest: dict) -> None:
    if not isinstance(manifest["parts"], dict) or not isinstance(manifest["has_addresses"], bool):
        raise RecordError("its outline is wrong")
    check_fields(manifest["files"], {"count", "bytes"})
    for part in manifest["parts"].values():
        check_fields(part, {"bytes", "records", "sha256"})
        if not isinstance(part["bytes"], int):
            raise RecordError("a size is no number")
