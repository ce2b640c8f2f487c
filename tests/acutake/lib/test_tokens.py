from datetime import UTC, datetime, timedelta

import pytest
from django.core.signing import BadSignature, SignatureExpired

from acutake.lib.tokens import check_token, fingerprint, make_token

NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
DAY = timedelta(hours=24)


def check(token, subject="7", *, purpose="comment", at=NOW):
    check_token(token, subject, purpose=purpose, max_age=DAY, at=at)


def test_a_token_is_accepted_at_once_and_until_it_is_too_old():
    token = make_token("7", purpose="comment", at=NOW)
    check(token)
    check(token, at=NOW + DAY)
    with pytest.raises(SignatureExpired):
        check(token, at=NOW + DAY + timedelta(seconds=1))


def test_a_subject_may_hold_the_separator():
    check(make_token("a:b", purpose="comment", at=NOW), "a:b")


@pytest.mark.parametrize(
    ("subject", "purpose"), [("8", "comment"), ("7", "enquiry"), ("", "comment")]
)
def test_a_token_made_for_something_else_is_refused(subject, purpose):
    token = make_token("7", purpose="comment", at=NOW)
    with pytest.raises(BadSignature):
        check(token, subject, purpose=purpose)


@pytest.mark.parametrize("token", ["", ":", "1:7", "1:7:forged", "\U0001f40c:7:ü", "x" * 100_000])
def test_what_is_no_token_is_refused(token):
    with pytest.raises(BadSignature):
        check(token)


def test_a_token_with_another_date_is_refused():
    token = make_token("7", purpose="comment", at=NOW)
    seconds, rest = token.split(":", 1)
    with pytest.raises(BadSignature):
        check(f"{int(seconds) + 1}:{rest}")


def test_fingerprint_is_the_same_for_the_same_words_and_purpose_only():
    first = fingerprint(("a", "b"), purpose="form")
    assert first == fingerprint(("a", "b"), purpose="form")
    others = {fingerprint(("ab",), purpose="form"), fingerprint(("a", "b"), purpose="other")}
    assert len({first, *others}) == 3
