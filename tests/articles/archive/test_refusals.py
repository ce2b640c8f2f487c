"""Archives that are damaged, of another kind or hostile: refused in words, and nothing written."""

import json
import warnings
import zipfile

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Author, Image
from tests.acutake.publication import make_directory
from tests.articles.archive.files import FIRST_VERSION, contents, with_record, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries():
    make_directory()
    return contents(FIRST_VERSION)


def refusal_of(path):
    with pytest.raises(CommandError) as refused:
        call_command("import_articles", path)
    assert not any(model.objects.exists() for model in (Article, Author, Image))
    return str(refused.value)


def changed_manifest(entries, **fields):
    manifest = {**json.loads(entries["manifest.json"]), **fields}
    return {**entries, "manifest.json": json.dumps(manifest).encode()}


def test_what_is_no_archive_is_refused(entries, tmp_path):
    text = tmp_path / "a.zip"
    text.write_text("<rss/>")
    cut = tmp_path / "cut.zip"
    cut.write_bytes(FIRST_VERSION.read_bytes()[:-100])

    assert refusal_of(text) == "The archive is damaged: File is not a zip file."
    assert refusal_of(cut) == "The archive is damaged: File is not a zip file."
    assert refusal_of(tmp_path) == "The file cannot be opened: Is a directory."
    assert refusal_of(tmp_path / "none") == "The file cannot be opened: No such file or directory."
    assert refusal_of(write(tmp_path / "b.zip", {"a.txt": b""}, is_sealed=False)) == (
        "It is no archive of this site: it has no manifest.json."
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"format": "other"}, "It is no archive of this site: manifest.json says so."),
        ({"version": 2}, "The archive is of a version that is not known here."),
        ({"parts": []}, "manifest.json cannot be read: its outline is wrong."),
        ({"parts": {"articles": 1}}, "manifest.json cannot be read: an object is expected."),
        ({"more": 1}, "manifest.json cannot be read: “more” is unknown."),
        ({"files": {"count": 3, "bytes": 1}}, "The manifest speaks of another number of pictures."),
    ],
)
def test_a_manifest_that_is_not_understood_is_refused(fields, words, entries, tmp_path):
    path = write(tmp_path / "a.zip", changed_manifest(entries, **fields), is_sealed=False)

    assert refusal_of(path) == words


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "articles.jsonl/x", "secrets.jsonl"]
)
def test_an_entry_that_does_not_belong_is_refused(name, entries, tmp_path):
    said = refusal_of(write(tmp_path / "a.zip", {**entries, name: b"x"}))

    assert said.endswith("does not belong into an archive.")


@pytest.mark.parametrize(
    "name", ["../../x.png", "images/../x.png", "/images/x.png", "images/x.html", "images/.png"]
)
def test_a_picture_stands_under_a_plain_name_alone(name, entries, tmp_path):
    picture = entries.pop("files/images/2026/02/calf.jpg")
    entries = with_record({**entries, f"files/{name}": picture}, "images", 0, {"name": name})

    said = refusal_of(write(tmp_path / "a.zip", entries))

    assert said == f"images.jsonl, line 1: {name!r} is no name for a picture's file."


def test_a_picture_without_a_record_and_a_record_without_its_picture(entries, tmp_path):
    alone = {**entries, "files/images/x.png": b"x"}
    bare = {name: entries[name] for name in entries if not name.endswith("calf.jpg")}

    assert refusal_of(write(tmp_path / "a.zip", alone)) == (
        "The picture images/x.png belongs to no record."
    )
    assert refusal_of(write(tmp_path / "b.zip", bare)) == (
        "images.jsonl, line 1: its file is missing."
    )


def test_what_was_changed_on_its_way_is_noticed(entries, tmp_path):
    other = {**entries, "authors.jsonl": entries["authors.jsonl"].replace(b"Ada", b"Eve")}
    longer = {**entries, "authors.jsonl": entries["authors.jsonl"] * 2}
    picture = {**entries, "files/images/2026/02/calf.jpg": b"x"}

    assert refusal_of(write(tmp_path / "a.zip", other, is_sealed=False)) == (
        "authors.jsonl is not what the manifest says: it is damaged."
    )
    assert refusal_of(write(tmp_path / "b.zip", longer, is_sealed=False)) == (
        "authors.jsonl, line 3: it is longer than the manifest says."
    )
    assert refusal_of(write(tmp_path / "c.zip", picture)) == (
        "images.jsonl, line 1: its file is not the one that the record speaks of."
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{", "it is no JSON: Expecting property name enclosed in double quotes: line 1"),
        (b"[]", "it is no object"),
        (b'"\xff"', "it is not UTF-8"),
        (b"[" * 100_000, "it is nested too deeply"),
        (b'{"name": NaN}', "NaN is no number"),
        (b'{"name": ' + b"9" * 5_000 + b"}", "it is no JSON: Exceeds the limit"),
        (rb'{"name": "\u0000"}', "it holds NUL or half a character"),
        (rb'{"name": "\ud800"}', "it holds NUL or half a character"),
        (b"{}", "“addresses_elsewhere” is missing"),
    ],
)
def test_a_broken_line_is_named(line, words, entries, tmp_path):
    broken = {**entries, "tags.jsonl": entries["tags.jsonl"] + line + b"\n"}

    said = refusal_of(write(tmp_path / "a.zip", broken))

    assert said.startswith(f"tags.jsonl, line 5: {words}")


@pytest.mark.parametrize(
    ("kind", "number", "fields", "words"),
    [
        ("articles", 0, {"number": {}}, "“number” is none"),
        ("tags", 1, {"number": 1}, "“number” is none, or is not higher than the one before it"),
        ("tags", 1, {"name": 7}, "“name”: str is expected"),
        ("tags", 1, {"more": 7}, "“more” is unknown"),
        ("authors", 1, {"slug": "a/b"}, "“slug”: Enter a valid “slug”"),
        ("authors", 1, {"slug": "ada"}, "“ada” stands there twice"),
        ("authors", 1, {"name": "x" * 121}, "“name”: Ensure this value has at most 120"),
        ("images", 1, {"focal_x_percent": None}, "Constraint “articles_image_focal_point_within”"),
        ("images", 1, {"created_at": "2026-01-01"}, "“created_at”: the moment has no offset"),
        ("images", 1, {"created_at": "0001-01-01T00:00:00+14:00"}, "“created_at”: no calendar"),
        ("articles", 0, {"number": 10**30}, "“number” is none"),
        ("articles", 0, {"number": True}, "“number” is none"),
        ("articles", 0, {"slug": "tags"}, "the address “tags” is reserved"),
        ("articles", 0, {"status": "live"}, "“status”: it is none of the choices"),
        ("articles", 0, {"comment_hold": "none"}, "“comment_hold”: it is none of the choices"),
        (
            *("articles", 0, {"comments_close_after_days": 10_000}),
            "“comments_close_after_days”: Ensure this value is less than or equal to 9999",
        ),
        ("articles", 0, {"published_at": None}, "Constraint “articles_article_published_has_date”"),
        ("articles", 0, {"old_addresses": "x"}, "“old_addresses” is no list of texts"),
        ("articles", 0, {"feature": -1}, "“position”: Ensure this value is greater"),
        ("articles", 0, {"words": {}}, "“body” is missing"),
        ("revisions", 0, {"article": "none"}, "the article 'none' is not in the archive"),
        ("revisions", 0, {"editor": ["x"]}, "the account"),
        ("comments", 0, {"parent": 4}, "no comment 4 on its article stands before it"),
        ("comments", 0, {"parent": {}}, "no comment {} on its article stands before it"),
        ("comments", 1, {"article": "other"}, "no comment 5 on its article stands before it"),
        ("comments", 1, {"article": None}, "the article '' is not in the archive"),
        ("comments", 0, {"status": "ham"}, "“status”: it is none of the choices"),
        ("comments", 0, {"actions": [{}]}, "“at” is missing"),
        ("comments", 0, {"website": "javascript:x"}, "“website”: Enter a valid URL"),
        ("comments", 0, {"screening": {}}, "“screening”: list is expected"),
        ("comments", 0, {"screening": ["trap"]}, "“screening” has a reason without a code"),
        ("comments", 0, {"screening": [{}]}, "“screening” has a reason without a code"),
        (
            *("comments", 0, {"withdrawn_at": "2026-03-15T12:00:00+00:00"}),
            "it is withdrawn and not removed",
        ),
        ("comments", 1, {"practitioner": "ada-brook"}, "it is an editor's and a practitioner's"),
    ],
)
def test_a_record_that_cannot_be_stored_is_named(kind, number, fields, words, entries, tmp_path):
    said = refusal_of(write(tmp_path / "a.zip", with_record(entries, kind, number, fields)))

    assert said.startswith(f"{kind}.jsonl, line {number + 1}: {words}")


def test_words_refer_to_what_is_in_the_archive(entries, tmp_path):
    body = entries["articles.jsonl"].replace(b"2026/02/ear.jpg", b"2026/02/eye.jpg")

    said = refusal_of(write(tmp_path / "a.zip", {**entries, "articles.jsonl": body}))

    assert said == (
        "articles.jsonl, line 1: the picture 'images/2026/02/eye.jpg' is not in the archive."
    )


def test_what_stands_twice_is_refused(entries, tmp_path):
    path = write(tmp_path / "a.zip", entries)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)

        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("tags.jsonl", b"")

    assert refusal_of(path) == "Something stands twice in the archive."
