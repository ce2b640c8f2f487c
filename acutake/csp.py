"""The keywords of a Content-Security-Policy, named as in Django 6's `django.utils.csp`.

With Django 6 this module and the middleware that reads `SECURE_CSP` are deleted, and the settings
stay as they are.
"""

from enum import StrEnum


class CSP(StrEnum):
    """Source expressions; NONCE stands for the nonce of the response being made."""

    NONE = "'none'"
    SELF = "'self'"
    NONCE = "<CSP_NONCE_SENTINEL>"


def build_policy(directives: dict[str, list[str]], nonce: str | None) -> str:
    """The header's value. Without a nonce (nobody asked for one) NONCE is left out."""
    parts = []
    for name, sources in directives.items():
        values = [
            f"'nonce-{nonce}'" if source == CSP.NONCE else str(source)
            for source in sources
            if source != CSP.NONCE or nonce
        ]
        parts.append(" ".join([name, *values]))
    return "; ".join(parts)
