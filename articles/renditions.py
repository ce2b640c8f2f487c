"""Smaller files of an image, so that a phone does not download what a desk shows."""

import io

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image as Pillow

from articles.models import Image, Rendition

WIDTHS_PX = (480, 960, 1600)
QUALITY = 78


def make_renditions(image: Image) -> int:
    """Write the WebP files that the image lacks, narrower than the original; how many were made.

    Safe to repeat. The files are encoded before the row is locked, so that nobody waits for it.
    """
    made = set(image.renditions.values_list("width_px", flat=True))
    missing = [width for width in WIDTHS_PX if width < image.width_px and width not in made]
    if not missing:
        return 0
    with image.file.open("rb") as file, Pillow.open(file) as original:
        has_alpha = original.mode in {"LA", "RGBA"} or "transparency" in original.info
        pixels = original.convert("RGBA" if has_alpha else "RGB")
    encoded = [_encode(pixels, width) for width in missing]
    return _store(image, encoded)


def _encode(pixels: Pillow.Image, width: int) -> tuple[int, int, bytes]:
    height = max(1, round(pixels.height * width / pixels.width))
    target = io.BytesIO()
    smaller = pixels.resize((width, height), Pillow.Resampling.LANCZOS)
    smaller.save(target, "WEBP", quality=QUALITY, method=6)
    return width, height, target.getvalue()


@transaction.atomic
def _store(image: Image, encoded: list[tuple[int, int, bytes]]) -> int:
    """Only what is still missing, and only if the image still has the file that was read."""
    current = Image.objects.select_for_update().filter(pk=image.pk, file=image.file.name).first()
    if current is None:
        return 0
    made = set(current.renditions.values_list("width_px", flat=True))
    count = 0
    for width, height, content in encoded:
        if width not in made:
            stem = image.file.name.rpartition("/")[2].rpartition(".")[0]
            rendition = Rendition(image=current, width_px=width, height_px=height)
            rendition.file.save(f"{stem}-{width}.webp", ContentFile(content), save=False)
            rendition.save()
            count += 1
    return count
