"""Each of a table of hostile uploads is refused with its reason, or comes out clean and right.

All of them are made here, byte by byte where Pillow would not write them.
"""

import gzip
import io
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image as Pillow
from PIL import ImageCms

from acutake.lib.pictures import clean_file

UNREADABLE = "The file is damaged, or it is not a JPEG, PNG, WebP or AVIF picture."
TOO_MANY_PIXELS = "The picture has more than 40 million pixels, or more than 16,000 on one side."
MOVES = "The picture moves; only still ones can be used."
PNG_BEGINNING = b"\x89PNG\r\n\x1a\n"
ORIENTATION_TAG, GPS_TAG = 0x0112, 0x8825
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>51.5,-0.1 Kitchen</place></x:xmpmeta>'
SCRIPT = b"<!doctype html><script>alert(document.domain)</script>"


def encoded(picture, format_name, **options):
    target = io.BytesIO()
    picture.save(target, format_name, **options)
    return target.getvalue()


def plain(format_name="PNG", color="teal", size=(40, 30), **options):
    return encoded(Pillow.new("RGB", size, color), format_name, **options)


def chunk(name, data):
    checksum = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + checksum


def png(width, height, rows=b"\0" * 100, *, bits=8, color_type=2, more=b""):
    """A PNG that says what it is told to say; `more` stands before its pixels."""
    header = struct.pack(">IIBBBBB", width, height, bits, color_type, 0, 0, 0)
    return (
        PNG_BEGINNING
        + chunk(b"IHDR", header)
        + more
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def moving(format_name):
    frames = [Pillow.new("RGB", (16, 16), color) for color in ("red", "blue")]
    return encoded(frames[0], format_name, save_all=True, append_images=frames[1:], duration=100)


def archive():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("Evil.class", SCRIPT)
    return target.getvalue()


def jpeg_claiming(width, height):
    """A small JPEG whose frame header claims other measures."""
    whole = plain("JPEG")
    at = whole.index(b"\xff\xc0") + 5
    return whole[:at] + struct.pack(">HH", height, width) + whole[at + 4 :]


REFUSED = {
    "nothing": (b"", UNREADABLE),
    "zeros": (b"\0" * 5000, UNREADABLE),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", UNREADABLE),
    "svg-compressed": (gzip.compress(b"<svg onload='alert(1)'/>"), UNREADABLE),
    "svg-behind-xml": (b"<?xml version='1.0'?><svg><script>1</script></svg>", UNREADABLE),
    "html": (SCRIPT, UNREADABLE),
    "pdf": (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", UNREADABLE),
    "zip": (archive(), UNREADABLE),
    "program": (b"\x7fELF" + b"\0" * 400, UNREADABLE),
    "gif": (encoded(Pillow.new("P", (4, 4)), "GIF"), UNREADABLE),
    "gif-that-is-a-jar": (encoded(Pillow.new("P", (4, 4)), "GIF") + archive(), UNREADABLE),
    "bmp": (plain("BMP"), UNREADABLE),
    "tiff": (plain("TIFF"), UNREADABLE),
    "ico": (encoded(Pillow.new("RGBA", (16, 16)), "ICO"), UNREADABLE),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nquit\n", UNREADABLE),
    "png-beginning-then-html": (PNG_BEGINNING + SCRIPT, UNREADABLE),
    "jpeg-beginning-then-html": (b"\xff\xd8\xff\xe0" + SCRIPT, UNREADABLE),
    "png-without-pixels": (png(40, 30, b""), UNREADABLE),
    "png-with-broken-checksum": (plain().replace(b"IDAT", b"IDaT"), UNREADABLE),
    "png-of-no-size": (png(0, 0), UNREADABLE),
    "png-with-a-bomb-of-text": (
        png(4, 4, more=chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 80_000_000))),
        UNREADABLE,
    ),
    "webp-cut": (plain("WEBP", size=(300, 200))[:120], UNREADABLE),
    "avif-cut": (plain("AVIF", size=(300, 200))[:-40], UNREADABLE),
    "png-cut": (plain("PNG", size=(300, 200))[:-40], UNREADABLE),
    "jpeg-cut": (plain("JPEG", size=(300, 200))[:-200], UNREADABLE),
    "bomb-of-3600-megapixels": (png(60_000, 60_000), TOO_MANY_PIXELS),
    "60-megapixels": (png(10_000, 6_000), TOO_MANY_PIXELS),
    "60-megapixels-jpeg": (jpeg_claiming(10_000, 6_000), TOO_MANY_PIXELS),
    "4000-megapixels-jpeg": (jpeg_claiming(65_500, 65_500), TOO_MANY_PIXELS),
    "a-line": (png(16_001, 1), TOO_MANY_PIXELS),
    "moving-png": (moving("PNG"), MOVES),
    "moving-webp": (moving("WEBP"), MOVES),
    "moving-avif": (moving("AVIF"), MOVES),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("file_name", ["holiday.jpg", "../../x.php", "holiday.png\0.svg"])
def test_it_is_refused_with_its_reason_whatever_its_name(name, file_name):
    content, reason = REFUSED[name]
    with pytest.raises(ValidationError) as caught:
        clean_file(ContentFile(content, name=file_name), name="Holiday")
    assert caught.value.messages == [reason]


def cleaned(content):
    file = clean_file(ContentFile(content, name="x"), name="x")
    data = file.read()
    picture = Pillow.open(io.BytesIO(data))
    picture.load()
    return picture, data


def metadata():
    exif = Pillow.Exif()
    exif[ORIENTATION_TAG] = 6
    exif[0x010F] = "MakerOfTheCamera"
    exif.get_ifd(GPS_TAG).update({1: "N", 2: (40.0, 42.0, 46.0), 3: "W", 4: (74.0, 0.0, 21.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return {"exif": exif, "xmp": XMP, "icc_profile": profile}


def quarters(size=(60, 40)):
    """Four colors, so that every turn and mirror shows."""
    picture = Pillow.new("RGB", size)
    half_width, half_height = size[0] // 2, size[1] // 2
    for number, color in enumerate([(230, 30, 30), (30, 200, 30), (30, 30, 230), (230, 230, 30)]):
        left, top = (number % 2) * half_width, (number // 2) * half_height
        picture.paste(color, (left, top, left + half_width, top + half_height))
    return picture


def corners(picture):
    """The colors of the four quarters, from left to right and from top to bottom."""
    shown = picture.convert("RGB")
    across = (shown.width // 4, shown.width * 3 // 4)
    down = (shown.height // 4, shown.height * 3 // 4)
    return [shown.getpixel((x, y)) for y in down for x in across]


def assert_close(colors, expected, tolerance=10):
    differences = [
        abs(a - b)
        for color, wanted in zip(colors, expected, strict=True)
        for a, b in zip(color, wanted, strict=True)
    ]
    assert max(differences) <= tolerance, (colors, expected)


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_rotated_picture_with_its_place_comes_out_upright_and_without_it(format_name):
    original = quarters()
    options = {"quality": 100} if format_name != "PNG" else {}
    facts = metadata()
    if format_name == "AVIF":
        # Pillow's AVIF writer turns Orientation into a property of the format itself.
        facts["exif"][ORIENTATION_TAG] = 1
    content = encoded(original, format_name, **facts, **options)
    assert b"MakerOfTheCamera" in content
    picture, data = cleaned(content)
    turned = format_name != "AVIF"
    expected = original.transpose(Pillow.Transpose.ROTATE_270) if turned else original
    assert (picture.format, picture.size) == (format_name, expected.size)
    assert_close(corners(picture), corners(expected))
    for trace in (b"MakerOfTheCamera", b"Kitchen", b"xmpmeta", b"Exif", b"GPS"):
        assert trace not in data
    assert dict(picture.getexif()) == {}
    assert not {"exif", "xmp", "icc_profile", "comment", "dpi"} & picture.info.keys()


@pytest.mark.parametrize(
    ("format_name", "appended"),
    [
        ("JPEG", SCRIPT),
        ("JPEG", archive()),
        ("PNG", archive()),
        ("PNG", SCRIPT),
        ("WEBP", SCRIPT),
        ("WEBP", archive()),
        ("AVIF", archive()),
    ],
)
def test_a_polyglot_comes_out_as_the_picture_alone(format_name, appended):
    original = quarters()
    options = {} if format_name == "PNG" else {"quality": 100}
    picture, data = cleaned(encoded(original, format_name, **options) + appended)
    assert_close(corners(picture), corners(original))
    for trace in (b"<script", b"Evil.class", b"PK\x03\x04"):
        assert trace not in data


def test_a_script_in_a_comment_of_a_jpeg_does_not_survive():
    _picture, data = cleaned(encoded(quarters(), "JPEG", comment=SCRIPT))
    assert b"script" not in data


def test_a_script_among_the_pieces_of_a_png_does_not_survive():
    pieces = chunk(b"tEXt", b"Comment\0" + SCRIPT) + chunk(b"zzZz", SCRIPT)
    picture, data = cleaned(png(1, 1, b"\0\x0a\x14\x1e", more=pieces))
    assert picture.getpixel((0, 0)) == (10, 20, 30)
    assert b"script" not in data


@pytest.mark.parametrize(
    ("color_type", "samples", "expected"),
    [
        (0, (0x8000,), ("L", 128)),
        (0, (0xFFFF,), ("L", 255)),
        (2, (0xFFFF, 0x8000, 0x0000), ("RGB", (255, 128, 0))),
        (4, (0x4000, 0x8000), ("RGBA", (64, 64, 64, 128))),
        (6, (0xFFFF, 0x8000, 0, 0x8000), ("RGBA", (255, 128, 0, 128))),
    ],
    ids=["gray", "white", "color", "gray-with-alpha", "color-with-alpha"],
)
def test_sixteen_bits_come_out_as_the_upper_eight(color_type, samples, expected):
    row = b"\0" + struct.pack(f">{len(samples)}H", *samples) * 4
    picture, _data = cleaned(png(4, 3, row * 3, bits=16, color_type=color_type))
    assert (picture.mode, picture.getpixel((2, 1))) == expected


def test_cmyk_without_a_profile_comes_out_in_the_colors_of_its_inks():
    inks = Pillow.new("CMYK", (40, 20), (0, 255, 255, 0))
    inks.paste((255, 0, 0, 0), (20, 0, 40, 20))
    picture, _data = cleaned(encoded(inks, "JPEG", quality=100))
    assert picture.mode == "RGB"
    assert_close(
        [picture.getpixel((5, 10)), picture.getpixel((35, 10))], [(255, 0, 0), (0, 255, 255)]
    )


def odd_press():
    """The profile of a press whose cyan ink is red, whose black is black, and whose others do not
    show (ICC.1:2001-04: 6.1 header, 6.5.8 lut8Type): four inks in, Lab out, two steps an ink."""
    white, black = bytes((255, 128, 128)), bytes((0, 128, 128))
    red = bytes((round(54.3 * 2.55), 128 + 81, 128 + 70))
    corners_of_inks = [black if inks & 1 else red if inks & 8 else white for inks in range(16)]
    table = b"".join(corners_of_inks)
    same = bytes(range(256))
    identity = struct.pack(">9i", *(65536 if place % 4 == 0 else 0 for place in range(9)))
    lut = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + identity + same * 4 + table + same * 3
    text = b"text\0\0\0\0none\0"
    description = b"desc\0\0\0\0" + struct.pack(">I", 2) + b"x\0" + b"\0" * 78
    point = b"XYZ \0\0\0\0" + struct.pack(">3i", 63190, 65536, 54061)
    tags = [(b"A2B0", lut), (b"cprt", text), (b"desc", description), (b"wtpt", point)]
    offset = 128 + 4 + 12 * len(tags)
    contents, body = struct.pack(">I", len(tags)), b""
    for name, data in tags:
        data += b"\0" * (-len(data) % 4)
        contents += name + struct.pack(">2I", offset + len(body), len(data))
        body += data
    size = offset + len(body)
    header = struct.pack(">I4sI", size, b"test", 0x02100000) + b"prtrCMYKLab "
    header += b"\0" * 12 + b"acsp" + b"\0" * 28 + struct.pack(">3i", 63190, 65536, 54061)
    return header.ljust(128, b"\0") + contents + body


def test_cmyk_with_a_profile_comes_out_in_the_colors_of_its_press():
    inks = Pillow.new("CMYK", (40, 20), (255, 0, 0, 0))
    inks.paste((0, 0, 0, 0), (20, 0, 40, 20))
    picture, _data = cleaned(encoded(inks, "JPEG", quality=100, icc_profile=odd_press()))
    colors = [picture.getpixel((5, 10)), picture.getpixel((35, 10))]
    assert_close(colors, [(255, 0, 0), (255, 255, 255)])


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
@pytest.mark.parametrize("profile", ["srgb", "press", "nonsense", "bomb"])
def test_no_profile_of_any_kind_of_pixels_makes_it_fail(mode, profile):
    profiles = {
        "srgb": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        "press": odd_press(),
        "nonsense": b"no profile",
        "bomb": b"\0" * 900_000,
    }
    content = encoded(Pillow.new(mode, (8, 6)), "PNG", icc_profile=profiles[profile])
    picture, _data = cleaned(content)
    assert picture.size == (8, 6)
    assert "icc_profile" not in picture.info


def test_a_jpeg_with_a_second_picture_comes_out_with_the_first():
    first, second = quarters(), Pillow.new("RGB", (60, 40), "black")
    content = encoded(first, "MPO", save_all=True, append_images=[second], quality=100)
    picture, data = cleaned(content)
    assert (picture.format, getattr(picture, "n_frames", 1)) == ("JPEG", 1)
    assert_close(corners(picture), corners(first))
    assert data.count(b"\xff\xd8\xff") == 1


def test_transparency_of_a_turned_picture_is_kept():
    original = Pillow.new("RGBA", (4, 2), (10, 20, 30, 0))
    original.putpixel((0, 0), (200, 100, 50, 255))
    exif = Pillow.Exif()
    exif[ORIENTATION_TAG] = 3
    picture, _data = cleaned(encoded(original, "PNG", exif=exif))
    assert picture.getpixel((3, 1)) == (200, 100, 50, 255)
    assert picture.getpixel((0, 0))[3] == 0
