"""Limits are kept by key, and nothing personal is kept with them."""

from django.core.cache import cache

from acutake.lib.throttle import forget, is_allowed


def test_tries_up_to_the_limit_are_allowed_and_the_next_is_not():
    answers = [is_allowed("login:a", limit=3, seconds=60) for _ in range(5)]
    assert answers == [True, True, True, False, False]


def test_each_key_has_its_own_count():
    assert [is_allowed("login:a", limit=1, seconds=60) for _ in range(2)] == [True, False]
    assert is_allowed("login:b", limit=1, seconds=60) is True


def test_after_forgetting_the_count_begins_anew():
    is_allowed("login:a", limit=1, seconds=60)
    forget("login:a")
    assert is_allowed("login:a", limit=1, seconds=60) is True


def test_a_window_that_has_ended_counts_no_longer():
    """A negative duration is a window that ended before it is asked for again."""
    assert [is_allowed("login:a", limit=1, seconds=-1) for _ in range(3)] == [True, True, True]


def test_the_cache_never_sees_the_address(monkeypatch):
    seen = []
    add = cache.add
    monkeypatch.setattr(cache, "add", lambda key, *rest: seen.append(key) or add(key, *rest))
    is_allowed("login:somebody@example.org", limit=1, seconds=60)
    assert [("somebody" in key, "example.org" in key) for key in seen] == [(False, False)]
