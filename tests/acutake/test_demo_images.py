"""The demonstration content's pictures are complete: files, descriptions and credits."""

import tomllib
from pathlib import Path

import pytest
from PIL import Image

import acutake

CONTENT = Path(acutake.__file__).parent / "demo" / "content"
IMAGES = tomllib.loads((CONTENT / "images.toml").read_text(encoding="utf-8"))["image"]
MAX_BYTES = 150_000
MIN_WIDTH_PX = 1600
TEXTS = ("alt_text", "long_description", "caption", "credit", "rights", "source")

every_image = pytest.mark.parametrize("row", IMAGES, ids=lambda row: row["key"])


def test_every_key_and_every_file_is_listed_once():
    files = sorted(f"images/{path.name}" for path in (CONTENT / "images").iterdir())

    assert sorted(row["file"] for row in IMAGES) == files
    assert [f"images/{row['key']}.png" for row in IMAGES] == [row["file"] for row in IMAGES]


@every_image
def test_picture_says_what_it_shows_and_whose_it_is(row):
    assert [name for name in TEXTS if not row[name].strip()] == []


@every_image
def test_alternative_text_fits_its_column(row):
    assert len(row["alt_text"]) <= 400


@every_image
def test_picture_opens_and_is_sharp_on_a_dense_screen(row):
    with Image.open(CONTENT / row["file"]) as picture:
        picture.load()

        assert picture.format == "PNG"
        assert picture.width >= MIN_WIDTH_PX


@every_image
def test_picture_is_light_enough_for_a_phone(row):
    assert (CONTENT / row["file"]).stat().st_size <= MAX_BYTES
