"""The sitemap (sitemaps.org): a list of its pages, and the pages, sent as they are written."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import chain

from django.conf import settings
from django.http import Http404, StreamingHttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.http import require_safe

from acutake.sitemaps import SECTIONS

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

Line = tuple[str, datetime | date | None]


@require_safe
def index(request):
    """The pages of every section, each with its newest change where that is known."""
    lines = (
        (_address(name, page.number), page.changed_at)
        for name, section in SECTIONS.items()
        for page in section.pages()
    )
    return _respond("sitemapindex", "sitemap", lines)


@require_safe
def section(request, section):
    """One page of a section, `p` in the address from the second on; 404 for one without entries."""
    typed = request.GET.get("p", "1")
    number = int(typed) if typed.isdecimal() and len(typed) < 9 else 0
    if section not in SECTIONS or number < 1:
        raise Http404("No such page of the sitemap.")
    entries = iter(SECTIONS[section].entries(number))
    first = next(entries, None)
    if first is None:
        raise Http404("No such page of the sitemap.")
    return _respond(
        "urlset", "url", ((entry.path, entry.changed_at) for entry in chain([first], entries))
    )


def _address(name: str, number: int) -> str:
    path = reverse("sitemap_section", args=[name])
    return path if number == 1 else f"{path}?p={number}"


def _respond(root: str, tag: str, lines: Iterable[Line]) -> StreamingHttpResponse:
    """Search engines read it, and show it to nobody."""
    return StreamingHttpResponse(
        _written(root, tag, lines),
        content_type="application/xml",
        headers={"X-Robots-Tag": "noindex"},
    )


def _written(root: str, tag: str, lines: Iterable[Line]) -> Iterator[str]:
    yield f'{HEAD}<{root} xmlns="{NAMESPACE}">\n'
    for path, changed_at in lines:
        changed = f"<lastmod>{_day(changed_at)}</lastmod>" if changed_at else ""
        yield f"<{tag}><loc>{escape(settings.SITE_URL + path)}</loc>{changed}</{tag}>\n"
    yield f"</{root}>\n"


def _day(changed_at: datetime | date) -> str:
    """Of a moment its day in UTC."""
    is_moment = isinstance(changed_at, datetime)
    return (changed_at.astimezone(UTC).date() if is_moment else changed_at).isoformat()
