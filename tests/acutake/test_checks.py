"""Production refuses to start with what is only safe on one's own machine."""

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError

from acutake.checks import (
    COMMENT_HOLDS,
    MOST_DAYS,
    check_comments,
    check_feeds,
    check_production,
    refuse_to_start,
)
from acutake.settings import whole_number
from articles.models import Article

POSTGRESQL = {"default": {"ENGINE": "django.db.backends.postgresql"}}
SQLITE = {"default": {"ENGINE": "django.db.backends.sqlite3"}}
REDIS = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}
LOCAL = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


class Settings:
    """The values that the checks read, as a safe server has them."""

    IS_PRODUCTION = True
    DEFAULT_SECRET_KEY = "default"
    SECRET_KEY = "a-long-and-random-one"
    ADDRESS_KEY = "another-long-and-random-one"
    DEBUG = False
    CACHES = REDIS
    DATABASES = POSTGRESQL
    SITE_URL = "https://acutake.example"
    FEED_CONTENT = "full"
    FEED_AUTHORITY = "acutake.example"
    COMMENTS_HOLD = "all"
    COMMENTS_CLOSE_AFTER_DAYS = 0


@pytest.fixture
def production(monkeypatch):
    """Settings of a server, which a test then spoils."""
    monkeypatch.setattr("acutake.checks.settings", Settings)
    return monkeypatch


def test_safe_server_starts(production):
    refuse_to_start()

    assert check_production() == []


@pytest.mark.parametrize(
    ("name", "value", "id_", "variable"),
    [
        ("SECRET_KEY", "default", "acutake.E001", "SECRET_KEY"),
        ("ADDRESS_KEY", Settings.SECRET_KEY, "acutake.E009", "ADDRESS_KEY"),
        ("DEBUG", True, "acutake.E002", "DEBUG"),
        ("CACHES", LOCAL, "acutake.E003", "CACHE_URL"),
        ("DATABASES", SQLITE, "acutake.E004", "DATABASE_URL"),
    ],
)
def test_unsafe_value_is_refused_by_name(production, name, value, id_, variable):
    production.setattr(Settings, name, value)

    assert [error.id for error in check_production()] == [id_]
    with pytest.raises(ImproperlyConfigured, match=variable):
        refuse_to_start()


def test_every_unsafe_value_is_named_at_once(production):
    production.setattr(Settings, "DEBUG", True)
    production.setattr(Settings, "DATABASES", SQLITE)

    assert [error.id for error in check_production()] == ["acutake.E002", "acutake.E004"]


def test_ones_own_machine_may_have_them_all(production):
    production.setattr(Settings, "IS_PRODUCTION", False)
    production.setattr(Settings, "DEBUG", True)

    assert check_production() == []


@pytest.mark.parametrize("value", ["", "all", "Full", "full "])
def test_feeds_hold_the_whole_or_the_summary_and_nothing_else(production, value):
    production.setattr(Settings, "IS_PRODUCTION", False)
    production.setattr(Settings, "FEED_CONTENT", value)

    assert [error.id for error in check_feeds()] == ["acutake.E005"]
    with pytest.raises(ImproperlyConfigured, match="Set FEED_CONTENT to full or to summary"):
        refuse_to_start()


@pytest.mark.parametrize("value", ["acutake.example", "localhost", "127.0.0.1", "xn--nadel-9a.de"])
def test_ids_of_feeds_hold_a_host(production, value):
    production.setattr(Settings, "FEED_AUTHORITY", value)

    assert check_feeds() == []


@pytest.mark.parametrize(
    "value", ["", "AcuTake.example", "acutake.example:80", "https://a.example", "a b", "ä.de", "a."]
)
def test_ids_of_feeds_need_a_host_that_is_set(production, value):
    production.setattr(Settings, "FEED_AUTHORITY", value)

    assert [error.id for error in check_feeds()] == ["acutake.E006"]
    with pytest.raises(ImproperlyConfigured, match=r"such as acutake\.example, and never"):
        refuse_to_start()


def test_comments_are_held_by_one_of_the_rules_that_an_article_can_have(production):
    for value in Article.CommentHold.values:
        production.setattr(Settings, "COMMENTS_HOLD", value)

        assert check_comments() == []
    assert tuple(Article.CommentHold.values) == COMMENT_HOLDS


@pytest.mark.parametrize("value", ["", "All", "none", "first "])
def test_comments_are_held_by_no_other_rule(production, value):
    production.setattr(Settings, "IS_PRODUCTION", False)
    production.setattr(Settings, "COMMENTS_HOLD", value)

    assert [error.id for error in check_comments()] == ["acutake.E007"]
    with pytest.raises(ImproperlyConfigured, match="Set COMMENTS_HOLD to all, to first or to li"):
        refuse_to_start()


def test_articles_take_comments_for_as_long_as_one_can_say_for_itself(production):
    for value in (0, 1, MOST_DAYS):
        production.setattr(Settings, "COMMENTS_CLOSE_AFTER_DAYS", value)

        assert check_comments() == []
    days = Article._meta.get_field("comments_close_after_days")
    days.run_validators(MOST_DAYS)
    with pytest.raises(ValidationError):
        days.run_validators(MOST_DAYS + 1)


def test_number_that_is_none_is_refused_by_name(monkeypatch):
    monkeypatch.setenv("COMMENTS_CLOSE_AFTER_DAYS", "a week")

    with pytest.raises(ImproperlyConfigured, match=r"^COMMENTS_CLOSE_AFTER_DAYS is 'a week'"):
        whole_number("COMMENTS_CLOSE_AFTER_DAYS", default=0)
    assert whole_number("NOT_SET", default=7) == 7


@pytest.mark.parametrize("value", [-1, MOST_DAYS + 1])
def test_articles_take_comments_for_no_impossible_number_of_days(production, value):
    production.setattr(Settings, "IS_PRODUCTION", False)
    production.setattr(Settings, "COMMENTS_CLOSE_AFTER_DAYS", value)

    assert [error.id for error in check_comments()] == ["acutake.E008"]
    with pytest.raises(ImproperlyConfigured, match="Set COMMENTS_CLOSE_AFTER_DAYS to a number"):
        refuse_to_start()
