import pytest

from articles.html import plain_text, sanitize
from articles.wordpress.convert import Surroundings, convert, plain, with_keys

CALF = "https://old.example/wp-content/uploads/2019/05/calf.jpg"


def picture(source, number):
    """The library will have one picture: number 9, calf.jpg."""
    return "2019/05/calf.jpg" if number == "9" or source == CALF else None


def address(href):
    """One post is in the export; the rest of the old site is not."""
    if href == "https://old.example/2019/05/heel/":
        return "/articles/heel/"
    return "" if href.startswith("https://old.example/") and "/uploads/" not in href else None


def converted(text, **around):
    body = convert(text, Surroundings(picture=picture, address=address, **around))
    assert sanitize(body.html) == body.html
    return body


def html_of(text, **around):
    return converted(text, **around).html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\nline\n\nTwo", "<p>One<br>line</p><p>Two</p>"),
        ("<b>One</b>\n<i>line</i>", "<p><strong>One</strong><br><em>line</em></p>"),
        ("<h1>A</h1>\nb\n<h6>C</h6>", "<h2>A</h2><p>b</p><h4>C</h4>"),
        ("a<br />\nb", "<p>a<br>b</p>"),
        ("a<br><br>b", "<p>a</p><p>b</p>"),
        ("<ul>\n<li>a</li>\n<li>b\n<ol start='3'><li>c</li></ol></li>\n</ul>",
         '<ul><li><p>a</p></li><li><p>b</p><ol start="3"><li><p>c</p></li></ol></li></ul>'),
        ("<div>a <span>b</span></div>c", "<p>a b</p><p>c</p>"),
        ("<p>&nbsp;</p><p>a</p><p></p>", "<p>a</p>"),
        ("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("<pre>a\n  b</pre>", "<p>a<br>b</p>"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<p><strong>a</strong></p><p>b</p>"),
        ("a<!--more-->b", "<p>ab</p>"),
        ("a &amp; b &lt;c&gt; “d” x² 5 < 6", "<p>a &amp; b &lt;c&gt; “d” x² 5 &lt; 6</p>"),
        ("<code>a</code> <del>b</del> <u>c</u>", "<p>a b c</p>"),
        ("H<sub>2</sub>O m<sup>2</sup>", "<p>H<sub>2</sub>O m<sup>2</sup></p>"),
    ],
)  # fmt: skip
def test_classic_text_gets_its_paragraphs(text, html):
    assert html_of(text) == html


def test_blocks_keep_headings_lists_quotes_and_tables():
    text = (
        '<!-- wp:heading {"level":3} -->\n<h3 class="wp-block-heading">A</h3>\n<!-- /wp:heading -->'
        "\n\n<!-- wp:list -->\n<ul class='wp-block-list'><!-- wp:list-item -->\n<li>b</li>\n"
        "<!-- /wp:list-item --></ul>\n<!-- /wp:list -->\n\n<!-- wp:quote -->\n<blockquote "
        "class='wp-block-quote'><!-- wp:paragraph -->\n<p>c\nd</p>\n<!-- /wp:paragraph -->"
        "<cite>e</cite></blockquote>\n<!-- /wp:quote -->\n<!-- wp:table -->\n<figure "
        "class='wp-block-table'><table><thead><tr><th>f</th></tr></thead><tbody><tr><td>g</td></tr>"
        "</tbody></table><figcaption>h</figcaption></figure><!-- /wp:table --><!-- wp:pullquote -->"
        "<figure class='wp-block-pullquote'><blockquote><p>i</p></blockquote></figure>"
        "<!-- /wp:pullquote -->"
    )
    assert html_of(text) == (
        "<h3>A</h3><ul><li><p>b</p></li></ul><blockquote><p>c d</p><p><em>e</em></p></blockquote>"
        "<table><thead><tr><th><p>f</p></th></tr></thead><tbody><tr><td><p>g</p></td></tr></tbody>"
        '</table><p>h</p><aside data-kind="pullquote"><blockquote><p>i</p></blockquote></aside>'
    )


@pytest.mark.parametrize(
    "text",
    [
        f'[caption id="attachment_9" align="left" width="300"]<a href="{CALF}"><img '
        'class="size-medium wp-image-9" src="x.jpg" alt="Calf" /></a> The <em>calf</em>[/caption]',
        f'[caption id="attachment_9" caption="The <em>calf</em>"]<img src="{CALF}">[/caption]',
        '<!-- wp:image {"id":9} -->\n<figure class="wp-block-image"><img src="calf-300x200.jpg" '
        'class="wp-image-9"/><figcaption>The <em>calf</em></figcaption></figure><!-- /wp:image -->',
    ],
)
def test_a_picture_keeps_its_caption(text):
    body = converted(text)
    caption = "<figcaption>The <em>calf</em></figcaption>"
    assert body.html == f'<figure data-image="1">{caption}</figure>'
    assert (body.pictures, body.notes) == (("2019/05/calf.jpg",), ())


def test_a_picture_in_words_stands_between_them():
    text = (
        f"<p>Before <a href='{CALF}'><img class='wp-image-9' src='x'></a><strong>after</strong></p>"
    )
    assert html_of(text) == (
        '<p>Before</p><figure data-image="1"></figure><p><strong>after</strong></p>'
    )


def test_a_linked_picture_keeps_its_link_below_it():
    text = '<a href="https://other.example/study"><img class="wp-image-9" src="x"></a>'
    assert html_of(text) == (
        '<figure data-image="1"><figcaption><a href="https://other.example/study">other.example</a>'
        "</figcaption></figure>"
    )


def test_galleries_become_pictures_in_their_order():
    old = (
        '<ul class="blocks-gallery-grid"><li class="blocks-gallery-item"><figure><img data-id="9">'
    )
    new = '<figure class="wp-block-gallery"><figure><img class="wp-image-9"></figure>'
    shown = '<figure data-image="1"></figure>'
    assert html_of('[gallery columns="2" ids="9,9"]') == shown * 2
    assert html_of("[gallery]", children=["9"]) == shown
    assert html_of(f"{old}</figure></li></ul>") == shown
    assert html_of(f"{new}<figcaption>All</figcaption></figure>") == f"{shown}<p>All</p>"


def test_a_picture_that_is_not_there_is_a_link_with_its_caption():
    text = (
        '<figure><img src="https://far.example/a/heel.png" alt="A heel"><figcaption>Heel'
        '</figcaption></figure><img src="data:image/gif;base64,AAAA" alt="Dot">[gallery ids="4"]'
    )
    body = converted(text)
    assert body.html == (
        '<p><a href="https://far.example/a/heel.png">Picture: A heel</a></p><p>Heel</p>'
        "<p>Picture: Dot</p><p>Picture: 4</p>"
    )
    assert body.notes == ("Pictures that are not there became links: heel.png, data:, 4.",)


@pytest.mark.parametrize(
    "text",
    [
        "https://www.youtube.com/watch?v=abc",
        "[embed width='300']https://www.youtube.com/watch?v=abc[/embed]",
        '<iframe src="//www.youtube-nocookie.com/embed/abc"></iframe>',
        '<!-- wp:embed {"url":"https://www.youtube.com/watch?v=abc"} -->\n<figure class='
        '"wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://www.youtube.com/watch?v=abc'
        "\n</div></figure>\n<!-- /wp:embed -->",
    ],
)
def test_what_was_embedded_becomes_a_link(text):
    address = "https://www.youtube.com/watch?v=abc"
    body = converted(text)
    assert body.html == f'<p><a href="{address}">{address}</a></p>'
    assert body.notes == (f"What came from other sites became links: {address}.",)


def test_shortcodes_that_nobody_knows_stay_and_are_named():
    body = converted(
        "a [contact-form-7 id=\"4\" title='x'] [sic] [1] [[gallery]] [su_box]b[/su_box]"
    )
    assert body.html == (
        "<p>a [contact-form-7 id=\"4\" title='x'] [sic] [1] [gallery] [su_box]b[/su_box]</p>"
    )
    assert body.notes == (
        "Nobody here knows these, so they stay as they are: [contact-form-7], [su_box].",
    )


def test_links_into_the_old_site_lead_to_the_new_one():
    body = converted(
        '<a href="https://old.example/2019/05/heel/">a</a> <a href="https://old.example/gone/">b</a>'
        ' <a href="https://far.example/?a=1&amp;b=2">c</a> <a href="#d">d</a> '
        '<a href="javascript:e()">e</a> <a name="f">f</a>'
    )
    assert body.html == (
        '<p><a href="/articles/heel/">a</a> <a href="https://old.example/gone/">b</a> '
        '<a href="https://far.example/?a=1&amp;b=2">c</a> d e f</p>'
    )
    assert body.notes == (
        "These links lead to pages that are not in the export: https://old.example/gone/.",
        "Links within the page became words: 1.",
    )


def test_footnotes_stand_where_they_are_referred_to():
    text = (
        '<!-- wp:paragraph --><p>a<sup data-fn="k" class="fn"><a href="#k" id="k-link">1</a></sup>.'
        "</p><!-- /wp:paragraph --><!-- wp:footnotes /-->"
    )
    notes = '[{"content":"See <em>b</em><script>x()</script>.","id":"k"}, 7]'
    body = converted(text, footnotes=notes)
    assert (body.html, body.notes) == ('<p>a<sup data-note="">See <em>b</em>.</sup>.</p>', ())
    assert html_of(text, footnotes="{broken") == "<p>a.</p>"


def test_reused_blocks_are_put_in_and_made_ones_are_named():
    text = '<!-- wp:block {"ref":5} /--><!-- wp:latest-posts {"postsToShow":3} /-->'
    body = converted(text, reused={"5": "<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph -->"})
    assert body.html == "<p>a</p>"
    assert body.notes == ("These blocks were made by WordPress and are left out: latest-posts.",)


def test_nothing_harmful_survives_and_its_loss_is_told():
    body = converted(
        "a<script>b()</script><style>c{}</style><p onclick='d()' style='x'>e</p><svg>f</svg>"
    )
    assert body.html == "<p>a</p><p>e</p>"
    assert body.notes == ("These were left out: <script>, <style>, <svg>.",)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        "[caption]" * 20_000,
        "<!--" * 50_000,
        "<" * 50_000,
        "<div>" * 3_000 + "a",
        "<figure><figcaption>" * 500 + "a",
        "</figcaption></figure></li></table>a<td>b",
        "<h2><table><tr><td><figure><figcaption><h3>a<img>",
        '<!-- wp:block {"ref":5} /-->',
    ],
)
def test_hostile_bodies_come_to_an_end(text):
    reused = {"5": '<!-- wp:block {"ref":5} /-->' * 10}
    assert sanitize(html_of(text, reused=reused)) == html_of(text, reused=reused)


def test_no_word_is_lost():
    text = (
        "One <b>two</b>\n\n<h2>three <em>four</em></h2>[caption id='attachment_9']<img "
        "class='wp-image-9'>five[/caption]<table><tr><td>six<td>seven</table><div>eight<ul><li>nine"
        "</ul><section>ten</section></div>[unknown]eleven[/unknown] <details><summary>twelve"
        "</summary>thirteen</details><button>fourteen</button>"
    )
    assert " ".join(plain_text(html_of(text)).split()) == (
        "One two three four five six seven eight nine ten [unknown]eleven[/unknown] twelve thirteen"
        " fourteen"
    )


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("A <em>b</em> &amp; c&nbsp;&#8217; <script>x</script>", "A b & c ’"),
        ("5 &lt; 6 &amp;amp;", "5 < 6 &amp;"),
        ("", ""),
    ],
)
def test_titles_and_excerpts_are_plain_words(html, words):
    assert plain(html) == words


def test_pictures_get_the_numbers_of_the_library():
    html = '<figure data-image="2"></figure><p>1</p><figure data-image="1"></figure>'
    assert with_keys(html, [70, 80]) == (
        '<figure data-image="80"></figure><p>1</p><figure data-image="70"></figure>'
    )
