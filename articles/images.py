"""How a picture comes into the image library, changes there, and leaves it."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files import File
from django.db import transaction
from django.db.models import ProtectedError

from acutake.lib.pictures import clean_file
from articles.models import Image, ImageUse, Rendition
from articles.renditions import forget
from articles.tasks import delete_files, make_image_renditions
from articles.usage import drafts_showing

# Pages that a browser or a cache keeps still ask for the old files.
FILES_OUTLIVE_THEIR_ROWS = timedelta(minutes=10)
CUT_SHAPES = (Rendition.Shape.TEASER, Rendition.Shape.CARD)


@dataclass(frozen=True)
class Upload:
    """What became of an uploaded file: a new image, or the one that it was already."""

    image: Image
    is_new: bool


@transaction.atomic
def add_image(
    file: File,
    *,
    title: str,
    alt_text: str = "",
    credit: str = "",
    caption: str = "",
    rights: str = "",
    source: str = "",
    long_description: str = "",
    is_decorative: bool = False,
    key: str | None = None,
) -> Image:
    """Put a verified, cleaned copy of `file` into the library and ask for its smaller files.

    Raises ValidationError with the reason for a file that is no picture, or for facts that do not
    fit. A text and a credit may come later.
    """
    image = Image(
        title=title,
        key=key,
        alt_text=alt_text,
        is_decorative=is_decorative,
        long_description=long_description,
        caption=caption,
        credit=credit,
        rights=rights,
        source=source,
        upload_sha256=fingerprint(file),
    )
    image.file = clean_file(file, name=title)
    image.full_clean()
    image.refresh_search_text()
    image.save()
    request_renditions(image)
    return image


def upload_image(file: File, *, tags: Collection[str] = (), **facts: str) -> Upload:
    """Like `add_image`, but a file that is in the library already is not added again.

    The title is made from the file's name.
    """
    known = find_upload(fingerprint(file))
    if known is not None:
        return Upload(known, is_new=False)
    with transaction.atomic():
        image = add_image(file, title=title_from(file.name or ""), **facts)
        image.tags.add(*tags)
    return Upload(image, is_new=True)


def find_upload(sha256: str) -> Image | None:
    """The image that came from a file with this fingerprint."""
    return Image.objects.filter(upload_sha256=sha256).order_by("pk").first()


def fingerprint(file: File) -> str:
    """The SHA-256 of the whole file, in hexadecimal; read piece by piece."""
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def title_from(name: str) -> str:
    """Words for editors from the name of a file: `IMG_calf-2.jpg` is "IMG calf 2"."""
    last = name.rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    words = "".join(letter if letter.isalnum() else " " for letter in stem).split()
    title = " ".join(words)[:120].strip() or "Picture"
    return title[0].upper() + title[1:]


@transaction.atomic
def renew_files(image: Image, *, replaced: str | None, at: datetime) -> None:
    """After a change of the file (`replaced` is the name of the old one) or of the focal point:
    have the smaller files made anew, and what is no longer shown deleted."""
    stale = image.renditions.all()
    if replaced is None:
        stale = stale.filter(shape__in=CUT_SHAPES)
    discard([*forget(stale), *([replaced] if replaced else [])], at=at)
    request_renditions(image)


@transaction.atomic
def remove_images(images: Collection[Image], *, at: datetime) -> None:
    """Take images and all of their files out of the library.

    Raises ProtectedError, and removes none, when an article, or words not yet saved, show one.
    """
    keys = [image.pk for image in images]
    locked = Image.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    names = [image.file.name for image in locked]
    uses = {*ImageUse.objects.filter(image__in=keys), *drafts_showing(images)}
    if uses:
        raise ProtectedError("Articles show some of these images.", uses)
    names += Rendition.objects.filter(image__in=keys).values_list("file", flat=True)
    locked.delete()
    discard(names, at=at)


def request_renditions(image: Image) -> None:
    """Queue the making of the smaller files that the image lacks.

    The queue is a table, so that the request is committed, or not, together with the image.
    """
    Image.objects.filter(pk=image.pk).update(renditions_made_at=None)
    make_image_renditions.enqueue(image.pk)


def discard(names: Collection[str], *, at: datetime) -> None:
    """Have a worker delete the files when the transaction is committed and no page shows them."""
    if names:
        delete_files.using(run_after=at + FILES_OUTLIVE_THEIR_ROWS).enqueue(sorted(names))
