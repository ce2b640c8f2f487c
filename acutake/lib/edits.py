"""Two people at one form: what each changed since it was opened, laid together.

Every field is compared in the form in which a browser sends it, a list of texts. The page carries
a sealed digest of what it showed, so that the server can tell who changed what without keeping it.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django import forms
from django.core import signing

SALT = "acutake.edits"
DIGEST_LENGTH = 12

Sent = dict[str, list[str]]


@dataclass(frozen=True)
class Opened:
    """What a page showed when it was opened: a digest for each field, by its name."""

    at: datetime
    digests: Mapping[str, str]


@dataclass
class Merged:
    """`sent` is to be saved. `taken` were changed by others alone, `contested` by both."""

    sent: Sent
    taken: list[str] = field(default_factory=list)
    contested: list[str] = field(default_factory=list)


def seal(shown: Sent, *, at: datetime) -> str:
    """What a page that shows this carries, for a hidden field."""
    digests = {name: _digest(values) for name, values in shown.items()}
    return signing.dumps([at.isoformat(), digests], salt=SALT, compress=True)


def unseal(sealed: str) -> Opened | None:
    """None for what was not sealed here."""
    try:
        at, digests = signing.loads(sealed, salt=SALT)
    except signing.BadSignature:
        return None
    return Opened(datetime.fromisoformat(at), digests)


def merge(opened: Opened, sent: Sent, saved: Sent) -> Merged:
    """Of what is saved now and was not when the page was opened, take what the sender left alone.

    Fields that only one of them knows are none of its business.
    """
    merged = Merged(dict(sent))
    for name, before in opened.digests.items():
        if name not in saved or _digest(saved[name]) == before:
            continue
        mine = _digest(sent.get(name, []))
        if mine == before:
            merged.sent[name] = saved[name]
            merged.taken.append(name)
        elif mine != _digest(saved[name]):
            merged.contested.append(name)
    return merged


def has_changed(opened: Opened, sent: Sent, start: str) -> bool:
    """Whether any field whose name begins so came in other than it was shown."""
    return any(
        _digest(sent.get(name, [])) != before
        for name, before in opened.digests.items()
        if name.startswith(start)
    )


def sent_by(form: forms.BaseForm) -> Sent:
    """What a browser sends of a form that nobody touched; files are left out."""
    sent = {}
    for bound in form:
        widget = getattr(bound.field.widget, "widget", bound.field.widget)
        if isinstance(bound.field, forms.FileField):
            continue
        if isinstance(widget, forms.CheckboxInput):
            sent[bound.html_name] = ["on"] if bound.value() else []
            continue
        values = widget.format_value(bound.value())
        texts = values if isinstance(values, (list, tuple)) else [values]
        sent[bound.html_name] = ["" if text is None else str(text) for text in texts]
    return sent


def _digest(values: Iterable[str]) -> str:
    """Of the values in any order, without empty ones; a browser ends lines in its own way."""
    plain = sorted("\n".join(value.splitlines()) for value in values if value)
    return hashlib.blake2b(repr(plain).encode(), digest_size=DIGEST_LENGTH // 2).hexdigest()
