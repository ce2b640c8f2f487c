"""The endpoint that pictures are chosen from, and how a picture is shown in small."""

from django.core.paginator import Paginator
from django.http import JsonResponse
from django.utils.translation import ngettext

from acutake.lib.text import clean_text
from articles.models import Image, Rendition

PAGE_SIZE = 24
THUMBNAIL_WIDTH_PX = 240


def answer(request) -> JsonResponse:
    """JSON for the dialog: `q` and `page` search, `ids` (separated by commas) describe."""
    images = Image.objects.prefetch_related("renditions")
    if "ids" in request.GET:
        return JsonResponse({"images": _described(images, request.GET["ids"])})
    query = clean_text(request.GET.get("q", ""))
    pages = Paginator(images.found_by(query).order_by("-pk"), PAGE_SIZE)
    page = pages.get_page(request.GET.get("page"))
    summary = ngettext("%(count)s picture", "%(count)s pictures", pages.count)
    return JsonResponse(
        {
            "images": [_as_json(image) for image in page],
            "next": page.next_page_number() if page.has_next() else None,
            "summary": summary % {"count": pages.count},
        }
    )


def keys_in(text: str) -> list[int]:
    """The primary keys in numbers that are separated by commas; what is no number is passed over.

    At most 200, each once, in their order.
    """
    keys = [int(key) for key in text.split(",") if key.isdecimal() and len(key) < 10]
    return list(dict.fromkeys(keys))[:200]


def thumbnail_of(image: Image) -> tuple[str, int, int]:
    """Address, width and height of a small picture: the smallest whole one, else the original."""
    whole = [
        row
        for row in image.renditions.all()
        if row.shape == Rendition.Shape.WHOLE and row.format == Rendition.Format.WEBP
    ]
    smallest = min(whole, key=lambda row: row.width_px, default=image)
    width = min(THUMBNAIL_WIDTH_PX, image.width_px)
    return smallest.file.url, width, max(1, round(image.height_px * width / (image.width_px or 1)))


def _as_json(image: Image) -> dict:
    url, width, height = thumbnail_of(image)
    return {
        "id": image.pk,
        "title": image.title,
        "alt": "" if image.is_decorative else image.alt_text,
        "caption": image.caption,
        "credit": image.credit,
        "thumbnail": url,
        "thumbnail_width": width,
        "thumbnail_height": height,
    }


def _described(images, ids: str) -> list[dict]:
    return [_as_json(image) for image in images.filter(pk__in=keys_in(ids))]
