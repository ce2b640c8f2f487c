"""The smaller files of an image."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Pillow

from articles.models import Image
from articles.renditions import PAPER, make_renditions
from articles.tasks import make_image_renditions
from tests.articles.factories import NOW, make_image
from tests.pictures import make_picture_file

pytestmark = pytest.mark.django_db
TOLERANCE = 6


def opened(rendition):
    with rendition.file.open() as file, Pillow.open(file) as picture:
        picture.load()
        return picture


def is_close(color, expected):
    return all(abs(a - b) <= TOLERANCE for a, b in zip(color, expected, strict=True))


def halves(format_name="PNG", size=(1200, 600)):
    """Red on the left, blue on the right."""
    picture = Pillow.new("RGB", size, "red")
    picture.paste((0, 0, 255), (size[0] // 2, 0, *size))
    target = io.BytesIO()
    picture.save(target, format_name)
    return ContentFile(target.getvalue(), name=f"halves.{format_name.lower()}")


def test_files_are_what_their_rows_say_and_the_image_is_marked():
    image = make_image(size=(1000, 750))
    assert make_renditions(image, at=NOW) == 9
    made = [
        (row.shape, row.format, row.width_px, row.height_px)
        for row in image.renditions.order_by("shape", "width_px", "format")
    ]
    assert made == [
        ("card", "jpeg", 1200, 630),
        ("whole", "avif", 480, 360),
        ("whole", "webp", 480, 360),
        ("whole", "avif", 720, 540),
        ("whole", "webp", 720, 540),
        ("whole", "avif", 960, 720),
        ("whole", "webp", 960, 720),
        ("whole", "avif", 1000, 750),
        ("whole", "webp", 1000, 750),
    ]
    for row in image.renditions.all():
        picture = opened(row)
        assert (picture.format.lower(), picture.size) == (row.format, (row.width_px, row.height_px))
        assert not {"exif", "icc_profile", "xmp"} & picture.info.keys()
    image.refresh_from_db()
    assert image.renditions_made_at == NOW


def test_a_second_run_makes_nothing():
    image = make_image(size=(600, 400))
    assert make_renditions(image, at=NOW) == 5
    assert make_renditions(image, at=NOW) == 0
    assert image.renditions.count() == 5


def test_what_was_cut_off_is_made_by_the_next_run():
    image = make_image(size=(600, 400))
    make_renditions(image, at=NOW)
    image.renditions.filter(width_px=480).delete()
    assert make_renditions(image, at=NOW) == 2


def test_cuts_show_what_is_around_the_focal_point():
    image = make_image(file=halves(), focal_x_percent=100, focal_y_percent=50)
    make_renditions(image, at=NOW)
    for row in image.renditions.filter(shape="teaser"):
        picture = opened(row).convert("RGB")
        assert is_close(picture.getpixel((row.width_px - 5, 5)), (0, 0, 255))
        # The right two thirds of the picture's height, so a part of the red half is left.
        assert is_close(picture.getpixel((5, 5)), (255, 0, 0))
    card = opened(image.renditions.get(shape="card"))
    assert is_close(card.getpixel((1195, 5)), (0, 0, 255))


def test_a_card_without_a_focal_point_shows_the_whole_picture_on_paper():
    image = make_image(file=halves(size=(600, 600)))
    make_renditions(image, at=NOW)
    card = opened(image.renditions.get(shape="card"))
    assert card.size == (1200, 630)
    assert is_close(card.getpixel((10, 300)), PAPER)
    assert is_close(card.getpixel((1190, 300)), PAPER)
    assert is_close(card.getpixel((400, 300)), (255, 0, 0))
    assert is_close(card.getpixel((800, 300)), (0, 0, 255))


@pytest.mark.parametrize("size", [(4001, 2001), (3999, 2667), (5000, 1)])
def test_a_large_jpeg_that_is_decoded_smaller_gives_the_same_files(size):
    image = make_image(file=halves("JPEG", size=size), focal_x_percent=0, focal_y_percent=0)
    make_renditions(image, at=NOW)
    widest = opened(image.renditions.get(shape="whole", format="webp", width_px=1600))
    assert widest.height == max(1, round(size[1] * 1600 / size[0]))
    assert is_close(widest.getpixel((5, 0)), (254, 0, 0))
    assert is_close(widest.getpixel((1595, 0)), (0, 0, 254))


@pytest.mark.parametrize("format_name", ["webp", "avif"])
def test_transparency_is_kept(format_name):
    file = make_picture_file("PNG", size=(500, 10), mode="RGBA", color=(0, 0, 0, 0))
    image = make_image(file=file)
    make_renditions(image, at=NOW)
    made = opened(image.renditions.get(format=format_name, width_px=480))
    assert made.convert("RGBA").getpixel((0, 0))[3] == 0


def test_what_is_transparent_stands_on_paper_in_a_card():
    file = make_picture_file("PNG", size=(1200, 630), mode="RGBA", color=(0, 0, 0, 0))
    image = make_image(file=file)
    make_renditions(image, at=NOW)
    card = opened(image.renditions.get(shape="card"))
    assert is_close(card.getpixel((600, 300)), PAPER)


def test_the_task_is_done_with_an_image_that_is_gone():
    image = make_image(size=(600, 400))
    assert make_image_renditions.call(image.pk) == 5
    key = image.pk
    image.delete()
    assert make_image_renditions.call(key) == 0


def test_files_of_a_replaced_original_are_not_stored():
    image = make_image(size=(600, 400))
    Image.objects.filter(pk=image.pk).update(file="images/another.png")
    assert make_renditions(image, at=NOW) == 0
    assert image.renditions.count() == 0
    assert Image.objects.get().renditions_made_at is None


def test_cuts_around_a_point_that_was_moved_meanwhile_are_not_taken_for_the_last_word():
    image = make_image(file=halves(), focal_x_percent=100, focal_y_percent=50)
    Image.objects.filter(pk=image.pk).update(focal_x_percent=0)
    make_renditions(image, at=NOW)
    assert set(image.renditions.values_list("shape", flat=True)) == {"whole"}
    assert Image.objects.get().renditions_made_at is None
