from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acutake.lib.text import clean_lines
from comments.bodies import PLAIN_ADDRESS, is_web_address, render_body


def test_paragraphs_and_lines_are_told_apart():
    assert render_body("one\ntwo\n\nthree") == (
        '<p dir="auto">one<br>\ntwo</p>\n<p dir="auto">three</p>'
    )


def test_markup_is_text():
    assert render_body("<script>alert('1')</script> & \"x\"") == (
        '<p dir="auto">&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt; &amp; &quot;x&quot;</p>'
    )


def link(href, text):
    return f'<a href="{href}" rel="nofollow ugc noopener">{text}</a>'


@pytest.mark.parametrize(
    ("typed", "rendered"),
    [
        (
            "See https://doi.org/10.2522/ptj.20130255.",
            "See " + link(*["https://doi.org/10.2522/ptj.20130255"] * 2) + ".",
        ),
        (
            "(https://example.org/a_(b))",
            "(" + link(*["https://example.org/a_(b)"] * 2) + ")",
        ),
        (
            "http://example.org/?a=1&b=2#c, and",
            link(*["http://example.org/?a=1&amp;b=2#c"] * 2) + ", and",
        ),
        (
            "https://example.org/Straße|x/100%",
            link("https://example.org/Stra%C3%9Fe%7Cx/100%25", "https://example.org/Straße|x/100%"),
        ),
        (
            "https://example.org/{2}`^\\",
            link("https://example.org/%7B2%7D%60%5E%5C", "https://example.org/{2}`^\\"),
        ),
        (
            "[url=http://x.test]y[/url]",
            "[url=" + link(*["http://x.test"] * 2) + "]y[/url]",
        ),
        (
            "[https://en.wikipedia.org/wiki/Meridian_(medicine)]",
            "[" + link(*["https://en.wikipedia.org/wiki/Meridian_(medicine)"] * 2) + "]",
        ),
    ],
)
def test_web_addresses_become_links_without_the_sentence_around_them(typed, rendered):
    assert render_body(typed) == f'<p dir="auto">{rendered}</p>'


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "https://",
        "https://[broken",
        "https://nohost",
        "https://bank.example.org@evil.example.org/",
        "https://example.org/" + "x" * 2_000,
        "someone@example.org",
        "xhttps://example.org",
    ],
)
def test_what_is_no_plain_web_address_stays_text(typed):
    assert render_body(typed) == f'<p dir="auto">{typed}</p>'


@given(st.from_regex(PLAIN_ADDRESS, fullmatch=True))
def test_a_plain_address_would_pass_all_that_it_is_spared(address):
    is_web_address(address)
    parts = urlsplit(address)
    assert (parts.geturl(), quote(parts.path), "@" in parts.netloc) == (address, parts.path, False)


def test_without_links_addresses_are_text():
    typed = "Buy <here>\nhttps://example.org/a"
    assert render_body(typed, has_links=False) == (
        '<p dir="auto">Buy &lt;here&gt;<br>\nhttps://example.org/a</p>'
    )


def test_an_address_cannot_leave_its_attribute():
    assert render_body("https://example.org/'onclick='x'\"><b>") == (
        '<p dir="auto">'
        + link(
            "https://example.org/&#x27;onclick=&#x27;x", "https://example.org/&#x27;onclick=&#x27;x"
        )
        + "&#x27;&quot;&gt;&lt;b&gt;</p>"
    )


@given(st.text())
def test_any_text_can_be_kept_and_shown(text):
    kept = clean_lines(text)
    assert clean_lines(kept) == kept
    html = render_body(kept)
    html.encode()
    assert html.count("<p ") == html.count("</p>")


@pytest.mark.parametrize("typed", ["https://" + ")" * 9_990, "https://a.b " * 830, "\n \n" * 3_000])
def test_hostile_repetition_is_answered(typed):
    assert render_body(clean_lines(typed)) is not None
