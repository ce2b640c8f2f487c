"""What an archive consists of, and what its reader answers. Pure."""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

FORMAT = "acutake-archive"
VERSION = 1
MANIFEST = "manifest.json"
# Where the pictures are, under the names that they have among the site's media.
FILES = "files/"
LONGEST_LINE = 32 * 2**20
PICTURE_NAME = re.compile(r"images/(?:\w[\w-]*/)*\w[\w-]*\.(?:jpg|jpeg|png|webp|avif)", re.ASCII)


class ArchiveError(Exception):
    """Why a file cannot be taken as an archive, in words for whoever chose it."""


class RecordError(ValueError):
    """What is wrong with one record, in words."""


class Outcome(StrEnum):
    """What became of a record, or would become of it."""

    CREATED = "created"
    UPDATED = "updated"
    SAME = "same"
    DIFFERENT = "different"
    REFUSED = "refused"


@dataclass(frozen=True)
class Answer:
    """For one record: its kind, what it is called, and what there is to say."""

    kind: str
    name: str
    outcome: Outcome
    notes: tuple[str, ...] = ()


def line_of(record: dict) -> bytes:
    """The same bytes for the same record."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


def record_of(line: bytes) -> dict:
    """Raises RecordError for what is no object of JSON, or holds what no database takes."""
    try:
        record = json.loads(line.decode().rstrip(), parse_constant=_no_number)
        if b"\\u" in line and not all(map(_is_text, _texts(record))):
            raise RecordError("it holds NUL or half a character")
    except RecursionError as error:
        raise RecordError("it is nested too deeply") from error
    except UnicodeDecodeError as error:
        raise RecordError("it is not UTF-8") from error
    except RecordError:
        raise
    except ValueError as error:
        raise RecordError(f"it is no JSON: {error}") from error
    if not isinstance(record, dict):
        raise RecordError("it is no object")
    if b"\0" in line:
        raise RecordError("it holds NUL or half a character")
    return record


def check_fields(record: object, expected: set[str], *, optional: frozenset = frozenset()) -> None:
    """Raise RecordError unless it is an object with just these fields."""
    if not isinstance(record, dict):
        raise RecordError("an object is expected")
    if missing := sorted(expected - record.keys()):
        raise RecordError(f"“{missing[0]}” is missing")
    if unknown := sorted(record.keys() - expected - optional):
        raise RecordError(f"“{unknown[0][:60]}” is unknown")


def check_texts(values: object, field: str) -> list[str]:
    """Raise RecordError unless they are a list of different texts that are not empty."""
    if not isinstance(values, list) or not all(isinstance(text, str) and text for text in values):
        raise RecordError(f"“{field}” is no list of texts")
    if len(set(values)) < len(values):
        raise RecordError(f"“{field}” says something twice")
    return values


def check_known(what: str, name: object, known: Collection) -> None:
    """Raise RecordError where a record refers to what is not in the archive; None is nothing."""
    if name is not None and not (isinstance(name, str) and name in known):
        raise RecordError(f"the {what} {str(name)[:200]!r} is not in the archive")


def _no_number(name: str) -> float:
    raise RecordError(f"{name} is no number")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _is_text(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
