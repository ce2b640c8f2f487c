from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comments.models import Ban, Phrase
from comments.screening import in_words, screen
from comments.screening.verdicts import AS_GOOD_AS_SURE, CERTAIN, SIGNS, verdict_of
from comments.screening.wording import WORDINGS
from tests.comments.factories import NOW
from tests.comments.screening.factories import make_submission

pytestmark = pytest.mark.django_db


def verdict(**fields):
    found = screen(make_submission(**fields))
    return found.status, [reason["code"] for reason in found.reasons]


def test_an_ordinary_comment_is_held_by_the_rule_of_the_site_alone():
    assert verdict() == ("pending", ["rule_all"])


def test_an_ordinary_comment_is_approved_where_only_links_are_held(settings):
    settings.COMMENTS_HOLD = "links"
    assert verdict() == ("approved", [])
    body = "What do you think of the study at www.example.org?"
    assert verdict(body=body) == ("pending", ["rule_links"])


def test_what_a_program_filled_is_spam_under_every_rule(settings):
    assert verdict(is_trapped=True) == ("spam", ["trap", "rule_all"])
    settings.COMMENTS_HOLD = "links"
    assert verdict(is_trapped=True) == ("spam", ["trap"])


def test_all_that_speaks_against_it_is_said(settings):
    settings.COMMENTS_HOLD = "links"
    fields = {
        "name": "Editor",
        "body": "cheap-c\u0430sino.shop +1 212 555 0100",
        "form_made_at": NOW - timedelta(seconds=1),
    }
    expected = ["name_office", "mostly_links", "contact", "lookalikes", "too_fast", "rule_links"]
    assert verdict(**fields) == ("pending", expected)


@pytest.mark.parametrize("code", sorted(set(WORDINGS) - CERTAIN))
def test_no_other_reason_makes_spam_by_itself(code):
    assert verdict_of([{"code": code}]).status == "pending"


def test_all_reasons_together_that_are_not_certain_make_no_spam():
    reasons = [{"code": code} for code in sorted(set(WORDINGS) - CERTAIN)]
    assert verdict_of(reasons).status == "pending"


@pytest.mark.parametrize("code", sorted(CERTAIN))
def test_a_certain_reason_makes_spam(code):
    assert verdict_of([{"code": "rule_all"}, {"code": code}]).status == "spam"


def test_the_learner_makes_spam_only_when_as_good_as_sure_and_confirmed():
    sure = {"code": "learned", "likelihood": AS_GOOD_AS_SURE}
    rather_sure = {"code": "learned", "likelihood": AS_GOOD_AS_SURE - 0.0001}
    assert verdict_of([sure]).status == "pending"
    assert verdict_of([sure, {"code": "rule_all"}, {"code": "name_letters"}]).status == "pending"
    for code in SIGNS:
        assert verdict_of([sure, {"code": code}]).status == "spam"
        assert verdict_of([rather_sure, {"code": code}]).status == "pending"


SAMPLES = [
    {"code": "trap"},
    {"code": "too_fast", "seconds": 2},
    {"code": "often_address", "limit": 6},
    {"code": "often_network", "limit": 10},
    {"code": "often_article", "limit": 40},
    {"code": "many_links", "count": 3, "hosts": ["a.example", "b.example"]},
    {"code": "mostly_links", "hosts": ["a.example"]},
    {"code": "markup"},
    {"code": "contact"},
    {"code": "copy", "count": 1, "articles": 1},
    {"code": "copy_of_spam"},
    {"code": "banned", "kind": "address", "reason": ""},
    {"code": "lookalikes", "words": ["c\u0430sino"]},
    {"code": "hidden"},
    {"code": "gibberish", "words": ["asdfghjkl"]},
    {"code": "learned", "likelihood": 0.98, "words": ["casino", "bonus"]},
    {"code": "phrase_hold", "words": ["miracle"]},
    {"code": "phrase_spam", "words": ["casino"]},
    {"code": "name_office"},
    {"code": "name_editor"},
    {"code": "name_listed"},
    {"code": "name_letters"},
    {"code": "akismet"},
    {"code": "akismet_sure"},
    {"code": "rule_all"},
    {"code": "rule_first", "is_known": False},
    {"code": "rule_links"},
]


def test_every_reason_has_words_of_its_own():
    assert sorted(sample["code"] for sample in SAMPLES) == sorted(WORDINGS)
    sentences = in_words(SAMPLES)
    assert len(set(sentences)) == len(SAMPLES)
    assert [sentence for sentence in sentences if "longer known" in sentence] == []


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (
            {"code": "learned", "likelihood": 0.98, "words": ["casino", "bonus"]},
            "It looks like what moderators marked as spam (98 %): “casino”, “bonus”.",
        ),
        (
            {"code": "learned", "likelihood": 1.0, "words": ["gel"]},
            "It looks like what moderators marked as spam (99.99 %): “gel”.",
        ),
        (
            {"code": "many_links", "count": 5, "hosts": ["a.example", "b.example"]},
            "It names 5 web addresses (a.example, b.example).",
        ),
        (
            {"code": "banned", "kind": "network", "reason": "50 % off"},
            "Its network is banned. (50 % off)",
        ),
        ({"code": "gone"}, "Held for a reason that is no longer known (gone)."),
        ({"code": "many_links"}, "Held for a reason that is no longer known (many_links)."),
        ({}, "Held for a reason that is no longer known (None)."),
    ],
)
def test_reasons_in_words(reason, words):
    assert in_words([reason]) == [words]


@pytest.mark.parametrize("rows", [0, 3])
def test_a_screening_takes_six_queries_at_most(django_assert_num_queries, settings, rows):
    settings.COMMENTS_HOLD = "first"
    for number in range(rows):
        Ban.objects.create(kind="network", value=f"192.0.{number}.0/24", created_at=NOW)
        Phrase.objects.create(text=f"word {number}")
    submission = make_submission(body="A question that is long enough to be somebody's copy. " * 2)
    # Bans, phrases, copies, names, what was learned, and whether the address is known.
    with django_assert_num_queries(6):
        screen(submission)


class AnyText(TestCase):
    @given(st.text(), st.text(max_size=80), st.text(max_size=80), st.text(max_size=40))
    def test_any_text_has_a_verdict_in_words(self, body, name, email, network):
        typed = {"body": body, "name": name, "email": email, "network": network}
        found = screen(make_submission(**typed))
        assert found.status in {"pending", "spam"}
        assert len(in_words(found.reasons)) == len(found.reasons)
