"""What an upload may be, and what becomes of it."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

from acutake.lib.pictures import MAX_BYTES, clean_file, is_clean
from tests.pictures import make_picture_file

ORIENTATION_TAG = 0x0112
GPS_TAG = 0x8825
ROTATED_90_CLOCKWISE = 6


def opened(file):
    return Pillow.open(io.BytesIO(file.read()))


def refusal_of(file):
    with pytest.raises(ValidationError) as caught:
        clean_file(file, name="x")
    return caught.value.code


def png_claiming(width, height):
    """A PNG of a few bytes whose header claims these measures."""

    def chunk(name, data):
        checksum = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    content = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )
    return ContentFile(content, name="bomb.png")


def photograph_with_metadata(**exif_tags):
    exif = Pillow.Exif()
    exif[ORIENTATION_TAG] = ROTATED_90_CLOCKWISE
    exif[0x010F] = "MakerOfTheCamera"
    exif.get_ifd(GPS_TAG)[2] = (40.0, 42.0, 46.0)
    return make_picture_file("JPEG", size=(40, 20), exif=exif, comment=b"Somebody's kitchen")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b"%PDF-1.7 not a picture",
        b"\xff\xd8\xff\xe0 only the first bytes of a JPEG",
        b"\x89PNG\r\n\x1a\n",
    ],
    ids=["empty", "svg", "html", "gif", "pdf", "jpeg-magic", "png-magic"],
)
def test_a_file_that_is_no_picture_is_refused_whatever_its_name(content):
    assert refusal_of(ContentFile(content, name="holiday.jpg")) == "unreadable"


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_truncated_picture_is_refused(format_name):
    whole = make_picture_file(format_name, size=(400, 300), color="teal").read()
    assert refusal_of(ContentFile(whole[: len(whole) // 2], name="half")) == "unreadable"


@pytest.mark.parametrize(
    ("width", "height"),
    [(10_000, 6_000), (12_000, 10_000), (60_000, 60_000), (16_001, 2), (2, 16_001)],
)
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(width, height):
    assert refusal_of(png_claiming(width, height)) == "too_many_pixels"


def test_a_file_of_too_many_bytes_is_refused():
    assert refusal_of(ContentFile(b"\0" * (MAX_BYTES + 1), name="x.png")) == "too_large"


@pytest.mark.parametrize("format_name", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(format_name):
    frames = [Pillow.new("RGB", (8, 8), color) for color in ("red", "blue")]
    target = io.BytesIO()
    frames[0].save(target, format_name, save_all=True, append_images=frames[1:], duration=100)
    assert refusal_of(ContentFile(target.getvalue(), name="x")) == "animated"


def test_a_rotated_photograph_comes_out_upright_and_without_metadata():
    picture = opened(clean_file(photograph_with_metadata(), name="Kitchen"))
    assert picture.size == (20, 40)
    assert dict(picture.getexif()) == {}
    assert "comment" not in picture.info
    assert "icc_profile" not in picture.info


@pytest.mark.parametrize("orientation", [*range(10), 65535])
def test_every_orientation_comes_out_as_pillow_itself_would_turn_it(orientation):
    original = Pillow.new("L", (3, 2))
    original.putdata([0, 40, 80, 120, 160, 200])
    exif = Pillow.Exif()
    exif[ORIENTATION_TAG] = orientation
    target = io.BytesIO()
    original.save(target, "PNG", exif=exif)
    expected = ImageOps.exif_transpose(Pillow.open(target))
    picture = opened(clean_file(ContentFile(target.getvalue(), name="x.png"), name="x"))
    assert (picture.size, picture.tobytes()) == (expected.size, expected.tobytes())


@pytest.mark.filterwarnings("ignore:Tag data larger than file")
def test_odd_tags_beside_the_orientation_do_no_harm():
    exif = Pillow.Exif()
    exif[ORIENTATION_TAG] = ROTATED_90_CLOCKWISE
    exif[0x010F] = "Maker"
    # The type of the tag that holds the maker's name becomes one that no name has.
    written = exif.tobytes().replace(b"\x01\x0f\x00\x02", b"\x01\x0f\x00\x0c")
    file = make_picture_file("JPEG", size=(40, 20), exif=written)
    assert opened(clean_file(file, name="x")).size == (20, 40)


def test_a_damaged_avif_is_refused():
    whole = make_picture_file("AVIF", size=(40, 30)).read()
    damaged = whole.replace(b"ispe", b"xxxx")
    assert refusal_of(ContentFile(damaged, name="x.avif")) == "unreadable"


def test_nothing_of_the_metadata_survives_as_bytes():
    content = clean_file(photograph_with_metadata(), name="Kitchen").read()
    assert b"MakerOfTheCamera" not in content
    assert b"kitchen" not in content


def test_what_is_appended_to_a_picture_does_not_survive():
    polyglot = make_picture_file("PNG").read() + b"<script>alert(1)</script>"
    content = clean_file(ContentFile(polyglot, name="x.png"), name="x").read()
    assert b"script" not in content


@pytest.mark.parametrize(
    ("format_name", "mode", "expected_mode"),
    [
        ("JPEG", "CMYK", "RGB"),
        ("JPEG", "L", "L"),
        ("PNG", "LA", "LA"),
        ("PNG", "1", "1"),
        ("WEBP", "RGBA", "RGBA"),
        ("AVIF", "RGB", "RGB"),
    ],
)
def test_every_kind_of_pixels_comes_out_as_browsers_want_it(format_name, mode, expected_mode):
    color = {"CMYK": (0, 255, 255, 0), "LA": (90, 128), "RGBA": (10, 20, 30, 128)}.get(mode, 1)
    file = make_picture_file(format_name, mode=mode, color=color if mode != "RGB" else "teal")
    picture = opened(clean_file(file, name="x"))
    assert (picture.format, picture.mode) == (format_name, expected_mode)


def test_sixteen_bits_of_gray_keep_their_brightness():
    target = io.BytesIO()
    Pillow.new("I;16", (4, 4), 0x8000).save(target, "PNG")
    picture = opened(clean_file(ContentFile(target.getvalue(), name="x.png"), name="x"))
    assert picture.mode == "L"
    assert picture.getpixel((0, 0)) == 0x80


def test_a_palette_keeps_its_transparency():
    original = Pillow.new("P", (4, 4), 0)
    original.putpalette([255, 255, 255, 0, 0, 0])
    target = io.BytesIO()
    original.save(target, "PNG", transparency=0)
    picture = opened(clean_file(ContentFile(target.getvalue(), name="x.png"), name="x"))
    assert picture.mode == "P"
    assert picture.convert("RGBA").getpixel((0, 0))[3] == 0


def profile_with_red_and_blue_exchanged():
    """sRGB's own profile, in whose table of contents two primaries have changed names."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    contents, rest = profile[:512], profile[512:]
    names = contents.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    return names + rest


def test_colors_of_another_profile_become_srgb():
    profile = profile_with_red_and_blue_exchanged()
    file = make_picture_file("PNG", color=(200, 0, 0), icc_profile=profile)
    picture = opened(clean_file(file, name="x"))
    assert "icc_profile" not in picture.info
    red, green, blue = picture.getpixel((0, 0))
    assert (abs(red) <= 2, abs(green) <= 2, abs(blue - 200) <= 2) == (True, True, True)


def test_a_profile_that_does_not_fit_is_ignored():
    file = make_picture_file("PNG", color=(200, 100, 50), icc_profile=b"no profile")
    assert opened(clean_file(file, name="x")).getpixel((0, 0)) == (200, 100, 50)


def test_the_name_of_the_upload_is_not_used():
    file = make_picture_file("PNG", name="../../etc/passwd.php.png")
    assert clean_file(file, name="Calf, from behind").name == "calf-from-behind.png"


def test_a_title_without_latin_letters_still_gives_a_name():
    assert clean_file(make_picture_file("JPEG"), name="腓").name == "image.jpg"


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_what_was_cleaned_is_clean(format_name):
    assert is_clean(clean_file(make_picture_file(format_name), name="calf"))


def test_a_picture_with_something_beside_its_pixels_is_not_clean():
    exif = Pillow.Exif()
    exif[0x010E] = "At home"
    plain = make_picture_file("PNG").read()

    assert not is_clean(make_picture_file("JPEG", exif=exif))
    assert not is_clean(make_picture_file("PNG", dpi=(72, 72)))
    assert not is_clean(make_picture_file("JPEG", mode="CMYK"))
    assert not is_clean(ContentFile(plain + b"and more"))
    assert is_clean(ContentFile(plain))


def test_what_is_no_picture_is_refused_like_an_upload():
    with pytest.raises(ValidationError) as refusal:
        is_clean(ContentFile(b"<svg/>"))

    assert refusal.value.code == "unreadable"
