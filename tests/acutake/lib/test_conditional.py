"""When something became what it is now, as far as the cache remembers."""

from datetime import UTC, datetime, timedelta

from acutake.lib.conditional import last_changed

NOW = datetime(2026, 3, 15, 12, 0, 0, 700_000, tzinfo=UTC)
NOON = NOW.replace(microsecond=0)
HOUR = timedelta(hours=1)


def test_the_first_look_is_the_moment_and_later_ones_keep_it():
    assert last_changed("a", "one", at=NOW) == NOON
    assert last_changed("a", "one", at=NOW + HOUR) == NOON


def test_another_content_has_another_moment():
    last_changed("a", "one", at=NOW)
    assert last_changed("a", "two", at=NOW + HOUR) == NOON + HOUR
    assert last_changed("a", "one", at=NOW + 2 * HOUR) == NOON + 2 * HOUR


def test_two_contents_within_a_second_have_two_moments():
    """A reader with the first one would be told that there is nothing new."""
    last_changed("a", "one", at=NOW)
    assert last_changed("a", "two", at=NOW) == NOON + timedelta(seconds=1)


def test_each_name_has_its_own_moment():
    last_changed("a", "one", at=NOW)
    assert last_changed("b", "one", at=NOW + HOUR) == NOON + HOUR
