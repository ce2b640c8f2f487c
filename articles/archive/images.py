"""The image library: each picture's file and its facts, credit and rights among them."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage

from acutake.lib.pictures import MAX_BYTES, clean_file, is_clean
from acutake.lib.text import fold
from articles.archive.addresses import (
    ELSEWHERE,
    addresses_of,
    check_addresses,
    has_addresses,
    keep_addresses,
)
from articles.archive.columns import batches_of, check_constraints, columns_of, read_columns
from articles.archive.formats import (
    PICTURE_NAME,
    Answer,
    ArchiveError,
    Outcome,
    RecordError,
    check_fields,
    check_texts,
)
from articles.archive.running import Kind, Run, Survey
from articles.archive.words import GONE_NUMBER
from articles.images import fingerprint, renew_files, request_renditions
from articles.models import Image

FACTS = (
    *("title", "alt_text", "is_decorative", "long_description", "caption", "credit", "rights"),
    *("source", "focal_x_percent", "focal_y_percent"),
)
COLUMNS = (*FACTS, "key", "upload_sha256", "width_px", "height_px", "created_at")
FIELDS = {*COLUMNS, ELSEWHERE, "name", "sha256", "tags"}
BATCH = 500
PIECE = 2**20


def image_records() -> Iterator[dict]:
    """Every picture of the library; `sha256` is None where the file is gone from the disk.

    Raises ArchiveError where two rows have one file, since it is their name.
    """
    names = set()
    for batch in batches_of(Image.objects.prefetch_related("tags"), size=BATCH):
        addresses = addresses_of("image", [image.pk for image in batch])
        for image in batch:
            name = image.file.name
            if name in names:
                raise ArchiveError(f"Two images of the library have the file {name}.")
            names.add(name)
            yield {
                **columns_of(image, COLUMNS),
                **addresses[image.pk],
                "name": name,
                "sha256": _digest(image.file.storage, name),
                "tags": sorted(tag.name for tag in image.tags.all()),
            }


def image_files() -> Iterator[tuple[str, Iterable[bytes]]]:
    """The name of each file that is there, and its bytes in pieces."""
    storage = _storage()
    for name in Image.objects.order_by("pk").values_list("file", flat=True).iterator():
        if storage.exists(name):
            with storage.open(name) as file:
                yield name, file.chunks(PIECE)


def _check(record: dict, survey: Survey) -> None:
    check_fields(record, FIELDS)
    name = record["name"]
    longest = Image._meta.get_field("file").max_length
    if not isinstance(name, str) or not PICTURE_NAME.fullmatch(name) or len(name) > longest:
        raise RecordError(f"{str(name)[:200]!r} is no name for a picture's file")
    if name in survey.images:
        raise RecordError(f"{name} stands there twice")
    check_constraints(Image(**read_columns(Image, record, COLUMNS)))
    check_texts(record["tags"], "tags")
    check_addresses("image", record)
    if record["sha256"] is not None:
        content = survey.archive.read_file(name, limit=MAX_BYTES)
        if hashlib.sha256(content).hexdigest() != record["sha256"]:
            raise RecordError("its file is not the one that the record speaks of")
    survey.images.add(name)


def _restore(records: Sequence[dict], run: Run) -> Iterator[Answer]:
    for record in records:
        notes: list[str] = []
        content = None
        image = _find(record, record["sha256"], run)
        if image is None:
            content = _content(record, run.survey, notes)
            image = _find(record, fingerprint(content) if content else None, run)
        if image is None:
            outcome = Outcome.CREATED
            image = None if run.is_dry_run else _create(record, content, notes)
        elif _says(image, record):
            outcome = Outcome.SAME
        else:
            outcome = Outcome.UPDATED if run.may_update else Outcome.DIFFERENT
            if run.may_update and not run.is_dry_run:
                _set_facts(image, record, run)
                notes += keep_addresses("image", image, record)
        # In a dry run a number that no image has stands for the new one.
        run.images[record["name"]] = image.pk if image else GONE_NUMBER
        yield Answer("images", record["name"], outcome, tuple(notes))


def _content(record: dict, survey: Survey, notes: list[str]) -> ContentFile | None:
    """What is to be stored: the very bytes, or the picture alone where they hold more than that.

    None where there is no file, or one that an upload would be refused for.
    """
    if record["sha256"] is None:
        notes.append("its file was missing already where the archive was written")
        return None
    content = ContentFile(survey.archive.read_file(record["name"], limit=MAX_BYTES))
    try:
        if is_clean(content):
            content.seek(0)
            return content
        cleaned = clean_file(content, name=record["title"])
    except ValidationError as error:
        notes.append(f"its file is left out: {' '.join(error.messages)}")
        return None
    notes.append("its file held more than a picture and was cleaned")
    return cleaned


def _find(record: dict, digest: str | None, run: Run) -> Image | None:
    """The same picture in the library: under the same name, or from the same upload, where no other
    record of the archive means it."""
    candidates = list(Image.objects.filter(file=record["name"]).order_by("pk"))
    if digest and record["upload_sha256"]:
        uploads = Image.objects.filter(upload_sha256=record["upload_sha256"])
        candidates += [
            image
            for image in uploads.order_by("pk")
            if image.file.name not in run.survey.images and image.pk not in run.images.values()
        ]
    for image in candidates:
        if _digest(image.file.storage, image.file.name) == digest:
            return image
    return None


def _says(image: Image, record: dict) -> bool:
    tags = sorted(fold(tag.name) for tag in image.tags.all())
    return (
        columns_of(image, FACTS) == {name: record[name] for name in FACTS}
        and tags == sorted(map(fold, record["tags"]))
        and has_addresses(addresses_of("image", [image.pk])[image.pk], record)
    )


def _create(record: dict, content: ContentFile | None, notes: list[str]) -> Image:
    values = read_columns(Image, record, COLUMNS)
    created_at = values.pop("created_at")
    if Image.objects.filter(key=values["key"]).exists():
        values["key"] = None
    image = Image(**values)
    # A name alone: the file is stored as it is, where it was.
    image.file.name = _store(record["name"], content) if content else record["name"]
    if image.file.name != record["name"]:
        notes.append(f"its file is called {image.file.name} here")
    if content:
        image.width_px, image.height_px = image.file.width, image.file.height
    image.refresh_search_text()
    image.save()
    image.tags.set(record["tags"])
    Image.objects.filter(pk=image.pk).update(created_at=created_at)
    notes += keep_addresses("image", image, record)
    if content:
        request_renditions(image)
    return image


def _set_facts(image: Image, record: dict, run: Run) -> None:
    focal_point = image.focal_point()
    for name, value in read_columns(Image, record, FACTS).items():
        setattr(image, name, value)
    image.refresh_search_text()
    image.save()
    image.tags.set(record["tags"])
    if image.focal_point() != focal_point:
        renew_files(image, replaced=None, at=run.at)


def _store(name: str, content: ContentFile) -> str:
    """The name under which the file is now; another one where a different file has it.

    What an import that was killed has left of this file is taken up, or replaced.
    """
    storage = _storage()
    if storage.exists(name) and not Image.objects.filter(file=name).exists():
        with storage.open(name) as file:
            left, whole = file.read(), content.read()
        content.seek(0)
        if left == whole:
            return name
        if whole.startswith(left):
            storage.delete(name)
    return storage.save(name, content)


def _digest(storage: Storage, name: str) -> str | None:
    """None where there is no such file."""
    if not name or not storage.exists(name):
        return None
    with storage.open(name) as file:
        return fingerprint(file)


def _storage() -> Storage:
    return Image._meta.get_field("file").storage


IMAGES = Kind("images", _check, _restore)
