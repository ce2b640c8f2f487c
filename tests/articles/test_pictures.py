"""Which of an image's files a browser is offered."""

import pytest

from articles.pictures import FIGURE_SIZES, TALL_FIGURE_SIZES, picture
from tests.articles.factories import make_image

pytestmark = pytest.mark.django_db


def image_with(width, height, rendition_widths):
    image = make_image(size=(width, height))
    for made in rendition_widths:
        image.renditions.create(file=f"{made}.webp", width_px=made, height_px=1)
    return image


@pytest.mark.parametrize(
    ("width", "made", "offered", "fallback"),
    [
        (1200, [], [], 1200),
        (3000, [], [], 3000),
        (900, [480], [480, 900], 900),
        (1200, [480, 960], [480, 960, 1200], 960),
        (3000, [480, 960, 1600], [480, 960, 1600], 960),
    ],
)
def test_files_from_narrow_to_wide_and_a_middle_one_as_the_fallback(width, made, offered, fallback):
    image = image_with(width, 10, made)
    files = {
        width: image.file.url,
        **{row.width_px: row.file.url for row in image.renditions.all()},
    }
    shown = picture(image)
    assert shown.srcset == ", ".join(f"{files[wide]} {wide}w" for wide in offered)
    assert shown.src == files[fallback]


def test_a_tall_picture_is_shown_narrower():
    wide, tall = picture(image_with(20, 10, [])), picture(image_with(10, 20, []))
    assert (wide.sizes, wide.is_tall) == (FIGURE_SIZES, False)
    assert (tall.sizes, tall.is_tall) == (TALL_FIGURE_SIZES, True)


def test_a_decorative_picture_has_an_empty_alternative():
    assert picture(make_image(alt_text="A wave", is_decorative=True)).alt == ""
    assert picture(make_image(alt_text="A calf")).alt == "A calf"
