"""The allowlist, the headings' ids, the figures, the words."""

from datetime import timedelta

import pytest

from articles.html import image_keys, plain_text, reading_minutes, render_body, sanitize
from articles.publishing import change_slug
from tests.articles.factories import NOW, make_article, make_image
from tests.directory.factories import make_practitioner, make_specialty


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p onclick='x()'>a</p>", "<p>a</p>"),
        ("<p style='color:red' class='x' id='main'>a</p>", "<p>a</p>"),
        ("a<script>alert(1)</script>b", "ab"),
        ("<style>p{}</style><p>a</p>", "<p>a</p>"),
        ("<svg><text>a</text><script>b</script></svg>c", "c"),
        ("<iframe src='https://x.example'>a</iframe>b", "b"),
        ("<img src='https://x.example/y.png' onerror='x()'>a", "a"),
        ("<a href='javascript:alert(1)'>a</a>", "<a>a</a>"),
        ("<a href=' JaVa\tScRiPt:alert(1)'>a</a>", "<a>a</a>"),
        ("<a href='data:text/html,x'>a</a>", "<a>a</a>"),
        (
            "<a href='/articles/x/' target='_blank' onclick='x()'>a</a>",
            '<a href="/articles/x/">a</a>',
        ),
        ("<a href='mailto:a@example.org'>a</a>", '<a href="mailto:a@example.org">a</a>'),
        ("<h1>a</h1><h2>b</h2><h5>c</h5>", "a<h2>b</h2>c"),
        ("<!-- a --><p>b</p>", "<p>b</p>"),
        ("<figure data-image='7'></figure>", '<figure data-image="7"></figure>'),
        ("<figure data-image='7&quot; onload=x'></figure>", "<figure></figure>"),
        ("<figure data-image='-1'></figure>", "<figure></figure>"),
        ("<form action='/x'><input name='a'><button>b</button></form>", "b"),
        ("<ol start='3'><li>a</li></ol>", '<ol start="3"><li>a</li></ol>'),
        ("<ol start='x'><li>a</li></ol>", "<ol><li>a</li></ol>"),
        ("<aside data-kind='callout' class='x'>a</aside>", '<aside data-kind="callout">a</aside>'),
        ("<aside data-kind='x&quot; onclick=y'>a</aside>", "<aside>a</aside>"),
        ("<sup data-note='<b>'>a</sup>", '<sup data-note="">a</sup>'),
        ("<a data-article='7' data-x='8'>a</a>", '<a data-article="7">a</a>'),
        ("<a data-practitioner='7 OR 1'>a</a>", "<a>a</a>"),
        ("<code>a</code> & <u>b</u> < c", "a &amp; b &lt; c"),
        (
            "<table onclick='x()'><tr><th scope='col' colspan='2'>a</th><td rowspan='x'>b</table>",
            '<table><tbody><tr><th scope="col" colspan="2">a</th><td>b</td></tr></tbody></table>',
        ),
        ("<table><p>a</p><tr><td>b", "<p>a</p><table><tbody><tr><td>b</td></tr></tbody></table>"),
        ("<math><mi><style><img src=x onerror=y></style></mi></math>a", "a"),
    ],
)
def test_only_what_a_body_may_hold_is_kept(typed, kept):
    assert sanitize(typed) == kept
    assert sanitize(kept) == kept


def test_everything_a_body_may_hold_survives():
    body = (
        "<h2>a</h2><h3>b</h3><h4>c</h4><p><strong>d</strong> <em>e</em><br>f</p><ul><li>g</li></ul>"
        "<ol><li>h</li></ol><blockquote><p>i</p></blockquote><hr>"
        '<figure data-image="7"><figcaption>j <em>k</em></figcaption></figure>'
        '<aside data-kind="pullquote"><p>l</p></aside><aside data-kind="callout"><p>m</p></aside>'
        '<p>n<sup data-note="">o <em>p</em></sup> q<sup>2</sup> r<sub>s</sub></p>'
        '<p><a data-article="1">t</a><a data-practitioner="2">u</a><a data-specialty="3">v</a></p>'
        "<table><caption>w</caption><thead><tr><th>x</th></tr></thead><tbody><tr><td><p>y</p></td>"
        "</tr></tbody></table>"
    )
    assert sanitize(body) == body


def test_headings_get_ids_that_are_unique_and_apart_from_those_of_the_page():
    body = "<h2>Two <em>muscles</em></h2><h3>Two muscles</h3><h2>肌肉</h2><h2>Main</h2>"
    assert render_body(body) == (
        '<h2 id="section-two-muscles">Two <em>muscles</em></h2>'
        '<h3 id="section-two-muscles-2">Two muscles</h3>'
        '<h2 id="section">肌肉</h2><h2 id="section-main">Main</h2>'
    )


@pytest.mark.parametrize("nothing", ["", " ", "&nbsp;", "<br>", "<em> </em>", "<a href='/x/'></a>"])
def test_a_heading_of_nothing_is_left_out(nothing):
    body = render_body(f"<h2>{nothing}</h2><p>a</p><h3>{nothing}</h3><h2>b</h2>")
    assert body == '<p>a</p><h2 id="section-b">b</h2>'


def test_a_link_that_leaves_the_site_says_so_to_the_browser():
    body = (
        '<a href="https://doi.org/10.1000/1">a</a><a href="//x.example/">b</a>'
        '<a href="http://testserver/about/">c</a><a href="/about/">d</a>'
    )
    assert render_body(body) == (
        '<a href="https://doi.org/10.1000/1" rel="noopener noreferrer">a</a>'
        '<a href="//x.example/" rel="noopener noreferrer">b</a>'
        '<a href="http://testserver/about/">c</a><a href="/about/">d</a>'
    )


@pytest.mark.parametrize("href", ["http://[", "https://[::1", "//[x"])
def test_a_malformed_link_is_no_error(href):
    assert ">a</a>" in render_body(f'<a href="{href}">a</a>')


def test_text_that_looks_like_markup_stays_text():
    assert render_body("<p>1 &lt; 2 &amp; &lt;script&gt;</p>") == (
        "<p>1 &lt; 2 &amp; &lt;script&gt;</p>"
    )


@pytest.mark.django_db
def test_a_figure_shows_the_image_with_its_caption_and_credit():
    image = make_image(
        size=(12, 8), alt_text='A "calf"', credit="Photo: R. Reed", long_description="TrP1: inner."
    )
    html = render_body(
        f'<figure data-image="{image.pk}"><figcaption>The <em>calf</em> &lt;3</figcaption></figure>'
    )
    assert f'src="{image.file.url}"' in html
    assert (
        'width="12" height="8" alt="A &quot;calf&quot;" aria-details="picture-1-in-words"' in html
    )
    assert '<span class="figure__caption">The <em>calf</em> &lt;3</span>' in html
    assert '<span class="figure__credit">Photo: R. Reed</span>' in html
    assert "<p>TrP1: inner.</p>" in html
    assert "srcset" not in html


@pytest.mark.django_db
def test_a_figure_without_a_caption_of_its_own_has_that_of_the_image():
    image = make_image(caption="From the <library>")
    html = render_body(f'<figure data-image="{image.pk}"></figure>')
    assert '<span class="figure__caption">From the &lt;library&gt;</span>' in html


@pytest.mark.django_db
def test_a_figure_without_an_image_of_the_library_is_left_out():
    gone = make_image()
    key = gone.pk
    gone.delete()
    body = f'<p>a</p><figure data-image="{key}"><figcaption>b</figcaption></figure><p>c</p>'
    assert render_body(body) == "<p>a</p><p>c</p>"
    assert render_body("<figure><figcaption>b</figcaption></figure>d") == "d"


@pytest.mark.django_db
def test_what_is_nested_in_a_figure_or_strays_out_of_one_cannot_break_the_page():
    image = make_image()
    html = render_body(
        f'<figure data-image="{image.pk}"><p>x</p><figcaption>a<figure data-image="{image.pk}">'
        "<figcaption>inner</figcaption></figure></figcaption></figure><p>b</p>"
    )
    assert html.count("<figure") == html.count("</figure>") == 1
    assert html.endswith("<p>b</p>")
    assert "inner" not in html
    assert "figcaption" not in render_body("<figcaption>c</figcaption>")


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_figures_take_two_queries_however_many(number, django_assert_num_queries):
    body = "".join(f'<figure data-image="{make_image().pk}"></figure>' for _ in range(number))
    with django_assert_num_queries(2):
        assert render_body(body).count("<img") == number


def test_a_body_without_figures_asks_the_database_nothing():
    assert render_body("<p>a</p>") == "<p>a</p>"


def test_a_pull_quote_and_a_callout_stand_apart_and_nothing_else_does():
    body = (
        '<aside data-kind="pullquote"><p>a</p></aside><aside data-kind="callout"><ul><li>b</li>'
        "</ul></aside><aside><p>c</p></aside>"
    )
    assert render_body(body) == (
        '<aside class="pullquote"><p>a</p></aside><aside class="callout"><ul><li>b</li></ul>'
        "</aside><p>c</p>"
    )


def test_links_and_tables_in_each_other_come_to_rest_at_once():
    kept = sanitize("<a href='/x/'>1<table><a href='/y/'>2<tr><td><a href='/z/'>3<table>4")
    assert sanitize(kept) == kept
    assert "".join(plain_text(kept).split()) == "1234"


def test_a_wide_table_scrolls_by_itself():
    table = "<table><tbody><tr><td>a</td></tr></tbody></table>"
    assert render_body(f"{table}<p>b</p>") == (
        f'<div class="table" role="group" tabindex="0" aria-label="Table">{table}</div><p>b</p>'
    )


def test_what_was_raised_or_lowered_stays_so():
    body = "<p>10 m<sup>2</sup>, CO<sub>2</sub></p>"
    assert render_body(body) == body


@pytest.mark.django_db
def test_a_link_by_number_follows_its_target_to_a_new_address():
    article, specialty = make_article(slug="old"), make_specialty(slug="trigger-point")
    practitioner = make_practitioner(slug="ada-example")
    body = (
        f'<a data-article="{article.pk}">a</a><a data-specialty="{specialty.pk}">b</a>'
        f'<a data-practitioner="{practitioner.pk}">c</a>'
    )
    change_slug(article, "new")
    assert render_body(body, at=NOW) == (
        '<a href="/articles/new/">a</a><a href="/acupuncturists/specialties/trigger-point/">b</a>'
        '<a href="/acupuncturists/ada-example/">c</a>'
    )


@pytest.mark.django_db
def test_a_link_to_what_the_public_may_not_see_leaves_its_words_alone():
    later = make_article(published_at=NOW + timedelta(minutes=1))
    unlisted = make_practitioner(listing="draft")
    body = (
        f'<p><a data-article="{later.pk}">a <em>b</em></a> <a data-practitioner="{unlisted.pk}">c'
        '</a> <a data-specialty="999">d</a> <a href="/about/">e</a></p>'
    )
    assert render_body(body, at=NOW) == ('<p>a <em>b</em> c d <a href="/about/">e</a></p>')
    address = later.get_absolute_url()
    assert f'<a href="{address}">a' in render_body(body, at=NOW + timedelta(minutes=1))


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_links_of_all_kinds_take_one_query_however_many(number, django_assert_num_queries):
    targets = [(make_article(), make_practitioner(), make_specialty()) for _ in range(number)]
    body = "".join(
        f'<a data-article="{article.pk}">a</a><a data-practitioner="{person.pk}">b</a>'
        f'<a data-specialty="{specialty.pk}">c</a>'
        for article, person, specialty in targets
    )
    with django_assert_num_queries(1):
        assert render_body(body, at=NOW).count("href=") == 3 * number


def test_image_keys_come_in_the_order_of_the_body():
    assert image_keys(sanitize("<figure data-image='9'></figure><figure data-image='2'>")) == [9, 2]


def test_plain_text_keeps_words_apart_and_markup_out():
    body = "<h2>One</h2><p>two<br>three <em>fo</em>ur &amp; five</p><ul><li>six</li><li>seven</ul>"
    assert plain_text(body) == "One\ntwo\nthree four & five\nsix\nseven"


def test_plain_text_holds_captions_and_no_scripts():
    body = '<figure data-image="1"><figcaption>a</figcaption></figure><script>b</script>'
    assert plain_text(body) == "a"


def test_plain_text_has_the_notes_last_or_not_at_all():
    body = '<p>One<sup data-note="">Smith <em>2001</em></sup> two.</p><p>Three</p>'
    assert plain_text(body) == "One two.\nThree\nSmith 2001"
    assert plain_text(body, with_notes=False) == "One two.\nThree"


@pytest.mark.parametrize(
    ("words", "minutes"), [(0, 1), (1, 1), (238, 1), (239, 2), (1190, 5), (1191, 6)]
)
def test_reading_minutes_are_rounded_up(words, minutes):
    assert reading_minutes(words) == minutes
