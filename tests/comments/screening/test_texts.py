"""What the checks say that look at nothing but what was typed."""

import unicodedata
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.screening import in_words, traps, web_links, writing
from comments.screening.wording import WORDINGS
from tests.comments.factories import NOW
from tests.comments.screening.factories import make_submission
from tests.comments.screening.sentences import ORDINARY

CHECKS = (web_links.leads_elsewhere, writing.imitates_letters, writing.is_gibberish)


def reasons(check, **fields):
    return check(make_submission(article=None, **fields))


def codes(**fields):
    return [reason["code"] for check in CHECKS for reason in reasons(check, **fields)]


@pytest.mark.parametrize("language", ORDINARY)
def test_what_people_write_in_any_language_is_nothing_special(language):
    assert codes(body=ORDINARY[language]) == []


@pytest.mark.parametrize("language", ORDINARY)
def test_nor_is_it_with_its_accents_apart(language):
    assert codes(body=unicodedata.normalize("NFD", ORDINARY[language])) == []


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Bramble",
        "Łucja Szczęsna",
        "Ng",
        "Nguyễn Thị Hạnh",
        "Mbwlcn",
        "O’Brien",
        "李小龍",
        "McDonald",
    ],
)
def test_names_of_people_are_nothing_special(name):
    assert codes(name=name) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Best c\u0430sino in town", ["c\u0430sino"]),
        ("Buy v\u0456\u0430gra now", ["v\u0456\u0430gra"]),
        ("\u0421asino for you", ["\u0421asino"]),
        ("n\u03bfw cheap", ["n\u03bfw"]),
        ("𝐂𝐚𝐬𝐢𝐧𝐨 tonight", ["𝐂𝐚𝐬𝐢𝐧𝐨"]),
        ("ＣＡＳＩＮＯ tonight", ["ＣＡＳＩＮＯ"]),
    ],
)
def test_letters_that_imitate_others_are_told(body, words):
    assert reasons(writing.imitates_letters, body=body) == [{"code": "lookalikes", "words": words}]


@pytest.mark.parametrize(
    "word", ["SMS\u043a\u0430", "PDF\u0430", "\u03b1lipoic", "\u041a\u0438i\u0432", "\u043c\u043ej"]
)
def test_words_of_two_scripts_that_people_do_write_are_not(word):
    assert reasons(writing.imitates_letters, body=f"x {word} x") == []


@pytest.mark.parametrize(
    "body",
    ["cas\u200bino bo\u2060nus", "H\u0335\u0336\u0337\u0338\u0334\u031b\u0321\u0322\u0323ello"],
)
def test_hidden_letters_are_told(body):
    assert reasons(writing.imitates_letters, body=body) == [{"code": "hidden"}]


@pytest.mark.parametrize("marks", [9, 30, 31, 5_000])
def test_a_heap_of_marks_is_told_however_high(marks):
    body = "H" + "\u0301\u0316" * (marks // 2) + "\u0301" * (marks % 2) + "ello to all of you"
    assert codes(body=body) == ["hidden"]


@pytest.mark.parametrize("body", ["Z\u0300\u0323\u0489algo", "שָׁ֣ל֔וֹם", "e\u0323\u0302" * 40])
def test_a_few_marks_are_no_heap(body):
    assert codes(body=f"I am fond of {body} and of you") == []


def test_a_link_behind_a_heap_of_marks_is_a_link():
    heap = "\u0301\u0316" * 2_000
    assert web_links.hosts_of(f"x{heap} www.shop.example") == {"shop.example"}


@pytest.mark.parametrize(
    "typed",
    ["kjhgsdfkjhg sdkfjhgskdjf", "asdfghjkl", "XrBvKqWmTzLp", "qwertyuiop zxcvbnm", "fgdhsjkrtw"],
)
def test_gibberish_is_told_of_a_body_and_of_a_name(typed):
    assert [reason["code"] for reason in reasons(writing.is_gibberish, body=typed)] == ["gibberish"]
    assert [reason["code"] for reason in reasons(writing.is_gibberish, name=typed)] == ["gibberish"]


def test_a_strange_word_in_a_sentence_is_no_gibberish():
    body = "My insurer calls it XrBvKqWmTzLp in its letter, whatever that may be."
    assert reasons(writing.is_gibberish, body=body) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("I read it at https://pubmed.ncbi.nlm.nih.gov/123/ the other day, and you?", []),
        ("The study that you mention is at doi.org/10.1000/182, I think. Is it?", []),
        ("Thanks.Com on, e.g.so, i.e.this, the U.S.A. and 3.5.Now.", []),
        ("https://a.example https://b.example https://c.example", ["many_links", "mostly_links"]),
        ("cheap-gel.shop", ["mostly_links"]),
        ("WWW.CHEAP.EXAMPLE ok", ["mostly_links"]),
        ("ｗｗｗ．cheap．example ok", ["mostly_links"]),
        ('Very nice article, I learned a lot <a href="https://x.example">gel</a>', ["markup"]),
        ("Very nice article, I learned a lot of it [url=https://x.example]gel[/url]", ["markup"]),
        ("Dr. Ada cured me for good, write to her at ada.cures@mail.example", ["contact"]),
        ("He cured me for good, he is on WhatsApp under +234 803 123 4567.", ["contact"]),
        ("Call me at (212) 555-0100 for more.", ["contact"]),
        ("From 2019 to 2024 I had 120 sessions of 45 minutes for 80 dollars.", []),
        (
            "See http://testserver/articles/heel/ and http://testserver/a/ and http://testserver/b/",
            [],
        ),
    ],
)
def test_what_leads_elsewhere(settings, body, expected):
    settings.SITE_URL = "http://testserver"
    found = reasons(web_links.leads_elsewhere, body=body)
    assert [reason["code"] for reason in found] == expected


def test_links_are_named_by_their_hosts():
    body = (
        " and ".join(f"https://www.shop-{number}.example/a" for number in range(5)) + " word" * 30
    )
    assert reasons(web_links.leads_elsewhere, body=body) == [
        {
            "code": "many_links",
            "count": 5,
            "hosts": ["shop-0.example", "shop-1.example", "shop-2.example"],
        }
    ]


@pytest.mark.parametrize(
    ("age", "expected"),
    [(-1, []), (0, [0]), (2.9, [2]), (3, []), (86_000, []), (None, [])],
)
def test_a_form_that_is_seconds_old_was_sent_too_fast(age, expected):
    made_at = None if age is None else NOW - timedelta(seconds=age)
    found = reasons(traps.was_sent_too_fast, form_made_at=made_at)
    assert found == [{"code": "too_fast", "seconds": seconds} for seconds in expected]


HOSTILE = [
    "a" * 10_000,
    "a." * 5_000,
    "a-" * 5_000,
    "www." * 2_500,
    "http://" * 1_400,
    "[url" * 2_500,
    "<a " * 3_300,
    "a@" * 5_000,
    "+1" * 5_000,
    "1-" * 5_000,
    "\u0301" * 10_000,
    "\u0301\u0316" * 5_000,
    "\u0301" * 5_000 + "\u0316" * 5_000,
    "\u0f73" * 10_000,
    "\u0430a" * 5_000,
    "ﷺ" * 10_000,
    "\U0001d400" * 10_000,
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_read_in_one_go(body):
    for check in CHECKS:
        in_words(reasons(check, body=body, name=body[:80]))


@given(st.text(), st.text(max_size=80))
def test_any_text_is_judged(body, name):
    for check in CHECKS:
        for reason in reasons(check, body=body, name=name, website=name):
            assert reason["code"] in WORDINGS
            assert "no longer known" not in in_words([reason])[0]
