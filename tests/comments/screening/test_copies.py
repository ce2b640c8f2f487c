from datetime import timedelta

import pytest

from comments.screening.copies import LOOKED_BACK, body_key, is_a_copy
from tests.comments.factories import NOW, make_comment, make_moderator
from tests.comments.screening.factories import make_submission

pytestmark = pytest.mark.django_db

TEXT = "I have tried this gel for weeks and it has changed my whole life, friends."


def sent_before(body=TEXT, **fields):
    values = {"body": body, "body_key": body_key(body), "status": "pending", "created_at": NOW}
    return make_comment(**values | fields)


def found(body=TEXT, **fields):
    return is_a_copy(make_submission(article=None, body=body, **fields))


def test_copies_have_one_key_whatever_their_digits_and_punctuation():
    assert body_key(TEXT.upper() + " 4711 !!!") == body_key(TEXT)
    assert body_key(TEXT.replace("life", "lif\u00e9 ")) == body_key(TEXT)
    assert body_key(TEXT + " Really.") != body_key(TEXT)
    assert len(body_key(TEXT)) == 64


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Thank you so much!",
        "谢谢这篇文章",
        "1234567890" * 20,
        "!!" * 99,
    ],
)
def test_short_texts_and_texts_without_letters_have_none(body):
    assert body_key(body) == ""
    assert found(body) == []


def test_a_longer_text_in_han_has_one():
    assert body_key("请问针灸对偏头痛有帮助吗我做了三次治疗感觉好多了谢谢这篇文章") != ""


def test_a_first_text_is_no_copy():
    sent_before("Something else that is as long as a text has to be to be a copy.")
    assert found() == []


def test_a_copy_is_told_with_how_often_it_came():
    sent_before()
    sent_before(TEXT + "!")
    assert found() == [{"code": "copy", "count": 2, "articles": 2}]


def test_a_copy_of_what_a_moderator_marked_as_spam_is_told():
    sent_before(status="spam", decided_by=make_moderator())
    assert found() == [{"code": "copy_of_spam"}]


def test_what_was_marked_by_a_machine_is_a_copy_and_no_more():
    sent_before(status="spam")
    assert found() == [{"code": "copy", "count": 1, "articles": 1}]


def test_what_moderators_disagree_about_is_a_copy_and_no_more():
    sent_before(status="spam", decided_by=make_moderator())
    sent_before(status="approved", decided_by=make_moderator())
    assert found() == [{"code": "copy", "count": 2, "articles": 2}]


def test_what_is_old_or_the_same_comment_is_not_looked_at():
    sent_before(created_at=NOW - LOOKED_BACK - timedelta(seconds=1))
    own = sent_before()
    assert found(pk=own.pk) == []
