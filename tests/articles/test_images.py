"""How a picture comes into the library."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db.models import ProtectedError
from django_tasks_db.models import DBTaskResult

from articles.images import (
    FILES_OUTLIVE_THEIR_ROWS,
    add_image,
    remove_images,
    renew_files,
    title_from,
    upload_image,
)
from articles.models import Image
from articles.renditions import make_renditions
from articles.tasks import delete_files
from tests.articles.factories import NOW, make_article, make_image
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


def with_renditions(**fields):
    image = make_image(size=(800, 600), **fields)
    make_renditions(image, at=NOW)
    image.refresh_from_db()
    return image


def files_of(image):
    return {image.file.name, *image.renditions.values_list("file", flat=True)}


def are_there(names):
    return {default_storage.exists(name) for name in names}


def planned_deletion():
    """When the worker deletes files, and which."""
    row = DBTaskResult.objects.get(task_path="articles.tasks.delete_files")
    return row.run_after, set(row.args_kwargs["args"][0])


@pytest.mark.django_db
def test_a_new_file_renews_the_smaller_ones_and_the_old_go_when_no_page_shows_them():
    image, other = with_renditions(), with_renditions()
    old, kept = files_of(image), files_of(other)
    replaced = image.file.name
    image.file = make_picture_file("PNG", size=(900, 600))
    image.save()
    renew_files(image, replaced=replaced, at=NOW)
    assert image.renditions.count() == 0
    assert planned_deletion() == (NOW + FILES_OUTLIVE_THEIR_ROWS, old)
    assert delete_files.call(sorted(old)) == len(old)
    assert are_there(old) == {False}
    assert are_there(kept | {image.file.name}) == {True}


@pytest.mark.django_db
def test_another_focal_point_renews_only_the_cuts():
    image = with_renditions(focal_x_percent=10, focal_y_percent=10)
    cuts = set(image.renditions.exclude(shape="whole").values_list("file", flat=True))
    image.focal_x_percent = 90
    image.save()
    renew_files(image, replaced=None, at=NOW)
    assert set(image.renditions.values_list("shape", flat=True)) == {"whole"}
    assert planned_deletion()[1] == cuts
    image.refresh_from_db()
    assert image.renditions_made_at is None


@pytest.mark.django_db
def test_a_removed_image_takes_its_files_along():
    image = with_renditions()
    names = files_of(image)
    remove_images([image], at=NOW)
    assert (Image.objects.count(), are_there(names)) == (0, {True})
    assert planned_deletion()[1] == names
    delete_files.call(sorted(names))
    assert are_there(names) == {False}


@pytest.mark.django_db
def test_nothing_is_removed_when_an_article_shows_one():
    image, unused = make_image(), make_image()
    make_article(lead_image=image)
    with pytest.raises(ProtectedError):
        remove_images([image, unused], at=NOW)
    assert Image.objects.count() == 2
    assert DBTaskResult.objects.count() == 0


@pytest.mark.django_db
def test_files_that_a_row_holds_are_never_deleted():
    image = with_renditions()
    assert delete_files.call([*files_of(image), "images/never-was.png", ""]) == 1
    assert are_there(files_of(image)) == {True}


@pytest.mark.django_db
def test_the_same_file_is_known_again_under_another_name():
    first = make_picture_file("PNG", size=(12, 7), name="calf.png")
    again = make_picture_file("PNG", size=(12, 7), name="copy of calf.png")
    added = upload_image(first, tags=["anatomy"], credit="Ada Example")
    known = upload_image(again, tags=["sleep"], credit="Ben Sample")
    assert (added.is_new, known.is_new, known.image) == (True, False, added.image)
    image = Image.objects.get()
    assert (image.credit, [tag.name for tag in image.tags.all()]) == ("Ada Example", ["anatomy"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("calf-from_behind.png", "Calf from behind"),
        ("IMG_2041.JPG", "IMG 2041"),
        ("../../etc/passwd", "Passwd"),
        (".png", "Png"),
        ("---.png", "Picture"),
        ("", "Picture"),
        ("腓.png", "腓"),
        ("x" * 300 + ".png", "X" + "x" * 119),
    ],
)
def test_a_title_is_made_from_the_name_of_the_file(name, expected):
    assert title_from(name) == expected


@pytest.mark.django_db
def test_the_migration_folds_what_was_there_before():
    image = make_image(title="Größe", credit="Zoë Example")
    expected = image.search_text
    Image.objects.update(search_text="")
    import_module("articles.migrations.0007_fold_facts_of_images").fold_facts(apps, None)
    image.refresh_from_db()
    assert image.search_text == expected
    assert "grosse" in expected
