"""What editors say about pictures comes in, or comes back with the reason."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.image_forms import DescriptionForm, ImageForm, UploadForm
from articles.images import add_image
from tests.articles.factories import make_article, make_image
from tests.pictures import make_picture_file

pytestmark = pytest.mark.django_db

IMAGE = {"title": "A needle", "alt_text": "A needle beside a hair", "credit": "Ada Example"}


def upload(file, name="needle.png"):
    return {"file": SimpleUploadedFile(name, file.read())}


def test_the_file_of_an_image_is_kept_as_a_cleaned_copy_named_after_its_title():
    form = ImageForm(IMAGE, upload(make_picture_file("PNG", size=(40, 30))))
    assert form.is_valid(), form.errors
    image = form.save()
    assert (image.width_px, image.height_px) == (40, 30)
    assert image.file.name.endswith("/a-needle.png")


@pytest.mark.parametrize(
    "content",
    [b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"<html>", b"\x89PNG\r\n\x1a\n"],
)
def test_a_file_that_is_no_picture_is_refused_with_the_reason(content):
    form = ImageForm(IMAGE, {"file": SimpleUploadedFile("needle.png", content)})
    assert form.errors == {
        "file": ["The file is damaged, or it is not a JPEG, PNG, WebP or AVIF picture."]
    }


@pytest.mark.parametrize("missing", ["alt_text", "credit"])
def test_a_picture_that_nobody_shows_yet_may_wait_for_its_facts(missing):
    form = ImageForm({**IMAGE, missing: " "}, upload(make_picture_file()))
    assert form.errors == {}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"alt_text": ""}, ["alt_text"]),
        ({"alt_text": "", "is_decorative": "on"}, []),
        ({"credit": "  "}, ["credit"]),
        ({"alt_text": "Other words", "credit": "Somebody else"}, []),
    ],
)
def test_what_readers_rely_on_is_not_taken_from_a_picture_in_use(fields, expected):
    image = make_image()
    assert ImageForm({**IMAGE, **fields}, {}, instance=image).errors == {}
    image.refresh_from_db()
    make_article(lead_image=image)
    assert list(ImageForm({**IMAGE, **fields}, {}, instance=image).errors) == expected


def test_a_picture_in_use_that_never_had_a_credit_may_be_described_before_it_has_one():
    image = make_image(alt_text="", credit="")
    make_article(lead_image=image)
    assert ImageForm({**IMAGE, "credit": ""}, {}, instance=image).errors == {}


def test_the_facts_of_an_image_change_without_another_upload():
    image = make_image()
    before = image.file.name
    form = ImageForm({**IMAGE, "title": "Other"}, {}, instance=image)
    assert form.is_valid(), form.errors
    assert form.save().file.name == before


@pytest.mark.parametrize(
    ("focal", "errors"),
    [
        (("", ""), {}),
        (("0", "100"), {}),
        (("101", "5"), {"focal_x_percent": ["From 0 to 100."]}),
        (("-1", "5"), {"focal_x_percent": ["Ensure this value is greater than or equal to 0."]}),
        (("40", ""), {"focal_y_percent": ["A point has both numbers, or none."]}),
        (("x", ""), {"focal_x_percent": ["Enter a whole number."]}),
    ],
)
def test_a_focal_point_has_two_numbers_within_the_picture(focal, errors):
    across, down = focal
    fields = {**IMAGE, "focal_x_percent": across, "focal_y_percent": down}
    assert ImageForm(fields, {}, instance=make_image()).errors == errors


@pytest.mark.parametrize(
    ("source", "is_taken"),
    [
        ("", True),
        ("Gray, Anatomy, 1918", True),
        ("https://example.org/a/1.jpg", True),
        ("https://", False),
        ("ftp://example.org/1.jpg", False),
        ("javascript://example.org/%0aalert(1)", False),
    ],
)
@pytest.mark.parametrize("form_class", [ImageForm, UploadForm])
def test_a_source_is_words_or_an_address_that_opens(form_class, source, is_taken):
    form = form_class({**IMAGE, "source": source}, upload(make_picture_file()))
    assert ("source" not in form.errors) is is_taken


def test_a_file_that_the_library_has_is_offered_instead_of_stored_again():
    known = add_image(make_picture_file(color="teal"), title="A <calf>")
    form = ImageForm(IMAGE, upload(make_picture_file(color="teal")))
    [message] = form.errors["file"]
    link = f'<a href="/admin/articles/image/{known.pk}/change/">A &lt;calf&gt;</a>'
    assert message == f"The library has this file already: {link}. Use that one."


def test_the_same_file_may_be_sent_again_to_its_own_picture():
    known = add_image(make_picture_file(color="teal"), title="A calf")
    form = ImageForm(IMAGE, upload(make_picture_file(color="teal")), instance=known)
    assert form.errors == {}


def test_describing_many_writes_only_what_was_changed():
    image = make_image(alt_text="", credit="")
    fields = {"title": image.title, "alt_text": "A calf", "tags": "leg, anatomy"}
    form = DescriptionForm(fields, instance=image)
    assert form.is_valid(), form.errors
    type(image).objects.filter(pk=image.pk).update(credit="Somebody else, meanwhile")
    form.save_changes()
    image.refresh_from_db()
    assert (image.alt_text, image.credit) == ("A calf", "Somebody else, meanwhile")
    assert sorted(tag.name for tag in image.tags.all()) == ["anatomy", "leg"]


@pytest.mark.parametrize("form_class", [ImageForm, UploadForm, DescriptionForm])
def test_a_tag_that_is_too_long_is_refused_in_words(form_class):
    tags = f"leg, {'x' * 101}"
    form = form_class({**IMAGE, "tags": tags}, {}, instance=make_image())
    expected = ["A tag has at most 100 characters; commas stand between two."]
    assert form.errors == {"tags": expected}


def test_a_title_that_nobody_gives_is_made_from_the_file_or_stays():
    added = ImageForm({**IMAGE, "title": ""}, upload(make_picture_file(), name="heel-drop.png"))
    assert (added.is_valid(), added.cleaned_data["title"]) == (True, "Heel drop")
    image = make_image(title="A calf")
    changed = ImageForm({**IMAGE, "title": ""}, {}, instance=image)
    assert (changed.is_valid(), changed.cleaned_data["title"]) == (True, "A calf")


def test_a_file_that_comes_back_with_other_errors_is_asked_for_again():
    form = ImageForm({**IMAGE, "credit": "x" * 161}, upload(make_picture_file()))
    assert form.errors["file"] == ["Choose it again: a browser keeps no file."]
    without = ImageForm({**IMAGE, "credit": "x" * 161}, {}, instance=make_image())
    assert list(without.errors) == ["credit"]
