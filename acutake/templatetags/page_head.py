"""What the head of a page is made of."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag
def kept(content: SafeString) -> SafeString:
    """`{% kept as title %}{% block title %}…`: what a page says once and its head says often."""
    return content


@register.simple_tag
def canonical(path: str, page: int = 1) -> SafeString:
    """The one address of a page, for search engines and for those who share it.

    `page` is the number of the part of a list that is shown; the first has the plain address.
    """
    address = f"{settings.SITE_URL}{path}" + (f"?page={page}" if page > 1 else "")
    return format_html(
        '<link rel="canonical" href="{0}">\n    <meta property="og:url" content="{0}">', address
    )
