"""How a picture comes into the image library."""

from django.core.files import File
from django.db import transaction

from acutake.lib.pictures import clean_file
from articles.models import Image
from articles.tasks import make_image_renditions


@transaction.atomic
def add_image(
    file: File,
    *,
    title: str,
    alt_text: str,
    credit: str,
    caption: str = "",
    rights: str = "",
    source: str = "",
    long_description: str = "",
    is_decorative: bool = False,
    key: str | None = None,
) -> Image:
    """Put a verified, cleaned copy of `file` into the library and ask for its smaller files.

    Raises ValidationError with the reason for a file that is no picture, or for missing facts
    (a credit; an alternative text unless it is decorative).
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
    )
    image.file = clean_file(file, name=title)
    image.full_clean()
    image.save()
    request_renditions(image)
    return image


def request_renditions(image: Image) -> None:
    """Forget the smaller files of an earlier file, and queue the making of new ones.

    The queue is a table, so that the request is committed, or not, together with the image.
    """
    image.renditions.all().delete()
    make_image_renditions.enqueue(image.pk)
