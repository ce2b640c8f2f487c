"""The pictures of an export, from a copy of wp-content/uploads into the library."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from acutake.lib.pictures import clean_file
from articles.images import add_image, find_upload, fingerprint, title_from
from articles.models import Image, ImportedItem
from articles.old_addresses import write
from articles.wordpress.answers import Answer, Outcome
from articles.wordpress.convert import plain
from articles.wordpress.job import Job, keep_addresses
from articles.wordpress.pictures import OldPicture
from articles.wordpress.planning import digest_of

KIND = ImportedItem.Kind.PICTURE
LIMITS = {"title": 120, "alt_text": 400, "credit": 160, "rights": 160}


def load_pictures(job: Job) -> None:
    """Those that the library has by now, by path."""
    for path, row in job.imported(KIND).items():
        if row.image_id:
            job.pictures[path] = row.image_id


def bring_pictures(job: Job, batch: list[OldPicture]) -> list[Answer]:
    """Add them, or renew what is said of those that nobody has changed here."""
    known = job.imported(KIND, [picture.path for picture in batch])
    images = Image.objects.in_bulk([row.image_id for row in known.values() if row.image_id])
    answers = [_bring(job, picture, known.get(picture.path), images) for picture in batch]
    _keep_addresses(job, batch)
    return answers


def _keep_addresses(job: Job, batch: list[OldPicture]) -> None:
    """Of the files; one that was uploaded twice has two."""
    written = {
        write(picture.url): job.pictures[picture.path]
        for picture in batch
        if job.pictures.get(picture.path)
    }
    keep_addresses(job, {path: {"image_id": key} for path, key in written.items() if path})


def _bring(job: Job, picture: OldPicture, row: ImportedItem | None, images: dict) -> Answer:
    facts, notes = _facts(picture)
    if row is None:
        return _add(job, picture, facts, notes)
    if row.image_id is None:
        return _answer(picture, Outcome.SKIPPED, [_("Somebody has deleted this picture here.")])
    job.pictures[picture.path] = row.image_id
    digests = _digests(facts)
    changed = [name for name, digest in digests.items() if row.digests.get(name) != digest]
    if not changed:
        return _answer(picture, Outcome.UNCHANGED, notes)
    image = images[row.image_id]
    if _left(image) != row.left:
        told = _("An editor has changed it here; the export has another: %s.") % ", ".join(changed)
        return _answer(picture, Outcome.SKIPPED, [told])
    if not job.is_dry_run:
        for name in changed:
            setattr(image, name, facts[name])
        image.refresh_search_text()
        image.save(update_fields=[*changed, "search_text"])
        row.digests, row.left = digests, _left(image)
        row.save(update_fields=["digests", "left"])
    return _answer(picture, Outcome.UPDATED, notes, changed)


def _add(job: Job, picture: OldPicture, facts: dict, notes: list[str]) -> Answer:
    path = _file_of(job, picture)
    if path is None:
        reason = _("There is no such file among the uploads.") if job.media else _(
            "No folder with the uploads was given."
        )  # fmt: skip
        return _answer(picture, Outcome.SKIPPED, [reason])
    with path.open("rb") as opened:
        file = File(opened, name=path.name)
        same = find_upload(fingerprint(file))
        if same is not None:
            return _known(job, picture, facts, same)
        try:
            image = _keep(job, picture, file, facts)
        except ValidationError as error:
            return _answer(picture, Outcome.SKIPPED, list(error.messages))
    job.pictures[picture.path] = image.pk if image else 0
    return _answer(picture, Outcome.CREATED, notes)


def _keep(job: Job, picture: OldPicture, file: File, facts: dict) -> Image | None:
    """The new image; None in a dry run, which looks at the file all the same."""
    if job.is_dry_run:
        clean_file(file, name=facts["title"])
        return None
    image = add_image(file, **facts)
    _remember(job, picture, facts, image)
    return image


def _known(job: Job, picture: OldPicture, facts: dict, image: Image) -> Answer:
    job.pictures[picture.path] = image.pk
    if not job.is_dry_run:
        _remember(job, picture, facts, image)
    note = _("The library has this file already, as “%s”.") % image.title
    return _answer(picture, Outcome.UNCHANGED, [note])


def _remember(job: Job, picture: OldPicture, facts: dict, image: Image) -> None:
    row = job.remember(KIND, picture.path, image=image, digests=_digests(facts), left=_left(image))
    row.save()


def _file_of(job: Job, picture: OldPicture) -> Path | None:
    """The file below the folder, whatever a path of the export tries to name."""
    if job.media is None or "\0" in picture.path or len(picture.path) > 300:
        return None
    folder = job.media.resolve()
    path = (folder / picture.path).resolve()
    return path if path.is_relative_to(folder) and path.is_file() else None


def _facts(picture: OldPicture) -> tuple[dict[str, str], list[str]]:
    """What the library is told of it, and what there was no room for."""
    facts = {
        "title": plain(picture.title) or title_from(picture.path),
        "alt_text": plain(picture.alt_text),
        "caption": plain(picture.caption),
        "credit": plain(picture.credit),
        "rights": plain(picture.rights),
        "long_description": plain(picture.description),
    }
    notes = [
        _("Cut, since it is too long: %s.") % facts[name]
        for name, limit in LIMITS.items()
        if len(facts[name]) > limit
    ]
    if not facts["credit"]:
        notes.append(_("It names no credit."))
    if not facts["alt_text"]:
        notes.append(_("It has no alternative text."))
    return {name: text[: LIMITS.get(name)] for name, text in facts.items()}, notes


def _digests(facts: dict[str, str]) -> dict[str, str]:
    return {name: digest_of(text) for name, text in facts.items()}


def _left(image: Image) -> str:
    names = ("title", "alt_text", "caption", "credit", "rights", "long_description")
    return digest_of([getattr(image, name) for name in names])


def _answer(picture: OldPicture, outcome: Outcome, notes: list[str], changed=()) -> Answer:
    name = plain(picture.title) or picture.path
    key = picture.id or picture.path
    return Answer(picture.line, "picture", key, name, outcome, tuple(changed), tuple(notes))
