"""What a page says to machines, in words of schema.org (JSON-LD)."""

import json
from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()

# What could end the script element, begin a comment in it, or end a line for an old parser.
ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}
# Halves of letters, which no page can be encoded with.
ESCAPES |= {half: f"\\u{half:04X}" for half in range(0xD800, 0xE000)}


@register.simple_tag
def json_ld(nodes: Iterable[dict]) -> str:
    """One data block with `nodes`, which need no `@context`; nothing when there are none.

    The browser never runs it, so the Content-Security-Policy has no say in it; and no text in it
    can end it, since the characters of markup are written as JSON's own escapes.
    """
    graph = list(nodes)
    if not graph:
        return ""
    data = {"@context": "https://schema.org", "@graph": graph}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 (escaped above)
