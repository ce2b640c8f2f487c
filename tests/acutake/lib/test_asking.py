"""Asking other sites: what they answer, and what is never asked."""

import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from acutake.lib.asking import Answer, NoAnswerError, NotPublicError, ask, is_public

ANSWERS = {
    "/fine": (200, None),
    "/gone": (404, None),
    "/old": (301, "/fine"),
    "/old-gone": (301, "/gone"),
    "/for-now": (302, "/fine"),
    "/old-for-now": (301, "/for-now"),
    "/loop": (301, "/loop"),
    "/inward": (302, "http://inside.example/secret"),
    "/to-a-file": (302, "file:///etc/passwd"),
    "/caf%C3%A9?q=%C3%A9": (200, None),
}


class Site(BaseHTTPRequestHandler):
    """Answers as the table says; knows no HEAD under /no-head."""

    def do_HEAD(self):
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))
        status, location = ANSWERS.get(self.path, (404, None))
        if self.path == "/no-head":
            status = 405 if self.command == "HEAD" else 200
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *_arguments):
        """Nothing on the screen."""


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked = []
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def resolve(host, port, **_options):
    """Every name is this machine, but for those that a test needs elsewhere."""
    address = {"inside.example": "10.0.0.7", "both.example": "10.0.0.7"}.get(host, "127.0.0.1")
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]
    if host == "both.example":
        found.insert(0, (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)))
    return found


def ask_site(site, path, *, host="site.example"):
    url = f"http://{host}:{site.server_address[1]}{path}"
    return ask(
        url,
        agent="A test",
        may_reach=lambda address, _port: address == "127.0.0.1",
        resolve=resolve,
    )


@pytest.mark.parametrize(
    ("path", "status", "moved"),
    [
        ("/fine", 200, None),
        ("/gone", 404, None),
        ("/old", 200, "/fine"),
        ("/old-gone", 404, "/gone"),
        ("/for-now", 200, None),
        ("/old-for-now", 200, None),
        ("/no-head", 200, None),
        ("/café?q=é", 200, None),
    ],
)
def test_the_answer_is_that_of_the_last_address(site, path, status, moved):
    expected = f"http://site.example:{site.server_address[1]}{moved}" if moved else ""
    assert ask_site(site, path) == Answer(status, expected)


def test_it_says_who_asks_and_asks_by_get_only_where_head_settles_nothing(site):
    site.asked.clear()
    ask_site(site, "/fine")
    ask_site(site, "/no-head")
    assert site.asked == [
        ("HEAD", "/fine", "A test"),
        ("HEAD", "/no-head", "A test"),
        ("GET", "/no-head", "A test"),
    ]


def test_redirects_without_end_are_no_answer(site):
    with pytest.raises(NoAnswerError):
        ask_site(site, "/loop")


@pytest.mark.parametrize("path", ["/inward", "/to-a-file"])
def test_a_redirect_into_a_private_network_is_not_followed(site, path):
    with pytest.raises(NotPublicError):
        ask_site(site, path)


@pytest.mark.parametrize("host", ["inside.example", "both.example"])
def test_a_name_with_one_private_address_is_not_asked(site, host):
    site.asked.clear()
    with pytest.raises(NotPublicError):
        ask_site(site, "/fine", host=host)
    assert site.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://site.example/",
        "file:///etc/passwd",
        "http:///path",
        "http://user:word@site.example/",
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://2130706433/",
        "http://site.example:22/",
    ],
)
def test_what_is_no_public_address_is_not_asked(url):
    def find(host, port, **_options):
        host = {"localhost": "127.0.0.1", "2130706433": "127.0.0.1"}.get(host, host)
        address = "93.184.215.14" if host == "site.example" else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    with pytest.raises(NotPublicError):
        ask(url, agent="A test", resolve=find)


@pytest.mark.parametrize("url", ["http://[", "http://site.example:no/", "http://a b/"])
def test_what_is_no_address_is_no_answer(url):
    def fail(host, port, **_options):
        raise socket.gaierror("no such host")

    with pytest.raises(NoAnswerError):
        ask(url, agent="A test", resolve=fail)


def test_a_host_that_takes_no_connection_is_no_answer():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(NoAnswerError):
        ask(
            f"http://site.example:{port}/",
            agent="A test",
            may_reach=lambda _address, _port: True,
            resolve=resolve,
        )


@pytest.mark.parametrize(
    ("address", "port", "expected"),
    [
        ("93.184.215.14", 443, True),
        ("93.184.215.14", 80, True),
        ("93.184.215.14", 6379, False),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", 443, True),
        ("10.1.2.3", 80, False),
        ("172.16.0.1", 80, False),
        ("192.168.1.1", 80, False),
        ("100.64.0.1", 80, False),
        ("127.0.0.1", 80, False),
        ("0.0.0.0", 80, False),
        ("169.254.169.254", 80, False),
        ("224.0.0.1", 80, False),
        ("::1", 80, False),
        ("::", 80, False),
        ("fe80::1", 80, False),
        ("fd00::1", 80, False),
        ("::ffff:10.0.0.1", 80, False),
        ("2002:0a00:0001::", 80, False),
        ("64:ff9b::a00:1", 80, False),
    ],
)
def test_only_public_addresses_at_the_ports_of_the_web_may_be_asked(address, port, expected):
    assert is_public(address, port) is expected
