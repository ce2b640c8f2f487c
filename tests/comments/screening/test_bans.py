from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from acutake.lib.addresses import address_key
from acutake.lib.network import network_key
from comments.models import Ban
from comments.screening.bans import forget_ended, is_banned, parse_network
from tests.comments.factories import NOW
from tests.comments.screening.factories import make_submission

pytestmark = pytest.mark.django_db


def ban(kind, value, **fields):
    return Ban.objects.create(kind=kind, value=value, created_at=NOW, **fields)


def banned(**fields):
    return [reason["kind"] for reason in is_banned(make_submission(article=None, **fields))]


def test_an_address_is_banned_however_it_is_written():
    ban("address", address_key("spam@example.org"))
    assert banned(email="Spam@Example.org") == ["address"]
    assert banned(email="ham@example.org") == []
    assert banned(email="") == []


def test_a_sender_is_banned_by_the_hash_of_its_network():
    ban("sender", network_key("198.51.100.7"))
    assert banned(network="198.51.100.7") == ["sender"]
    assert banned(network="198.51.100.8") == []
    assert banned(network=None) == []


@pytest.mark.parametrize(
    ("written", "inside", "outside"),
    [
        ("198.51.100.0/24", "198.51.100.7", "198.51.101.7"),
        ("198.51.100.7", "198.51.100.7", "198.51.100.8"),
        ("10.0.0.0/8", "10.255.0.1", "11.0.0.1"),
        ("2001:db8::/32", "2001:db8:ffff:1::/64", "2001:db9::/64"),
        ("2001:db8:0:1::77", "2001:db8:0:1::/64", "2001:db8:0:2::/64"),
        ("::ffff:198.51.100.7", "198.51.100.7", "198.51.100.8"),
    ],
)
def test_a_network_is_banned_with_all_within_it(written, inside, outside):
    ban("network", parse_network(written))
    assert banned(network=inside) == ["network"]
    assert banned(network=outside) == []
    assert banned(network="unknown") == []


def test_a_ban_ends_when_it_was_said_to():
    ban("address", address_key("a@example.org"), ends_at=NOW)
    ban("address", address_key("b@example.org"), ends_at=NOW + timedelta(seconds=1))
    assert banned(email="a@example.org") == []
    assert banned(email="b@example.org") == ["address"]
    assert forget_ended(at=NOW) == 1
    assert Ban.objects.count() == 1


def test_why_it_was_banned_is_told():
    ban("address", address_key("a@example.org"), reason="Sold gel twice.")
    assert is_banned(make_submission(article=None, email="a@example.org")) == [
        {"code": "banned", "kind": "address", "reason": "Sold gel twice."}
    ]


@pytest.mark.parametrize(
    "written",
    [
        "",
        "x",
        "1.2.3",
        "198.51.100.0/33",
        "\u0661.2.3.4",
        "0.0.0.0/0",
        "::/0",
        "a@b.example",
    ],
)
def test_what_is_no_network_or_nearly_all_of_them_is_refused(written):
    with pytest.raises(ValidationError):
        parse_network(written)
