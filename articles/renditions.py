"""Smaller files of an image, so that a phone does not download what a desk shows."""

import io
import math
from collections.abc import Iterator
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from PIL import Image as Pillow

from articles.crops import Plan, plans
from articles.models import Image, Rendition

# On the demonstration's drawings AVIF at 64 looks as WebP at 78 does, by eye, and is a fifth
# smaller (960 pixels wide, Pillow 13, measured 2026-11-23); at speed 8 a file takes about 0.15 s.
SAVE_OPTIONS = {
    "webp": {"quality": 78, "method": 6},
    "avif": {"quality": 64, "speed": 8},
    "jpeg": {"quality": 85, "progressive": True},
}
PAPER = (251, 250, 246)


def make_renditions(image: Image, *, at: datetime) -> int:
    """Write the files that the image lacks; how many were made.

    Safe to repeat, and to stop at any moment. The files are encoded before the row is locked, so
    that nobody waits for it; one file's pixels are in memory at a time beside the original's.
    """
    missing = missing_plans(image)
    encoded = [(plan, content) for plan, content in _encoded(image, missing)] if missing else []
    return _store(image, encoded, at=at)


def missing_plans(image: Image) -> list[Plan]:
    """What `articles.crops` wants for this image and no row holds yet; one query."""
    made = set(image.renditions.values_list("shape", "format", "width_px"))
    wanted = plans(image.width_px, image.height_px, focal=image.focal_point())
    return [plan for plan in wanted if (plan.shape, plan.format, plan.width_px) not in made]


def forget(renditions: QuerySet[Rendition]) -> list[str]:
    """Delete the rows; the names of their files, which are still there."""
    names = list(renditions.values_list("file", flat=True))
    renditions.delete()
    return names


def _encoded(image: Image, missing: list[Plan]) -> Iterator[tuple[Plan, bytes]]:
    with image.file.open("rb") as file, Pillow.open(file) as original:
        # A large JPEG is decoded at a half, a quarter or an eighth when that is enough.
        scale = min(1.0, max(plan.width_px / (plan.box[2] - plan.box[0]) for plan in missing))
        least = (math.ceil(original.width * scale), math.ceil(original.height * scale))
        original.draft(original.mode, least)
        has_alpha = original.mode in {"LA", "RGBA"} or "transparency" in original.info
        pixels = original.convert("RGBA" if has_alpha else "RGB")
    shrunk = pixels.width / image.width_px
    for plan in missing:
        yield plan, _encode(pixels, plan, shrunk)


def _encode(pixels: Pillow.Image, plan: Plan, shrunk: float) -> bytes:
    """`shrunk` is how much smaller the pixels are than those that the plan speaks of."""
    left, top, right, bottom = (edge * shrunk for edge in plan.box)
    # A drawing that was decoded smaller has lost a part of a pixel at its edges.
    box = (left, top, min(right, pixels.width), min(bottom, pixels.height))
    fit = min(plan.width_px / (right - left), plan.height_px / (bottom - top))
    size = (
        min(plan.width_px, max(1, round((right - left) * fit))),
        min(plan.height_px, max(1, round((bottom - top) * fit))),
    )
    made = pixels.resize(size, Pillow.Resampling.LANCZOS, box=box)
    if plan.format == "jpeg":
        made = _on_paper(made, (plan.width_px, plan.height_px))
    target = io.BytesIO()
    made.save(target, plan.format.upper(), **SAVE_OPTIONS[plan.format])
    return target.getvalue()


def _on_paper(picture: Pillow.Image, size: tuple[int, int]) -> Pillow.Image:
    paper = Pillow.new("RGB", size, PAPER)
    place = ((size[0] - picture.width) // 2, (size[1] - picture.height) // 2)
    paper.paste(picture, place, picture if picture.mode == "RGBA" else None)
    return paper


@transaction.atomic
def _store(image: Image, encoded: list[tuple[Plan, bytes]], *, at: datetime) -> int:
    """Only what is still wanted and missing, and only if the image still has the file that was
    read."""
    current = Image.objects.select_for_update().filter(pk=image.pk, file=image.file.name).first()
    if current is None:
        return 0
    missing = missing_plans(current)
    stem = image.file.name.rpartition("/")[2].rpartition(".")[0]
    count = 0
    for plan, content in encoded:
        if plan in missing:
            suffix = "jpg" if plan.format == "jpeg" else plan.format
            name = f"{stem}-{plan.shape}-{plan.width_px}.{suffix}"
            rendition = Rendition(
                image=current,
                shape=plan.shape,
                format=plan.format,
                width_px=plan.width_px,
                height_px=plan.height_px,
            )
            rendition.file.save(name, ContentFile(content), save=False)
            rendition.save()
            count += 1
    if len(missing) == count:
        Image.objects.filter(pk=current.pk).update(renditions_made_at=at)
    return count
