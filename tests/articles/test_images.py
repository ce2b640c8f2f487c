"""How a picture comes into the library."""

import pytest
from django.core.exceptions import ValidationError
from django_tasks_db.models import DBTaskResult

from articles.images import add_image, request_renditions
from articles.models import Image
from tests.articles.factories import make_image
from tests.pictures import make_picture_file

FACTS = {"title": "A calf", "alt_text": "A calf from behind", "credit": "Drawing: AcuTake"}


@pytest.mark.django_db
def test_an_image_that_is_added_has_its_measures_and_waits_for_its_smaller_files():
    image = add_image(make_picture_file("PNG", size=(12, 7)), key="calf", **FACTS)
    image.refresh_from_db()
    assert (image.width_px, image.height_px, image.key) == (12, 7, "calf")
    assert image.file.name.startswith("images/")
    task = DBTaskResult.objects.get()
    assert task.task_path == "articles.tasks.make_image_renditions"
    assert task.args_kwargs == {"args": [image.pk], "kwargs": {}}


@pytest.mark.django_db
def test_an_image_without_a_title_is_refused_and_stores_nothing():
    with pytest.raises(ValidationError):
        add_image(make_picture_file("PNG"), **{**FACTS, "title": ""})
    assert Image.objects.count() == 0
    assert DBTaskResult.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "is_ready"),
    [
        ({}, True),
        ({"alt_text": ""}, False),
        ({"alt_text": "", "is_decorative": True}, True),
        ({"credit": ""}, False),
    ],
)
def test_an_image_is_ready_with_a_credit_and_its_alternative(fields, is_ready):
    image = add_image(make_picture_file("PNG"), **{**FACTS, **fields})
    assert image.is_ready() is is_ready


@pytest.mark.django_db
def test_a_decorative_image_needs_no_alternative_text():
    facts = {**FACTS, "alt_text": "", "is_decorative": True}
    assert add_image(make_picture_file("PNG"), **facts).is_decorative


@pytest.mark.django_db
def test_a_new_file_forgets_the_smaller_files_of_the_old_one():
    image, other = make_image(), make_image()
    for row in (image, other):
        row.renditions.create(file="renditions/x.webp", width_px=480, height_px=360)
    request_renditions(image)
    assert image.renditions.count() == 0
    assert other.renditions.count() == 1
