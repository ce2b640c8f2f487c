"""What is read for a thread: the same words as on the rows themselves."""

from datetime import UTC, datetime, timedelta

import pytest

from comments.models import Comment
from comments.reading import Asked, place_of, read_page, read_thread, takes_replies
from directory.models import Practitioner
from tests.articles.factories import make_article
from tests.comments.factories import make_comment, make_moderator
from tests.directory.factories import make_licensed

pytestmark = pytest.mark.django_db
STATUS = Comment.Status


def read(article, **asked):
    """A page of the article's thread."""
    return read_page(read_thread(article), Asked(**asked))


def make_many(article, number, **fields):
    """So many comments, a minute apart, in one go."""
    return Comment.objects.bulk_create(
        Comment(
            article=article,
            commenter_name=f"Reader {place}",
            body=f"Words {place}.",
            status=STATUS.APPROVED,
            created_at=datetime(2026, 3, 1, 9, tzinfo=UTC) + timedelta(minutes=place),
            **fields,
        )
        for place in range(number)
    )


def test_readers_see_of_a_thread_what_the_rows_say():
    article = make_article()
    listed = make_licensed(name="Ada Weaver", letters="L.Ac.")
    gone = make_licensed(letters="XYZ", listing=Practitioner.Listing.WITHDRAWN)
    for fields in (
        {"commenter_name": ""},
        {"commenter_name": "Bramble", "created_at": datetime(2026, 3, 1, 9, tzinfo=UTC)},
        {"practitioner": listed},
        {"practitioner": listed, "commenter_name": ""},
        {"practitioner": gone, "commenter_name": "Bea"},
        {"editor": make_moderator(first_name="Wren", last_name="Hollow"), "commenter_name": ""},
        {"editor": make_moderator(), "commenter_name": "The desk"},
        {"editor": make_moderator(), "commenter_name": ""},
    ):
        make_comment(article=article, **fields)
    shown = read(article).comments
    for row in Comment.objects.all():
        words = shown[row.pk]
        for name in ("body", "website", "created_at", "edited_at"):
            assert getattr(words, name) == getattr(row, name)
        assert words.is_approved() == row.is_approved()
        assert words.shown_name() == row.shown_name()
        assert words.shown_letters() == row.shown_letters()
        assert words.shown_website() == row.shown_website()
        assert words.has_listing() == row.has_listing()
    links = [one.practitioner.get_absolute_url() for one in shown.values() if one.has_listing()]
    assert links == [listed.get_absolute_url()] * 2


@pytest.mark.parametrize("number", [1, 99, 2_000])
def test_any_number_takes_two_queries(number, django_assert_num_queries):
    article = make_article()
    people = make_licensed(), make_licensed()
    for person in people:
        make_many(article, (number + 1) // 2, practitioner=person)
    with django_assert_num_queries(2):
        page = read(article)
        assert len({words.shown_name() for words in page.comments.values()}) == 2
    assert page.count == (number + 1) // 2 * 2


def test_nothing_takes_one_query(django_assert_num_queries):
    article = make_article()
    with django_assert_num_queries(1):
        page = read(article)
    assert (page.nodes, page.count, page.last, page.has_order) == ([], 0, 1, False)


def test_pages_hold_a_hundred_and_only_their_own_words():
    article = make_article()
    keys = [comment.pk for comment in make_many(article, 250)]
    for number, shown in (("", keys[:100]), ("2", keys[100:200]), ("3", keys[200:])):
        page = read(article, page=number)
        assert [node.row.pk for node in page.nodes] == shown
        assert sorted(page.comments) == shown
        assert (page.count, page.last, page.number) == (250, 3, int(number or 1))
    assert (page.previous, page.next) == (2, None)
    assert (read(article).previous, read(article).next) == (None, 2)


def test_newest_first_turns_threads_around_and_leaves_answers_in_their_order():
    article = make_article()
    first, second = make_comment(article=article), make_comment(article=article)
    answers = make_comment(parent=first), make_comment(parent=first)
    page = read(article, order="newest")
    assert [node.row.pk for node in page.nodes] == [second.pk, first.pk]
    assert [node.row.pk for node in page.nodes[1].replies] == [answer.pk for answer in answers]
    assert (page.is_newest_first, page.has_order) == (True, True)


@pytest.mark.parametrize(
    "asked", ["0", "4", "-1", "1.0", "x", "²", "٢x", "9" * 5_000, "\0", "\ud800"]
)
def test_a_page_that_is_not_there_is_the_first_and_says_so(asked):
    article = make_article()
    make_many(article, 201)
    page = read(article, page=asked)
    assert (page.number, page.unknown, page.last) == (1, asked, 3)


@pytest.mark.parametrize("order", ["", "newest"])
def test_a_comment_that_is_asked_for_is_on_the_page(order):
    article = make_article()
    keys = [comment.pk for comment in make_many(article, 250)]
    for key in (keys[0], keys[150], keys[-1]):
        page = read(article, at=str(key), order=order, page="99")
        assert key in page.comments
        assert (page.opened, page.unknown) == (key, "")


@pytest.mark.parametrize("status", [STATUS.PENDING, STATUS.SPAM, STATUS.REMOVED])
def test_a_comment_that_is_not_shown_opens_nothing(status):
    hidden = make_comment(status=status)
    answer = make_comment(parent=hidden)
    page = read(hidden.article, at=str(hidden.pk))
    assert (page.opened, page.number, sorted(page.comments)) == (None, 1, [answer.pk])


def test_the_way_to_a_comment_says_no_more_than_it_must():
    article = make_article()
    first, *_, last = make_many(article, 101)
    answers = make_many(article, 6, parent=first)
    later = last.created_at + timedelta(days=1)
    assert place_of(first, at=later) == f"#comment-{first.pk}"
    assert place_of(answers[2], at=later) == f"#comment-{answers[2].pk}"
    assert place_of(answers[3], at=later) == f"?comment_at={answers[3].pk}#comment-{answers[3].pk}"
    assert place_of(last, at=later) == f"?comment_at={last.pk}#comment-{last.pk}"


def test_an_answer_is_taken_where_nothing_above_is_closed(django_assert_num_queries):
    top = make_comment()
    closed = make_comment(parent=top, is_closed=True)
    below = make_comment(parent=make_comment(parent=closed))
    beside = make_comment(parent=top)
    hidden = make_comment(article=top.article, status=STATUS.PENDING)
    asked = {comment: takes_replies(comment) for comment in (top, closed, below, beside, hidden)}
    assert list(asked.values()) == [True, False, False, True, False]
    with django_assert_num_queries(1):
        takes_replies(below)
