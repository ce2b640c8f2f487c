import pytest

from articles.wordpress.shortcodes import expand


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('[gallery ids="3, 4"]', '<figure><img class="wp-image-3"></figure>'
         '<figure><img class="wp-image-4"></figure>'),
        ("[gallery include='3']", '<figure><img class="wp-image-3"></figure>'),
        ('[caption id="attachment_3"]<img src="a"> b[/caption]',
         '<figure data-id="3"><img src="a"><figcaption>b</figcaption></figure>'),
        ("[embed]https://a.example/?b&c[/embed]", "<p>https://a.example/?b&amp;c</p>"),
        ('[audio mp3="https://a.example/b.mp3"][/audio]',
         '<iframe src="https://a.example/b.mp3"></iframe>'),
        ('[video mp4="https://a.example/b.mp4"]', '<iframe src="https://a.example/b.mp4"></iframe>'),
        ('[media-credit name="Ada & Bo"]<img src="a">[/media-credit]',
         '<img src="a"> (Ada &amp; Bo)'),
        ("[[gallery]]", "[gallery]"),
        ("[caption]no picture[/caption]", "[caption]no picture[/caption]"),
        ("[caption]<img src='a'> without an end", "[caption]<img src='a'> without an end"),
        ("[1] [a b] [] [/gallery]", "[1] [a b] [] [/gallery]"),
    ],
)  # fmt: skip
def test_what_wordpress_itself_shows_becomes_html(text, html):
    assert expand(text)[0] == html


def test_a_gallery_without_numbers_has_those_of_the_post():
    shown = '<figure><img class="wp-image-5"></figure>'
    assert expand("[gallery]", children=["5"]) == (shown, [])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "[toc] [contact-form-7 id=4] [su_box]a[/su_box] [sic]",
            ["contact-form-7", "su_box", "toc"],
        ),
        ("[[toc]] [12] [Sic]", []),
    ],
)
def test_those_of_plugins_stay_and_are_named(text, names):
    html, unknown = expand(text)
    assert (html, unknown) == (text.replace("[[toc]]", "[toc]"), names)
