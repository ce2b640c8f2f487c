"""Photos of practitioners: squares around the face, small enough for a list on a phone."""

import io
from dataclasses import dataclass

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from PIL import Image as Pillow

from acutake.lib.pictures import clean_file
from directory.models import Practitioner

# What is kept of an upload, so that it can be cut anew around another middle.
LARGEST_SIDE_PX = 1200
# Three device pixels for each of a row of results, two for each of a page.
SQUARES_PX = (96, 320)
FORMATS = {"jpg": ("JPEG", {"quality": 82}), "webp": ("WEBP", {"quality": 80, "method": 6})}
KEY_LENGTH = 10
PAPER = (255, 255, 255)


@dataclass(frozen=True)
class Portrait:
    """The files of one square, and what is said of it."""

    src: str
    webp: str
    alt: str
    credit: str


def portrait_of(practitioner: Practitioner, *, size_px: int) -> Portrait | None:
    """The square of one of SQUARES_PX; None without a photo. No query, nothing is opened."""
    name = practitioner.photo.name
    if not name:
        return None
    return Portrait(
        src=default_storage.url(_square_name(name, size_px, "jpg")),
        webp=default_storage.url(_square_name(name, size_px, "webp")),
        alt=practitioner.photo_alt or _("Portrait of %(name)s") % {"name": practitioner.name},
        credit=practitioner.photo_credit,
    )


def clean_photo(file: File) -> ContentFile:
    """A JPEG of at most LARGEST_SIDE_PX of what was uploaded, with nothing of it but the pixels.

    Raises ValidationError with the reason for a file that is no picture.
    """
    with Pillow.open(clean_file(file, name="photo")) as cleaned:
        picture = _on_paper(cleaned)
    picture.thumbnail((LARGEST_SIDE_PX, LARGEST_SIDE_PX), Pillow.Resampling.LANCZOS)
    return ContentFile(_encoded(picture, "JPEG", quality=88), name="photo.jpg")


def store_photo(practitioner: Practitioner, *, replaced: str) -> None:
    """Write the photo and its squares under a new name, which the practitioner has then unsaved.

    `replaced` is the name that it had, "" for none: those files go when all of it is committed.
    A new name also when only the middle moved, since browsers keep what they have.
    """
    if practitioner.photo:
        with practitioner.photo.open("rb") as file:
            content = file.read()
        name = f"{practitioner.slug[:60]}-{get_random_string(KEY_LENGTH).lower()}.jpg"
        practitioner.photo.save(name, ContentFile(content), save=False)
        _store_squares(practitioner, content)
    forget_photos([replaced])


def forget_photos(names: list[str]) -> None:
    """Delete these photos and their squares once the transaction is committed."""
    gone = [each for name in names if name for each in (name, *_square_names(name))]

    def delete():
        for name in gone:
            default_storage.delete(name)

    transaction.on_commit(delete)


def _store_squares(practitioner: Practitioner, content: bytes) -> None:
    with Pillow.open(io.BytesIO(content)) as photo:
        square = _square(photo, practitioner.photo_focus_x, practitioner.photo_focus_y)
    for size_px in SQUARES_PX:
        small = square.resize((size_px, size_px), Pillow.Resampling.LANCZOS)
        for suffix, (format_name, options) in FORMATS.items():
            name = _square_name(practitioner.photo.name, size_px, suffix)
            default_storage.save(name, ContentFile(_encoded(small, format_name, **options)))


def _square(picture: Pillow.Image, focus_x: int, focus_y: int) -> Pillow.Image:
    """The largest square whose middle is as near as can be to that percentage of both sides."""
    side = min(picture.size)
    left, top = (
        min(max(round(length * focus / 100 - side / 2), 0), length - side)
        for length, focus in zip(picture.size, (focus_x, focus_y), strict=True)
    )
    return picture.crop((left, top, left + side, top + side))


def _on_paper(picture: Pillow.Image) -> Pillow.Image:
    """Without transparency, which a JPEG cannot hold."""
    if "A" not in picture.mode and "transparency" not in picture.info:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    paper = Pillow.new("RGB", layered.size, PAPER)
    paper.paste(layered, mask=layered.getchannel("A"))
    return paper


def _encoded(picture: Pillow.Image, format_name: str, **options) -> bytes:
    target = io.BytesIO()
    picture.save(target, format_name, **options)
    return target.getvalue()


def _square_names(name: str) -> list[str]:
    return [_square_name(name, size_px, suffix) for size_px in SQUARES_PX for suffix in FORMATS]


def _square_name(name: str, size_px: int, suffix: str) -> str:
    return f"{name.removesuffix('.jpg')}-{size_px}.{suffix}"
