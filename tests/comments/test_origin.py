import pytest
from django.test import RequestFactory

from comments.origin import comes_from_this_site, network_of


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


def test_the_scheme_and_port_belong_to_the_origin():
    headers = {"Host": "localhost:8000", "Origin": "http://localhost:8000"}
    assert comes_from_this_site(RequestFactory().post("/", headers=headers))
    assert not comes_from_this_site(RequestFactory().post("/", headers=headers, secure=True))
    other_port = {**headers, "Origin": "http://localhost:8001"}
    assert not comes_from_this_site(RequestFactory().post("/", headers=other_port))
