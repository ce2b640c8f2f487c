"""What the comments say to machines. That the page shows it is in tests/articles."""

import pytest

from comments.models import Comment
from comments.reading import Asked, read_page, read_thread
from comments.structured_data import MOST_COMMENTS, comments_node
from directory.models import Practitioner
from tests.articles.factories import make_article
from tests.comments.factories import NOW, make_comment, make_moderator
from tests.directory.factories import make_licensed, make_practitioner

pytestmark = pytest.mark.django_db
ORIGIN = "https://acutake.example"
MOMENT = "2026-03-15T08:00:00-04:00"


def told(article, **asked):
    page = read_page(read_thread(article), Asked(**asked))
    return comments_node(article, page, origin=ORIGIN)


def url(comment):
    return f"{ORIGIN}/comments/{comment.pk}/"


def test_a_comment_and_its_answer_are_told_as_the_page_shows_them(settings):
    settings.COMMENTS_ASK_WEBSITE = True
    article = make_article(slug="heel")
    ada = make_licensed(name="Ada", letters="L.Ac.", slug="ada")
    top = make_comment(
        article=article,
        commenter_name="Rowan",
        body="It <hurts>.\n\nWhy?",
        website="https://rowan.example/",
        created_at=NOW,
        edited_at=NOW,
    )
    answer = make_comment(parent=top, practitioner=ada, body="The calf.", created_at=NOW)
    assert told(article) == {
        "@type": "Article",
        "@id": f"{ORIGIN}/articles/heel/#article",
        "commentCount": 2,
        "comment": [
            {
                "@type": "Comment",
                "url": url(top),
                "author": {"@type": "Person", "name": "Rowan"},
                "dateCreated": MOMENT,
                "dateModified": MOMENT,
                "text": "It <hurts>.\n\nWhy?",
            },
            {
                "@type": "Comment",
                "url": url(answer),
                "parentItem": {"@type": "Comment", "url": url(top)},
                "author": {
                    "@type": "Person",
                    "name": "Ada",
                    "honorificSuffix": "L.Ac.",
                    "url": f"{ORIGIN}/acupuncturists/ada/",
                },
                "dateCreated": MOMENT,
                "text": "The calf.",
            },
        ],
    }


def test_what_is_hidden_or_folded_or_beyond_the_first_is_not_told():
    article = make_article()
    hidden = make_comment(article=article, status=Comment.Status.REMOVED)
    answers = [make_comment(parent=hidden) for _ in range(6)]
    others = [make_comment(article=article) for _ in range(MOST_COMMENTS)]
    node = told(article)
    shown = [*answers[:3], *others][:MOST_COMMENTS]
    assert [comment["url"] for comment in node["comment"]] == [url(one) for one in shown]
    assert [comment for comment in node["comment"] if "parentItem" in comment] == []
    assert node["commentCount"] == 6 + MOST_COMMENTS


def test_a_withdrawn_listing_and_an_account_are_not_told():
    article = make_article()
    gone = make_practitioner(slug="gone", listing=Practitioner.Listing.WITHDRAWN)
    make_comment(article=article, practitioner=gone, commenter_name="")
    make_comment(article=article, editor=make_moderator(username="login"), commenter_name="")
    authors = [comment["author"] for comment in told(article)["comment"]]
    assert authors == [
        {"@type": "Person", "name": "Anonymous"},
        {"@type": "Person", "name": "The editors"},
    ]


def test_each_order_tells_what_it_shows():
    article = make_article()
    first, second = make_comment(article=article), make_comment(article=article)
    for order, shown in (("", [first, second]), ("newest", [second, first])):
        node = told(article, order=order)
        assert [comment["url"] for comment in node["comment"]] == [url(one) for one in shown]
