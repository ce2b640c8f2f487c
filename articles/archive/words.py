"""An article's words with the names of what they refer to, where the tables have numbers.

Numbers hold on one site; a name (the slug of an author, the file of a picture) means the same on
every site that the archive comes to.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping

from django.db.models import QuerySet

from acutake.lib.text import fold
from articles.archive.columns import columns_of, read_columns
from articles.archive.formats import RecordError, check_fields, check_known, check_texts
from articles.html import DATA_TARGETS, image_keys, rewrite_attributes, sanitize
from articles.models import Article, Author, Byline, Image
from articles.models.versions import SNAPSHOT_COLUMNS, SNAPSHOT_FIELDS
from articles.snapshots import BYLINE_COLUMNS
from articles.targets import targets_in
from directory.models import Practitioner, Specialty

# By kind: the name of each number, and what finds the number of a name, or None.
Names = Mapping[str, Mapping[int, str]]
Numbers = Mapping[str, Callable[[str | None], int | None]]

REFERENCES = {"lead_image": "image", "reviewed_by": "author"}
PLAIN_COLUMNS = tuple(name for name in SNAPSHOT_COLUMNS if name not in REFERENCES)
IN_BODY = {"data-image", *DATA_TARGETS}
# What a link or a figure leads to that is gone: a name that nothing has, and a number.
GONE_NAME, GONE_NUMBER = "?", 999_999_999


def names_in(snapshots: Collection[dict]) -> Names:
    """The names of everything that the snapshots refer to and that is still there; at most five
    queries."""
    numbers = defaultdict(set)
    for snapshot in snapshots:
        body = sanitize(snapshot.get("body", ""))
        numbers["image"].update([snapshot.get("lead_image"), *image_keys(body)])
        numbers["author"].update(byline["author"] for byline in snapshot.get("bylines", []))
        numbers["author"].add(snapshot.get("reviewed_by"))
        numbers["specialty"].update(snapshot.get("specialties", []))
        for kind, number in targets_in(body):
            numbers[kind].add(number)
    found = {}
    for kind, (rows, column) in _rows().items():
        wanted = numbers[kind] - {None}
        rows = rows.filter(pk__in=wanted).values_list("pk", column) if wanted else ()
        found[kind] = dict(rows)
    return found


def with_names(snapshot: dict, names: Names) -> dict:
    """A snapshot as an archive has it; what is gone from the site is left out."""
    words = {name: value for name, value in snapshot.items() if name in SNAPSHOT_FIELDS}
    for column, kind in REFERENCES.items():
        if column in words:
            words[column] = names[kind].get(words[column])
    if "body" in words:
        words["body"] = _body_with_names(words["body"], names)
    if "bylines" in words:
        words["bylines"] = [
            {**byline, "author": names["author"][byline["author"]]}
            for byline in words["bylines"]
            if byline["author"] in names["author"]
        ]
    if "tags" in words:
        words["tags"] = sorted(words["tags"])
    if "specialties" in words:
        known = names["specialty"]
        words["specialties"] = sorted(known[key] for key in words["specialties"] if key in known)
    return words


def check_words(words: object, *, images: Collection[str], authors: Collection[str]) -> None:
    """Raise RecordError unless it is words whose pictures and authors are in the archive."""
    check_fields(words, set(), optional=frozenset(SNAPSHOT_FIELDS))
    read_columns(Article, words, [name for name in PLAIN_COLUMNS if name in words])
    check_known("author", words.get("reviewed_by"), authors)
    people = []
    for byline in _bylines(words):
        check_fields(byline, {"author"}, optional=frozenset(BYLINE_COLUMNS))
        read_columns(Byline, byline, [name for name in BYLINE_COLUMNS if name in byline])
        check_known("author", byline["author"], authors)
        people.append(byline["author"])
    check_texts(people, "bylines")
    check_known("picture", words.get("lead_image"), images)
    for name in _named_in(words.get("body", ""), "data-image") - {GONE_NAME}:
        check_known("picture", name, images)
    for field in ("tags", "specialties"):
        if field in words:
            check_texts(words[field], field)
    if any(len(tag) > 100 for tag in words.get("tags", [])):
        raise RecordError("a tag has more than 100 characters")


def with_numbers(words: dict, numbers: Numbers) -> tuple[dict, list[str]]:
    """A snapshot of this site, and notes of what the words refer to and is not here.

    What is not here is left out; a link to it stays as words.
    """
    notes: list[str] = []
    row = read_columns(Article, words, [name for name in PLAIN_COLUMNS if name in words])
    snapshot = {**words, **columns_of(Article(**row), row)}
    for column, kind in REFERENCES.items():
        if column in words:
            snapshot[column] = numbers[kind](words[column])
    if "body" in words:
        snapshot["body"] = _body_with_numbers(words["body"], numbers, notes)
    if "bylines" in words:
        snapshot["bylines"] = [
            {**byline, "author": numbers["author"](byline["author"])} for byline in words["bylines"]
        ]
    if "specialties" in words:
        found = {name: numbers["specialty"](name) for name in words["specialties"]}
        snapshot["specialties"] = sorted(key for key in found.values() if key)
        notes += [f"the specialty “{name}” is not here" for name in found if not found[name]]
    return snapshot, notes


def plain(snapshot: dict) -> dict:
    """A snapshot such that two are equal when they say the same."""
    same = dict(snapshot)
    if "body" in same:
        same["body"] = sanitize(same["body"])
    if "tags" in same:
        same["tags"] = sorted(map(fold, same["tags"]))
    if "specialties" in same:
        same["specialties"] = sorted(same["specialties"])
    return same


def number_of(kind: str, name: str | None) -> int | None:
    """Of the row of this site that has the name; a query where there is a name."""
    rows, column = _rows()[kind]
    return rows.filter(**{column: name}).values_list("pk", flat=True).first() if name else None


def _rows() -> dict[str, tuple[QuerySet, str]]:
    return {
        "image": (Image.objects.all(), "file"),
        "author": (Author.objects.all(), "slug"),
        "specialty": (Specialty.objects.all(), "slug"),
        "article": (Article.objects.filter(next_of=None), "slug"),
        "practitioner": (Practitioner.objects.all(), "slug"),
    }


def _bylines(words: dict) -> list:
    bylines = words.get("bylines", [])
    if not isinstance(bylines, list):
        raise RecordError("“bylines” is no list")
    return bylines


def _body_with_names(body: str, names: Names) -> str:
    def name(tag, attribute, value):
        if attribute not in IN_BODY:
            return value
        return names[attribute.removeprefix("data-")].get(int(value), GONE_NAME)

    return rewrite_attributes(sanitize(body), name)


def _body_with_numbers(body: str, numbers: Numbers, notes: list[str]) -> str:
    def number(tag, attribute, value):
        if attribute not in IN_BODY:
            return value
        kind = attribute.removeprefix("data-")
        found = numbers[kind](value)
        if found is None and value != GONE_NAME:
            notes.append(f"a link leads to the {kind} “{value[:100]}”, which is not here")
        return str(found or GONE_NUMBER)

    if rewrite_attributes(body, lambda tag, attribute, value: value) != body:
        notes.append("its body was brought into the form that bodies have here")
    return sanitize(rewrite_attributes(body, number))


def _named_in(body: str, wanted: str) -> set[str]:
    found = set()

    def collect(tag, attribute, value):
        if attribute == wanted:
            found.add(value)
        return value

    rewrite_attributes(body, collect)
    return found
