"""Which site's form a request comes from."""

from django.http import HttpRequest


def comes_from_this_site(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent it, or is too old to say.

    Sec-Fetch-Site is sent by every browser since 2023, Origin with every POST since 2020. What
    sends neither (a text browser) is judged by the form's token alone.
    """
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    own_origin = f"{request.scheme}://{request.get_host()}"
    return site == "same-origin" and request.headers.get("Origin", own_origin) == own_origin
