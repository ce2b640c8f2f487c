"""What a link opens, and what it does not open any more."""

from datetime import timedelta

import pytest

from comments.links import Purpose, make_token, read_token
from comments.models import Comment
from tests.comments.factories import NOW, make_comment

pytestmark = pytest.mark.django_db

SECOND, YEAR = timedelta(seconds=1), timedelta(days=365)


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_opens_its_comment_whatever_its_clock_says(purpose):
    for written_at in (NOW - YEAR, NOW + timedelta(microseconds=999_999), NOW + YEAR):
        comment = make_comment(created_at=written_at)
        token = make_token(purpose, comment, at=NOW)
        assert read_token(purpose, token, at=NOW) == comment


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("written_at", [NOW + SECOND, NOW - YEAR], ids=["later", "imported"])
def test_a_link_opens_no_other_comment_that_got_its_number(purpose, written_at):
    comment = make_comment(created_at=NOW)
    token, number = make_token(purpose, comment, at=NOW), comment.pk
    comment.delete()
    make_comment(pk=number, created_at=written_at)

    with pytest.raises(Comment.DoesNotExist):
        read_token(purpose, token, at=NOW)
