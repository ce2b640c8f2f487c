"""Which of an image's files a browser is offered."""

import pytest

from articles.pictures import (
    FIGURE_SIZES,
    TALL_FIGURE_SIZES,
    card_url,
    credit_html,
    picture,
    picture_html,
)
from tests.articles.factories import make_image

pytestmark = pytest.mark.django_db


def image_with(width, height, rendition_widths=(), shape="whole"):
    image = make_image(size=(width, height))
    for made in rendition_widths:
        for format_ in ("webp", "avif"):
            image.renditions.create(
                file=f"{shape}-{made}.{format_}",
                shape=shape,
                format=format_,
                width_px=made,
                height_px=made // 2,
            )
    return image


@pytest.mark.parametrize("width", [1200, 3000])
def test_the_original_is_served_until_there_are_smaller_files(width):
    image = image_with(width, 10)
    shown = picture(image)
    assert (shown.src, shown.srcset, shown.avif_srcset) == (image.file.url, "", "")


@pytest.mark.parametrize(
    ("width", "made", "fallback"),
    [
        (300, [300], 300),
        (900, [480, 900], 900),
        (1200, [480, 960, 1200], 960),
        (3000, [480, 960, 1600], 960),
    ],
)
def test_files_from_narrow_to_wide_and_a_middle_one_as_the_fallback(width, made, fallback):
    shown = picture(image_with(width, 10, made))
    webp = ", ".join(f"/media/whole-{wide}.webp {wide}w" for wide in made)
    assert shown.srcset == (webp if len(made) > 1 else "")
    assert shown.avif_srcset == ", ".join(f"/media/whole-{wide}.avif {wide}w" for wide in made)
    assert shown.src == f"/media/whole-{fallback}.webp"


def test_a_list_gets_the_cut_around_the_focal_point_with_its_measures():
    shown = picture(image_with(1200, 900, [480, 960], shape="teaser"), shape="teaser")
    assert shown.srcset == "/media/teaser-480.webp 480w, /media/teaser-960.webp 960w"
    assert (shown.width, shown.height, shown.is_cut) == (960, 480, True)


def test_a_list_gets_the_whole_picture_where_nothing_was_cut():
    shown = picture(image_with(480, 360, [480]), shape="teaser")
    assert (shown.src, shown.width, shown.is_cut) == ("/media/whole-480.webp", 480, False)


def test_a_figure_never_gets_a_cut():
    image = image_with(1200, 900, [480], shape="teaser")
    assert picture(image).src == image.file.url


def test_social_networks_get_the_card_once_it_is_made():
    image = image_with(1200, 900)
    assert card_url(image) is None
    image.renditions.create(
        file="card.jpg", shape="card", format="jpeg", width_px=1200, height_px=630
    )
    assert card_url(image) == "/media/card.jpg"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://example.org/1", "https://example.org/1"),
        ("Gray, Anatomy, 1918", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_only_an_address_becomes_a_link(source, expected):
    assert picture(make_image(source=source)).source_url == expected


def test_a_tall_picture_is_shown_narrower():
    wide, tall = picture(image_with(20, 10)), picture(image_with(10, 20))
    assert (wide.sizes, wide.is_tall) == (FIGURE_SIZES, False)
    assert (tall.sizes, tall.is_tall) == (TALL_FIGURE_SIZES, True)


def test_a_decorative_picture_has_an_empty_alternative():
    assert picture(make_image(alt_text="A wave", is_decorative=True)).alt == ""
    assert picture(make_image(alt_text="A calf")).alt == "A calf"


def test_what_an_editor_typed_about_a_picture_is_never_markup():
    shown = picture(make_image(alt_text='"><b>', credit="<b>A", rights="<i>B", source="http://x/<"))
    assert 'alt="&quot;&gt;&lt;b&gt;"' in picture_html(shown)
    assert credit_html(shown) == (
        '<span class="figure__credit">&lt;b&gt;A · &lt;i&gt;B · '
        '<a href="http://x/&lt;" rel="noopener noreferrer">Source of the picture</a></span>'
    )


def test_words_beside_a_picture_may_stand_for_its_alternative():
    shown = picture(make_image(alt_text="A calf"))
    assert 'alt=""' in picture_html(shown, alt="")
    assert "aria-details" not in picture_html(shown, words_id="words")
