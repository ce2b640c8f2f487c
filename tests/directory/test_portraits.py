"""Photos of practitioners: what is kept, cut, shown and deleted."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.template.loader import render_to_string
from PIL import Image as Pillow

from directory.portraits import (
    LARGEST_SIDE_PX,
    clean_photo,
    forget_photos,
    portrait_of,
    store_photo,
)
from tests.directory.factories import make_practitioner
from tests.pictures import make_picture_file

pytestmark = pytest.mark.django_db

RED, BLUE = (254, 0, 0), (0, 0, 254)


def give_photo(practitioner, file=None, **fields):
    """As the editors' form does it."""
    replaced = practitioner.photo.name
    practitioner.photo_consent = "By mail on May 1"
    for name, value in fields.items():
        setattr(practitioner, name, value)
    if file is not None:
        practitioner.photo = clean_photo(file)
    store_photo(practitioner, replaced=replaced)
    practitioner.save()
    return practitioner


def files():
    return set(default_storage.listdir("portraits")[1])


def half_red_half_blue(size):
    width, height = size
    picture = Pillow.new("RGB", size, RED)
    picture.paste(
        BLUE, (width // 2, 0, width, height) if width > height else (0, height // 2, *size)
    )
    target = io.BytesIO()
    picture.save(target, "PNG")
    return ContentFile(target.getvalue(), name="x.png")


def middle_of(url):
    with default_storage.open(url.removeprefix("/media/")) as file, Pillow.open(file) as picture:
        red, _green, blue = picture.convert("RGB").getpixel((picture.width // 2,) * 2)
    return "red" if red > blue else "blue"


def test_photo_gets_two_squares_in_two_formats_under_names_that_say_nothing_of_the_upload():
    practitioner = give_photo(
        make_practitioner(slug="ada-brook"), make_picture_file("PNG", size=(400, 300), name="x.png")
    )
    stem = practitioner.photo.name.removeprefix("portraits/").removesuffix(".jpg")
    assert stem.startswith("ada-brook-")
    assert files() == {
        f"{stem}.jpg",
        *(f"{stem}-{size}.{suffix}" for size in (96, 320) for suffix in ("jpg", "webp")),
    }
    measures = {}
    for name in files():
        with default_storage.open(f"portraits/{name}") as file, Pillow.open(file) as picture:
            measures[name.removeprefix(stem)] = (picture.format, picture.size)
    assert measures == {
        ".jpg": ("JPEG", (400, 300)),
        "-96.jpg": ("JPEG", (96, 96)),
        "-320.jpg": ("JPEG", (320, 320)),
        "-96.webp": ("WEBP", (96, 96)),
        "-320.webp": ("WEBP", (320, 320)),
    }


def test_large_photo_is_kept_no_larger_than_needed():
    with Pillow.open(clean_photo(make_picture_file("JPEG", size=(3000, 2000)))) as picture:
        assert picture.size == (LARGEST_SIDE_PX, 800)


def test_transparency_becomes_paper():
    file = make_picture_file("PNG", mode="RGBA", color=(0, 0, 0, 0), size=(20, 20))
    with Pillow.open(clean_photo(file)) as picture:
        assert picture.getpixel((10, 10)) == (255, 255, 255)


def test_file_that_is_no_picture_is_refused_in_words():
    with pytest.raises(ValidationError) as caught:
        clean_photo(ContentFile(b"<script>", name="face.jpg"))
    assert caught.value.code == "unreadable"


@pytest.mark.parametrize(
    ("size", "focus", "expected"),
    [
        ((400, 100), (0, 50), "red"),
        ((400, 100), (100, 50), "blue"),
        ((100, 400), (50, 0), "red"),
        ((100, 400), (50, 100), "blue"),
        ((100, 400), (50, 38), "red"),
    ],
)
def test_square_is_cut_around_the_middle_of_the_face(size, focus, expected):
    fields = {"photo_focus_x": focus[0], "photo_focus_y": focus[1]}
    practitioner = give_photo(make_practitioner(), half_red_half_blue(size), **fields)
    assert middle_of(portrait_of(practitioner, size_px=96).src) == expected


def test_another_middle_gets_other_names_and_the_old_files_go_once_it_is_committed(
    django_capture_on_commit_callbacks,
):
    practitioner = give_photo(make_practitioner(), half_red_half_blue((400, 100)))
    before = files()
    with django_capture_on_commit_callbacks(execute=True):
        give_photo(practitioner, photo_focus_x=100)
        assert before < files()
    assert len(files()) == 5
    assert files() & before == set()
    assert middle_of(portrait_of(practitioner, size_px=320).webp) == "blue"


def test_photo_that_is_taken_back_leaves_no_file(django_capture_on_commit_callbacks):
    practitioner = give_photo(make_practitioner(), make_picture_file("JPEG"))
    with django_capture_on_commit_callbacks(execute=True):
        forget_photos([practitioner.photo.name, ""])
    assert files() == set()


def test_photo_without_a_word_of_consent_cannot_be_stored():
    practitioner = make_practitioner()
    practitioner.photo = "portraits/x.jpg"
    with pytest.raises(IntegrityError):
        practitioner.save()


def test_row_shows_the_photo_or_else_the_initials():
    practitioner = give_photo(
        make_practitioner(name="Ada Brook"), make_picture_file("JPEG"), photo_credit="Fay Lens"
    )
    shown = render_to_string(
        "directory/_photo.html",
        {"practitioner": practitioner, "size": "card", "initials": "AB"},
    )
    portrait = portrait_of(practitioner, size_px=96)
    assert f'src="{portrait.src}" alt="Portrait of Ada Brook" width="32" height="32"' in shown
    assert ("AB" in shown, "Fay Lens" in shown) == (False, False)
    other = {"practitioner": make_practitioner(), "size": "card", "initials": "CD"}
    assert "CD" in render_to_string("directory/_photo.html", other)


def test_page_shows_the_photo_with_its_own_words_and_its_photographer():
    practitioner = give_photo(
        make_practitioner(),
        make_picture_file("JPEG"),
        photo_alt="Ada at her desk",
        photo_credit="Fay Lens",
    )
    shown = render_to_string(
        "directory/_photo.html", {"practitioner": practitioner, "size": "page"}
    )
    assert 'alt="Ada at her desk" width="160" height="160"' in shown
    assert "Photo: Fay Lens" in shown
