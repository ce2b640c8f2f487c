from articles.models import Article
from comments.screening.rates import (
    FROM_A_NETWORK,
    FROM_AN_ADDRESS,
    UNDER_AN_ARTICLE,
    came_too_often,
)
from tests.comments.screening.factories import make_submission

ARTICLE = Article(pk=1)


def found(**fields):
    fields = {"article": ARTICLE} | fields
    return [(one["code"], one["limit"]) for one in came_too_often(make_submission(**fields))]


def test_too_many_from_an_address_are_told_however_it_is_written():
    for number in range(FROM_AN_ADDRESS):
        assert found(network=f"192.0.2.{number}", email="Reader@Example.org") == []
    assert found(network="192.0.2.99", email="reader@example.org") == [("often_address", 6)]
    assert found(network="192.0.2.99", email="other@example.org") == []


def test_too_many_from_a_network_are_told():
    for number in range(FROM_A_NETWORK):
        assert found(email=f"reader-{number}@example.org") == []
    assert found(email="one-more@example.org") == [("often_network", 10)]


def test_too_many_under_an_article_are_told():
    for number in range(UNDER_AN_ARTICLE):
        assert found(email="", network=f"192.0.2.{number}") == []
    assert found(email="", network="192.0.2.200") == [("often_article", 40)]
    assert found(email="", network="192.0.2.200", article=Article(pk=2)) == []


def test_a_changed_comment_and_one_of_an_unknown_sender_are_not_counted():
    for _ in range(2 * UNDER_AN_ARTICLE):
        assert found(pk=7) == []
        assert found(network=None) == []
