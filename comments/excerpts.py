"""What somebody typed, as a mail may quote it. Pure."""

import re

from django.utils.text import Truncator

from acutake.lib.text import without_heaps

# Mail programs make a link of whatever looks like an address, also in plain text. Of names without
# a path only the commonest are taken: a sentence whose next one begins without a space looks alike.
ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]{0,20}://\S+|\bmailto:\S+|\bwww\.\S+|[\w.+-]{1,64}@[\w-]+\.[\w.-]*\w"
    r"|(?:[\w-]{1,63}\.){1,8}(?:[^\W\d_]{2,}[/?#:]\S+|(?:com|net|org|info|biz|shop|online|site|xyz)\b)",
    re.IGNORECASE,
)


def excerpt(text: str, *, limit: int, instead: str) -> str:
    """At most `limit` characters, with `instead` for every web and mail address.

    Every link of a mail leads to the site itself, which shows the others as its readers see them.
    """
    # Enough for what is left after long addresses have become short.
    words = ADDRESS.sub(instead, text[: limit * 4])
    return words if len(words) <= limit else shortened(words, limit)


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters. Accents are not counted, but there is no heap of them."""
    return Truncator(without_heaps(text)).chars(limit)


def quoted(text: str) -> str:
    """As plain text marks what is somebody else's."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
