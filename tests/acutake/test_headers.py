"""The headers that every response carries."""

import re

import pytest
from django.test import RequestFactory

from acutake.csp import CSP, build_policy
from acutake.middleware import client_address, content_security_policy

pytestmark = pytest.mark.django_db

PUBLIC = ["/", "/articles/", "/acupuncturists/", "/about/", "/search/?q=heel", "/nowhere/"]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_page_sets_no_cookie_and_does_not_vary_by_one(client, path):
    response = client.get(path)

    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("path", [*PUBLIC, "/admin/login/"])
def test_every_page_is_guarded(client, path):
    response = client.get(path)

    assert {name: response[name] for name in ("X-Content-Type-Options", "Referrer-Policy")} == {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }
    assert response["X-Frame-Options"] == "DENY"
    assert "geolocation=(self)" in response["Permissions-Policy"]
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; script-src 'self'")


def test_public_page_may_be_kept_for_a_minute_and_the_admin_never(client):
    assert client.get("/about/")["Cache-Control"] == "public, max-age=60"
    assert "no-store" in client.get("/admin/login/")["Cache-Control"]


def test_page_that_replaces_a_broken_cookie_is_not_kept(client):
    client.cookies["csrftoken"] = "broken"

    response = client.get("/about/")

    assert "csrftoken" in response.cookies
    assert response["Cache-Control"] == "private, no-store"


def test_answer_to_what_was_typed_is_kept_by_nobody_but_the_browser(client):
    response = client.get("/acupuncturists/?where=Brooklyn")

    assert sorted(response["Cache-Control"].split(", ")) == ["max-age=60", "private"]


def test_no_answer_to_what_was_typed_is_kept_on_the_way_whatever_it_is(client):
    assert client.get("/nowhere/?where=Brooklyn")["Cache-Control"] == "private"
    assert client.get("/acupuncturists?where=Brooklyn")["Cache-Control"] == "private"


def test_page_that_is_missing_is_not_kept(client):
    assert "max-age" not in client.get("/nowhere/").get("Cache-Control", "")


def test_nonce_is_new_for_every_answer_and_only_sent_where_it_is_used():
    def answer(uses_nonce):
        request = RequestFactory().get("/")

        def view(request):
            from django.http import HttpResponse

            return HttpResponse(str(request.csp_nonce) if uses_nonce else "")

        response = content_security_policy(view)(request)
        nonces = re.findall(r"'nonce-([^']+)'", response["Content-Security-Policy"])
        return response.content.decode(), nonces

    (first, sent), (second, sent_later) = answer(True), answer(True)

    assert sent == [first]
    assert sent_later == [second]
    assert first != second
    assert answer(False) == ("", [])


def test_policy_is_written_as_the_standard_says():
    directives = {"default-src": [CSP.NONE], "script-src": [CSP.SELF, CSP.NONCE]}

    assert build_policy(directives, "abc") == "default-src 'none'; script-src 'self' 'nonce-abc'"
    assert build_policy(directives, None) == "default-src 'none'; script-src 'self'"


@pytest.mark.parametrize("path", ["/articles/%00/", "/%00", "/acupuncturists/%ED%A0%80/"])
def test_address_with_characters_of_no_page_is_answered_in_words(client, path):
    response = client.get(path)

    assert response.status_code in {400, 404}
    assert "<h1>" in response.content.decode()


@pytest.mark.parametrize(
    ("count", "forwarded", "expected"),
    [
        (0, "203.0.113.7", "127.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7, 10.0.0.1", "203.0.113.7"),
        (2, "203.0.113.7", "127.0.0.1"),
    ],
)
def test_address_is_taken_from_what_our_own_proxies_wrote(settings, count, forwarded, expected):
    settings.TRUSTED_PROXY_COUNT = count
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})

    client_address(lambda request: None)(request)

    assert request.META["REMOTE_ADDR"] == expected
