import pytest
from django.test import RequestFactory

from acutake.lib.network import network_key, network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("2001:db8:0:1:2:3:4:5", "2001:db8:0:1::/64"),
        ("2001:db8:0:1::", "2001:db8:0:1::/64"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_the_network_of_an_address(address, network):
    assert network_of(RequestFactory().post("/", REMOTE_ADDR=address)) == network


def test_the_key_of_a_network_says_nothing_of_it_and_outlives_the_secret_key(settings):
    settings.ADDRESS_KEY = "kept for ever"
    key = network_key("198.51.100.7")
    assert len(key) == 64
    assert key != network_key("198.51.100.8")
    settings.SECRET_KEY = "another one"
    assert network_key("198.51.100.7") == key
    settings.ADDRESS_KEY = "lost"
    assert network_key("198.51.100.7") != key
