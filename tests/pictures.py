"""Picture files for tests."""

import io

from django.core.files.base import ContentFile
from PIL import Image as Pillow


def make_picture_file(
    format_name="PNG", *, size=(8, 6), mode="RGB", color="white", name=None, **options
):
    """A real picture in memory, as an upload hands it over; `options` go to Pillow's save."""
    target = io.BytesIO()
    Pillow.new(mode, size, color).save(target, format_name, **options)
    return ContentFile(target.getvalue(), name=name or f"picture.{format_name.lower()}")
