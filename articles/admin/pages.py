"""What the editor of a body asks for while a link is set."""

from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.target_search import Page, describe_page, find_pages


def pages_view(request):
    """JSON: the pages for the words `q`, or the one of the key `page`, such as "article:7"."""
    now = timezone.now()
    if key := request.GET.get("page"):
        page = describe_page(key, at=now)
        pages = [page] if page else []
        summary = _("It leads to:") if page else _("The page that it led to is gone.")
    else:
        pages = find_pages(request.GET.get("q", ""), at=now)
        summary = ngettext("%(count)s page", "%(count)s pages", len(pages)) % {"count": len(pages)}
    return JsonResponse({"pages": [_entry(page) for page in pages], "summary": summary})


def _entry(page: Page) -> dict[str, str]:
    kind, key = page.target
    return {"key": f"{kind}:{key}", "title": page.title, "kind": page.kind}
