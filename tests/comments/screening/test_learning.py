from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from comments import moderation
from comments.models import Comment, LearnedWords
from comments.screening import learning
from comments.screening.learning import FEWEST_OF_EACH, learn, looks_like_spam, words_of
from tests.articles.factories import make_article
from tests.comments.factories import NOW, make_comment, make_moderator
from tests.comments.screening.factories import make_submission

pytestmark = pytest.mark.django_db

SPAM = "Cheap casino bonus, click now for free spins"
HAM = "My acupuncturist placed needles and the migraine was gone for a week"


@pytest.fixture
def decided():
    """As many as it takes, decided by a moderator."""
    article, moderator = make_article(), make_moderator()

    def decide(spam=FEWEST_OF_EACH, ham=FEWEST_OF_EACH, **fields):
        rows = [("spam", SPAM)] * spam + [("approved", HAM)] * ham
        values = {"decided_by": moderator, "decided_at": NOW} | fields
        for status, body in rows:
            make_comment(article=article, status=status, **{"body": body} | values)

    return decide


def found(body, **fields):
    return looks_like_spam(make_submission(article=None, body=body, **fields))


def test_what_moderators_marked_as_spam_is_known_again(decided):
    decided()
    learn(at=NOW)
    reason = found("Free casino: click for the bonus")[0]
    assert (reason["code"], reason["words"]) == (
        "learned",
        ["bonus", "casino", "click", "free"],
    )
    assert 0.999 < reason["likelihood"] <= 1
    assert found("The needles helped with my migraine") == []
    assert found("Something that nobody ever wrote") == []


def test_one_word_is_not_enough(decided):
    decided()
    learn(at=NOW + timedelta(seconds=1))
    assert found("A casino is where my migraine began") == []
    assert found("casino!!!") == []


@pytest.mark.parametrize(("spam", "ham"), [(FEWEST_OF_EACH - 1, 99), (99, FEWEST_OF_EACH - 1)])
def test_too_few_decisions_say_nothing(decided, spam, ham):
    decided(spam=spam, ham=ham)
    learn(at=NOW + timedelta(seconds=2))
    assert found(SPAM) == []


def test_nothing_is_said_before_anything_was_learned():
    assert found(SPAM) == []


@pytest.mark.parametrize(
    "fields",
    [{"decided_by": None}, {"body": ""}, {"status": "removed"}, {"status": "pending"}],
)
def test_only_what_moderators_decided_and_is_still_there_is_learned(decided, fields):
    decided(spam=2, ham=0)
    values = {"status": "spam", "body": SPAM, "decided_by": make_moderator(), "decided_at": NOW}
    make_comment(**values | fields)
    learned = learn(at=NOW)
    assert (learned.spam_comments, learned.ham_comments) == (2, 0)


def test_editors_own_words_are_not_learned(decided):
    decided(spam=2, ham=2)
    make_comment(editor=make_moderator(), decided_by=make_moderator(), decided_at=NOW)
    assert learn(at=NOW).ham_comments == 2


def test_what_was_erased_or_decided_otherwise_is_forgotten(decided):
    decided(spam=2, ham=2)
    assert "casino" in learn(at=NOW).counts
    Comment.objects.filter(status="spam").update(body="", commenter_name="")
    row = learn(at=NOW)
    assert ("casino" in row.counts, row.spam_comments) == (False, 0)
    assert LearnedWords.objects.count() == 1


def test_only_the_latest_decisions_are_learned(decided, monkeypatch):
    monkeypatch.setattr(learning, "MOST_OF_EACH", 3)
    decided(spam=5, ham=0)
    decided(spam=0, ham=5)
    learned = learn(at=NOW)
    assert (learned.spam_comments, learned.ham_comments) == (3, 3)


def test_no_more_words_are_kept_than_allowed(decided, monkeypatch):
    monkeypatch.setattr(learning, "MOST_WORDS", 4)
    decided(spam=2, ham=2)
    assert len(learn(at=NOW).counts) == 4


def test_words_names_and_sites_are_told_apart():
    assert words_of("Casino King", "", "See the c\u0430sino at https://www.gel.example/a") == {
        *("name:casino", "name:king", "site:gel.example", "has:link"),
        *("see", "the", "casino", "at"),
    }


def test_where_no_spaces_are_written_pairs_of_letters_are_words():
    assert {"赌场", "最好"} <= words_of("", "", "最好的赌场")


def test_reading_what_was_learned_is_one_query_once_it_is_known(decided, django_assert_num_queries):
    decided()
    learn(at=NOW + timedelta(seconds=3))
    with django_assert_num_queries(2):
        found(SPAM)
    with django_assert_num_queries(1):
        assert found(SPAM) != []
    Comment.objects.filter(status="spam").update(status="approved")
    learn(at=NOW + timedelta(seconds=4))
    assert found(SPAM) == []


@pytest.mark.parametrize("number", [10, 40])
def test_learning_takes_as_many_queries_for_any_number(decided, django_assert_num_queries, number):
    decided(spam=number, ham=number)
    learn(at=NOW)
    # Both kinds; the row, found and written within a savepoint.
    with django_assert_num_queries(6):
        learn(at=NOW)


def test_it_is_learned_after_enough_decisions_and_not_after_each():
    article, moderator = make_article(), make_moderator()
    comments = [make_comment(article=article, status="pending") for _ in range(45)]
    for number, comment in enumerate(comments, start=1):
        moderation.mark_spam(comment, at=NOW, by=moderator)
        queued = DBTaskResult.objects.filter(task_path__endswith="learn_from_decisions").count()
        assert queued == number // learning.DECISIONS_TO_LEARN_FROM


def test_the_command_says_what_was_learned(decided):
    decided(spam=2, ham=3)
    out = StringIO()
    call_command("learn_spam", stdout=out)
    assert out.getvalue().splitlines()[1:] == [
        "It judges from 50 of each on.",
        "Bans that ended: 0.",
    ]
    assert "from 2 comments that moderators marked as spam and 3" in out.getvalue()
