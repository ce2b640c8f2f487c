"""A body without the page around it."""

import pytest

from articles.feed_body import KEPT, feed_body
from articles.html import TAGS

SITE = "https://acutake.example"
PAGE = f"{SITE}/articles/heel/"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p class="a" id="b">a &amp; &lt;b&gt;</p>', "<p>a &amp; &lt;b&gt;</p>"),
        ('<h2 id="section-a">a</h2>', "<h2>a</h2>"),
        ('<a href="/about/">a</a>', '<a href="https://acutake.example/about/">a</a>'),
        ('<a href="#note-1">a</a>', f'<a href="{PAGE}#note-1">a</a>'),
        ('<a href="//x.example/b">a</a>', '<a href="https://x.example/b">a</a>'),
        ('<a href="mailto:a@x.example">a</a>', '<a href="mailto:a@x.example">a</a>'),
        ('<a href="https://[x/">a</a>', "<a>a</a>"),
        ("<a>a</a>", "<a>a</a>"),
        (
            '<picture><source srcset="/a.avif"><img src="/a.webp" alt="&quot;" width="9">'
            "</picture>",
            '<img src="https://acutake.example/a.webp" alt="&quot;">',
        ),
        (
            '<section class="notes"><ol start="2"><li>a</li></ol></section>',
            '<ol start="2"><li>a</li></ol>',
        ),
        ('<li>a <a role="doc-backlink" href="#b">↩</a></li>', "<li>a </li>"),
        ("<p>a<button>b <em>c</em><br></button>d</p>", "<p>ad</p>"),
        ("<nav><ol><li>a</li></ol></nav><p>b</p>", "<p>b</p>"),
        ("<span>a</span>", "a"),
        ('<a href="/b">a<span class="visually-hidden">b</span></a>', f'<a href="{SITE}/b">a</a>'),
        ("<figcaption><span>a</span></figcaption>", "<figcaption><p>a</p></figcaption>"),
        ("a<br>b<hr>", "a<br>b<hr>"),
        (
            '<div class="table" tabindex="0"><table><caption>a</caption><tbody><tr>'
            '<th scope="row">b</th><td colspan="2">c</td></tr></tbody></table></div>',
            "<table><caption>a</caption><tbody><tr>"
            '<th scope="row">b</th><td colspan="2">c</td></tr></tbody></table>',
        ),
        ("</p><p>a<em>b</p>c<nav><strong>d", "<p>a<em>b</em></p>c"),
        ("", ""),
    ],
)
def test_what_is_kept_stands_alone(html, expected):
    assert feed_body(html, page_url=PAGE) == expected


def test_whatever_an_editor_may_write_is_kept():
    assert KEPT >= TAGS
