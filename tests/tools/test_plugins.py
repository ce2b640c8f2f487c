import socket

import pytest

from tests.plugins.environment import own_cache_url
from tests.plugins.network import LeavesThisMachineError


@pytest.mark.parametrize(
    ("url", "worker", "expected"),
    [
        ("redis://127.0.0.1:6379/1", "gw0", "redis://127.0.0.1:6379/1"),
        ("redis://127.0.0.1:6379/1", "gw3", "redis://127.0.0.1:6379/4"),
        ("redis://:secret@cache:6379", "gw2", "redis://:secret@cache:6379/2"),
        ("redis://127.0.0.1:6379/1", "", "redis://127.0.0.1:6379/1"),
        ("locmemcache://", "gw3", "locmemcache://"),
    ],
)
def test_every_process_has_a_redis_database_of_its_own(url, worker, expected):
    assert own_cache_url(url, worker) == expected


def test_look_up_of_a_foreign_name_is_refused():
    with pytest.raises(LeavesThisMachineError, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)


def test_connection_to_a_foreign_address_is_refused():
    with (
        socket.socket() as connection,
        pytest.raises(LeavesThisMachineError, match=r"192\.0\.2\.1"),
    ):
        connection.connect(("192.0.2.1", 443))


def test_connection_within_this_machine_is_let_through():
    with socket.socket() as listener, socket.socket() as connection:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        connection.connect(listener.getsockname())
