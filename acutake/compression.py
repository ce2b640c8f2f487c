"""Pages are sent compressed. Static files are by WhiteNoise, pictures are already."""

import re
from http import HTTPStatus

from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

# Words: pages, feeds, the sitemap, JSON, contact cards.
WORDS = re.compile(r"text/|application/([a-z]+\+)?(json|xml)\b|image/svg")


def compress_public_pages(get_response):
    """Send what is public with gzip to whoever takes it; never the admin.

    From the length of a compressed answer one can guess a secret that stands in it beside words of
    one's own choice (BREACH). No public page holds a secret (docs/decisions, 23).
    """
    gzip = GZipMiddleware(get_response)

    def middleware(request):
        response = get_response(request)
        if request.path.startswith("/admin/"):
            return response
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            # It says of the answer that a cache has what that one said (RFC 9110, 15.4.5).
            patch_vary_headers(response, ["Accept-Encoding"])
        is_words = WORDS.match(response.get("Content-Type", ""))
        return gzip.process_response(request, response) if is_words else response

    return middleware
