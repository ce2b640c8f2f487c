"""The smaller files of an image."""

import pytest
from PIL import Image as Pillow

from articles.renditions import make_renditions
from articles.tasks import make_image_renditions
from tests.articles.factories import make_image
from tests.pictures import make_picture_file

pytestmark = pytest.mark.django_db


def test_only_narrower_files_are_made_in_the_same_proportion():
    image = make_image(size=(1000, 750))
    assert make_renditions(image) == 2
    made = [(row.width_px, row.height_px) for row in image.renditions.all()]
    assert made == [(480, 360), (960, 720)]
    for row in image.renditions.all():
        with row.file.open() as file, Pillow.open(file) as picture:
            assert (picture.format, picture.size) == ("WEBP", (row.width_px, row.height_px))


def test_a_second_run_makes_nothing():
    image = make_image(size=(600, 400))
    assert make_renditions(image) == 1
    assert make_renditions(image) == 0
    assert image.renditions.count() == 1


def test_a_small_image_needs_none():
    assert make_renditions(make_image(size=(480, 10))) == 0


def test_transparency_is_kept():
    file = make_picture_file("PNG", size=(500, 10), mode="RGBA", color=(0, 0, 0, 0))
    image = make_image(file=file)
    make_renditions(image)
    with image.renditions.get().file.open() as file, Pillow.open(file) as picture:
        assert picture.convert("RGBA").getpixel((0, 0))[3] == 0


def test_the_task_is_done_with_an_image_that_is_gone():
    image = make_image(size=(600, 400))
    assert make_image_renditions.call(image.pk) == 1
    key = image.pk
    image.delete()
    assert make_image_renditions.call(key) == 0


def test_files_of_a_replaced_original_are_not_stored():
    image = make_image(size=(600, 400))
    type(image).objects.filter(pk=image.pk).update(file="images/another.png")
    assert make_renditions(image) == 0
    assert image.renditions.count() == 0
