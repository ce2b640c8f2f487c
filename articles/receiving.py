"""Many files at once: each for itself, so that one bad file never loses the others."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files import File

from articles.images import upload_image
from articles.models import Image


@dataclass(frozen=True)
class Receipt:
    """What became of one file. `image` is None when it was refused, for the `reason` in words."""

    name: str
    image: Image | None
    is_new: bool = False
    reason: str = ""


def receive(files: Iterable[File], *, facts: dict) -> list[Receipt]:
    """Put each file into the library; `facts` are those of `upload_image`, the same for all."""
    return [_receive(file, facts) for file in files]


def _receive(file: File, facts: dict) -> Receipt:
    name = file.name or ""
    try:
        upload = upload_image(file, **facts)
    except ValidationError as error:
        return Receipt(name, None, reason=" ".join(error.messages))
    return Receipt(name, upload.image, is_new=upload.is_new)
