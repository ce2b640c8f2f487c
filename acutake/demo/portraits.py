"""Portraits of people who do not exist: plain shapes that nobody can be taken for."""

import io
from collections.abc import Iterable
from random import Random

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from directory.models import Practitioner
from directory.portraits import clean_photo, store_photo

# Drawn large and made smaller, so that the edges are smooth.
SIDE, SCALE = 480, 2
# Ground, face, hair, clothes: shades of one color, which no person has.
SHADES = (
    ("#e6f0eb", "#b7d3c7", "#0f5f4c", "#3f7d6c"),
    ("#e5eaf0", "#bccad8", "#2f4a63", "#5d7891"),
    ("#f3ecdd", "#dcc9a0", "#6a4a08", "#96753a"),
    ("#f3e4e0", "#dbb6ab", "#7a3426", "#a3665a"),
    ("#eceae4", "#cbc7bb", "#3f4441", "#6f746f"),
)
CONSENT = "Drawn for the demonstration"
CREDIT = "drawing by AcuTake"


def give_portraits(practitioners: Iterable[Practitioner]) -> None:
    """Stores one for each; the same for the same slug."""
    for practitioner in practitioners:
        practitioner.photo = clean_photo(ContentFile(_drawing(practitioner.slug), name="x.png"))
        practitioner.photo_consent, practitioner.photo_credit = CONSENT, CREDIT
        store_photo(practitioner, replaced="")
        practitioner.save(update_fields=["photo", "photo_consent", "photo_credit"])


def _drawing(seed: str) -> bytes:
    random = Random(seed)  # noqa: S311 (nothing is secret about them)
    ground, skin, hair, clothes = random.choice(SHADES)
    picture = Image.new("RGB", (SIDE * SCALE, SIDE * SCALE), ground)
    draw = ImageDraw.Draw(picture)
    bald, long, bun = (random.random() < share for share in (0.12, 0.4, 0.25))
    if long and not bald:
        _round(draw, (146, 90, 334, 400), hair, 90)
    if bun and not bald:
        _oval(draw, (200, 48, 280, 128), hair)
    if not bald:
        _oval(draw, (152, 84, 328, 290), hair)
    _round(draw, (208, 270, 272, 380), skin, 30)
    _round(draw, (84, 362, 396, 640), clothes, 110)
    _oval(draw, (164, 112 if not bald else 96, 316, 318), skin)
    if not bald:
        # A fringe, or a parting at one side.
        left = random.choice((158, 170))
        draw.pieslice(_scaled((left, 92, left + 152, 236)), 180, 360, fill=hair)
    target = io.BytesIO()
    picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(target, "PNG")
    return target.getvalue()


def _oval(draw: ImageDraw.ImageDraw, box: tuple[int, ...], fill: str) -> None:
    draw.ellipse(_scaled(box), fill=fill)


def _round(draw: ImageDraw.ImageDraw, box: tuple[int, ...], fill: str, radius: int) -> None:
    draw.rounded_rectangle(_scaled(box), radius=radius * SCALE, fill=fill)


def _scaled(box: tuple[int, ...]) -> list[int]:
    return [value * SCALE for value in box]
