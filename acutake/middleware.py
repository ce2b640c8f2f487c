"""Headers that every response carries, and addresses that no page could answer."""

import logging
import secrets
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.handlers.exception import response_for_exception
from django.db import DataError
from django.http import HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject

from acutake.csp import build_policy
from articles import old_addresses

# What Django and psycopg say of a word in the place of a key, and of a NUL in that of a text.
IMPOSSIBLE = ("expected a number but got", "NUL (0x00)")
# What a cache may keep, and what tells it that it may go on keeping it.
KEPT_STATUSES = frozenset({HTTPStatus.OK, HTTPStatus.NOT_MODIFIED})
logger = logging.getLogger(__name__)

PERMISSIONS_POLICY = ", ".join(
    [
        "geolocation=(self)",
        *(f"{name}=()" for name in ("camera", "microphone", "payment", "usb", "browsing-topics")),
    ]
)


def content_security_policy(get_response):
    """Send `SECURE_CSP`; a template that asks for `csp_nonce` gets the nonce of its response."""

    def middleware(request):
        made = []

        def make_nonce():
            made.append(secrets.token_urlsafe(16))
            return made[0]

        request.csp_nonce = SimpleLazyObject(make_nonce)
        response = get_response(request)
        if "Content-Security-Policy" not in response:
            # A view sets the attribute where its page needs a policy of its own, as in Django 6.
            directives = getattr(response, "_csp_config", settings.SECURE_CSP)
            nonce = made[0] if made else None
            response["Content-Security-Policy"] = build_policy(directives, nonce)
        return response

    return middleware


def permissions_policy(get_response):
    """Say which powers of the browser the site's pages may ask for: the location, for a search."""

    def middleware(request):
        response = get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


def client_address(get_response):
    """Take the visitor's address from X-Forwarded-For, as many entries from its end as there are
    proxies of our own: only those entries were not written by the visitor."""

    def middleware(request):
        count = settings.TRUSTED_PROXY_COUNT
        entries = request.headers.get("X-Forwarded-For", "").split(",")
        if count and len(entries) >= count:
            request.META["REMOTE_ADDR"] = entries[-count].strip()
        return get_response(request)

    return middleware


def refuse_malformed_address(get_response):
    """Answer 400 for a path that no database can look up (NUL bytes, lone surrogates)."""

    def middleware(request):
        if "\0" in request.path or not request.path.isprintable():
            raise BadRequest("The address holds characters that no page has.")
        return get_response(request)

    return middleware


def refuse_impossible_values(get_response):
    """Answer 400 where a value in a form or an address of the admin fits no column.

    A number of thirty digits or a word in the place of a key, a NUL in a text: no browser sends
    them, and the databases refuse them in ways that no form of Django's admin foresees.
    """

    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        is_impossible = isinstance(exception, (OverflowError, DataError)) or (
            isinstance(exception, ValueError)
            and any(words in str(exception) for words in IMPOSSIBLE)
        )
        if is_impossible and request.path.startswith("/admin/"):
            logger.warning("A value fits no column: %s", request.path, exc_info=exception)
            return response_for_exception(request, BadRequest("A value fits no column."))
        return None

    middleware.process_exception = process_exception
    return middleware


def lead_from_old_addresses(get_response):
    """Lead for good from an address of a site that was brought over here to what it has become.

    Looked up only where this site has no page, and for the numbers that WordPress puts behind the
    address of its home page.
    """

    def middleware(request):
        if request.method not in {"GET", "HEAD"} or request.path.startswith("/admin/"):
            return get_response(request)
        is_numbered = request.path == "/" and not old_addresses.NUMBERS.isdisjoint(request.GET)
        location = _new_address(request) if is_numbered else None
        response = None if location else get_response(request)
        if response is not None and response.status_code == 404:
            location = _new_address(request)
        return HttpResponsePermanentRedirect(location) if location else response

    return middleware


def _new_address(request):
    return old_addresses.find(request.get_full_path(), at=timezone.now())


def cache_headers(get_response):
    """Let public pages be kept for a minute; keep everything that knows a person private.

    A cookie knows a person too: a broken one that comes in is replaced, on any page. So does what
    was typed into a search: no cache between the site and the browser may keep it.
    """

    def middleware(request):
        response = get_response(request)
        if response.has_header("Cache-Control"):
            return response
        is_admin = request.path.startswith("/admin/")
        if is_admin or response.cookies or request.method not in {"GET", "HEAD"}:
            patch_cache_control(response, private=True, no_store=True)
        elif response.status_code in KEPT_STATUSES and settings.PUBLIC_CACHE_SECONDS:
            keeper = "private" if request.META["QUERY_STRING"] else "public"
            kept = {keeper: True, "max_age": settings.PUBLIC_CACHE_SECONDS}
            patch_cache_control(response, **kept)
        elif request.META["QUERY_STRING"]:
            # A redirect and a page that is missing may be kept too, unless they say otherwise.
            patch_cache_control(response, private=True)
        return response

    return middleware
