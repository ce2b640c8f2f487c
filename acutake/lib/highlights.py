"""Where a text has the words that were looked for, as HTML with `<mark>`."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from acutake.lib.terms import Query, pieces

SNIPPET_LENGTH = 220
# What a snippet shows before the first of the words.
LEAD_LENGTH = 60
# Of a book only the beginning is looked through.
READ_LENGTH = 60_000
Hit = tuple[int, int, str]


def marked(text: str, query: Query) -> SafeString:
    """The whole text."""
    return _html(text, hits_in(text, query))


def snippet(text: str, query: Query, *, length: int = SNIPPET_LENGTH) -> SafeString:
    """The stretch of a text with the most different words of the query; empty when none is there.

    It begins and ends between two words.
    """
    flat = " ".join(text[:READ_LENGTH].split())
    hits = hits_in(flat, query)
    if not hits:
        return SafeString()
    start = _best_start(hits, length - LEAD_LENGTH)
    begin = max(start - LEAD_LENGTH, 0)
    if begin:
        begin = flat.find(" ", begin, start) + 1 or start
    end = begin + length
    if end < len(flat):
        end = max(flat.rfind(" ", start, end + 1), _end_of_hit(hits, start))
    inside = [(a - begin, b - begin, term) for a, b, term in hits if a >= begin and b <= end]
    shown = _html(flat[begin:end], inside)
    return _joined("… " if begin else "", shown, " …" if end < len(flat) else "")


def hits_in(text: str, query: Query) -> list[Hit]:
    """Where each word of the query stands, from its first to after its last character."""
    found = ((piece, query.has(piece)) for piece in pieces(text))
    return [(piece.start, piece.end, term) for piece, term in found if term]


def _best_start(hits: Sequence[Hit], length: int) -> int:
    """Where the stretch begins that has the most different words, and of these the first."""
    best, most = hits[0][0], 0
    for index, (start, _, _) in enumerate(hits):
        terms = set()
        for _, end, term in hits[index:]:
            if end > start + length:
                break
            terms.add(term)
        if len(terms) > most:
            best, most = start, len(terms)
    return best


def _end_of_hit(hits: Sequence[Hit], start: int) -> int:
    return next(end for begin, end, _ in hits if begin == start)


def _html(text: str, hits: Sequence[Hit]) -> SafeString:
    parts: list[str] = []
    at = 0
    for start, end in _merged(hits):
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return _joined(*parts, escape(text[at:]))


def _merged(hits: Sequence[Hit]) -> list[tuple[int, int]]:
    """Pairs of letters overlap where no spaces are written."""
    merged: list[tuple[int, int]] = []
    for start, end, _ in hits:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _joined(*parts: str) -> SafeString:
    # Safe: everything in it is escaped or one of our own marks.
    return mark_safe("".join(parts))  # noqa: S308
