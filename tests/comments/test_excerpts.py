"""What somebody typed, in a mail: no address that a mail program would make a link of."""

import unicodedata

import pytest

from comments.excerpts import excerpt, quoted, shortened


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://evil.example/x?y=1, then", "See ~ then"),
        ("HTTP://EVIL.EXAMPLE", "~"),
        ("www.evil.example/a b", "~ b"),
        ("evil.com and evil.co.uk/now", "~ and ~"),
        ("mailto:bo@evil.example bo+x@evil.example.", "~ ~."),
        ("ftp://evil", "~"),
        ("It hurt.Then it did not. 3.5 miles, e.g. uphill", None),
        ("Ελληνικά 中文 العربية 👩‍⚕️", None),
    ],
)
def test_every_address_gives_way(text, expected):
    assert excerpt(text, limit=200, instead="~") == (expected or text)


def test_it_is_no_longer_than_allowed():
    assert excerpt("word " * 100, limit=20, instead="~") == "word word word word…"


def test_it_holds_no_heap_of_marks():
    heap = "\u0301" * 100
    assert shortened(f"a{heap}b", 20) == unicodedata.normalize("NFC", f"a{heap[:30]}b")


def test_every_line_of_a_quotation_is_marked():
    assert quoted("a\n\nb") == "> a\n>\n> b"
