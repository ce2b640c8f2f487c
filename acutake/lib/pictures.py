"""The door for pictures: an upload comes out as a clean picture or not at all."""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.utils.text import slugify
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageCms, UnidentifiedImageError

MAX_BYTES = 30 * 2**20
MAX_PIXELS = 40_000_000
# WebP, in which the smaller files are made, cannot hold a side of more than 16,383 pixels.
MAX_SIDE_PX = 16_000

SAVE_OPTIONS = {
    "JPEG": {"quality": 90, "progressive": True},
    "PNG": {},
    "WEBP": {"quality": 90},
    "AVIF": {"quality": 85, "speed": 8},
}
SUFFIXES = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}
# A phone's JPEG with a second picture in it (depth, preview); the first is the photograph.
JPEG_WITH_MORE = "MPO"
PLAIN_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
# What Pillow tells of a file that holds pixels alone: how they are encoded, and transparency.
PLAIN_INFO = frozenset(
    {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    | {"transparency", "loop", "background", "timestamp", "duration"}
)
# How a file ends that has nothing behind its picture (ITU-T T.81, B.1.1.3; PNG 3, 11.2.5).
ENDS = {"JPEG": b"\xff\xd9", "PNG": b"IEND\xaeB`\x82"}

# What turns the pixels upright, by the value of EXIF's Orientation (CIPA DC-008, tag 0x0112).
ORIENTATION_TAG = 0x0112
TURNS = {
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_270,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_90,
}

# What Pillow raises for a file that is not what it says it is.
UNREADABLE = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    OverflowError,
    EOFError,
    IndexError,
    KeyError,
    RuntimeError,
    struct.error,
)


def clean_file(file: File, *, name: str) -> ContentFile:
    """A new file with the same picture: upright, in sRGB, without metadata, named after `name`.

    Nothing of the upload survives but its pixels. Raises ValidationError with the reason.
    """
    with _reasons(file):
        original = _open(file)
        format_name = "JPEG" if original.format == JPEG_WITH_MORE else original.format
        content = _encode(_normalize(original), format_name)
    stem = slugify(name)[:60].strip("-") or "image"
    return ContentFile(content, name=f"{stem}.{SUFFIXES[format_name]}")


def is_clean(file: File) -> bool:
    """Whether it is such a file as `clean_file` makes, with nothing in it but a picture.

    Raises ValidationError as `clean_file` does.
    """
    with _reasons(file):
        picture = _open(file)
        file.seek(-min(file.size, 8), 2)
        return (
            file.read().endswith(ENDS.get(picture.format, b""))
            and picture.format in SAVE_OPTIONS
            and picture.mode in PLAIN_MODES
            and picture.info.keys() <= PLAIN_INFO
            and not picture.getexif()
        )


@contextmanager
def _reasons(file: File) -> Iterator[None]:
    """In words why a file is not taken; too large a one is not read at all."""
    if file.size > MAX_BYTES:
        raise ValidationError(
            _("The file is larger than %(limit)s MB.") % {"limit": MAX_BYTES // 2**20},
            code="too_large",
        )
    try:
        yield
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except UNREADABLE as error:
        raise ValidationError(
            _("The file is damaged, or it is not a JPEG, PNG, WebP or AVIF picture."),
            code="unreadable",
        ) from error


def _open(file: File) -> Pillow.Image:
    """Read the header first: nothing is decoded before its size is known to be bearable."""
    file.seek(0)
    picture = Pillow.open(file, formats=list(SAVE_OPTIONS))
    width, height = picture.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE_PX:
        raise _too_many_pixels()
    if getattr(picture, "n_frames", 1) > 1 and picture.format != JPEG_WITH_MORE:
        raise ValidationError(_("The picture moves; only still ones can be used."), code="animated")
    picture.load()
    return picture


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("The picture has more than 40 million pixels, or more than 16,000 on one side."),
        code="too_many_pixels",
    )


def _normalize(picture: Pillow.Image) -> Pillow.Image:
    """Upright, in sRGB, eight bits a channel. `picture` is not to be used afterwards: at 40 million
    pixels each copy in memory takes 160 MB, so none is kept longer than it is needed."""
    # Not by ImageOps.exif_transpose: it writes the whole EXIF anew and stumbles over odd tags.
    turn = TURNS.get(picture.getexif().get(ORIENTATION_TAG))
    profile = picture.info.get("icc_profile")
    upright = picture
    if turn is not None:
        upright = picture.transpose(turn)
        picture.close()
    if profile:
        upright = _to_srgb(upright, profile)
    if upright.mode.startswith("I;16") or upright.mode == "I":
        # 16 bits of gray, of which a page shows the upper eight.
        upright = upright.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif upright.mode not in PLAIN_MODES:
        upright = upright.convert("RGBA" if "a" in upright.mode else "RGB")
    return upright


def _to_srgb(picture: Pillow.Image, profile: bytes) -> Pillow.Image:
    """A profile that does not fit the pixels is ignored, as browsers do."""
    if picture.mode == "P":
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    is_in_place = picture.mode in {"RGB", "RGBA"}
    try:
        converted = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode=None if is_in_place else "RGB",
            inPlace=is_in_place,
        )
    except (ImageCms.PyCMSError, OSError):
        return picture
    return converted or picture


def _encode(picture: Pillow.Image, format_name: str) -> bytes:
    """Transparency is all that is kept of what stood beside the pixels."""
    kept = {name: picture.info[name] for name in ("transparency",) if name in picture.info}
    picture.info = kept
    if format_name == "JPEG" and picture.mode not in {"L", "RGB"}:
        picture = picture.convert("RGB")
    if format_name in {"WEBP", "AVIF"} and picture.mode not in {"RGB", "RGBA"}:
        has_alpha = picture.mode == "LA" or "transparency" in kept
        picture = picture.convert("RGBA" if has_alpha else "RGB")
    target = io.BytesIO()
    picture.save(target, format_name, **SAVE_OPTIONS[format_name])
    return target.getvalue()
