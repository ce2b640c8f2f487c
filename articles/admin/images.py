"""The image library in the admin, and the endpoint that pictures are chosen from."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from acutake.lib.text import clean_text
from articles.forms import ImageForm
from articles.images import remove_images, renew_files
from articles.models import Image
from articles.usage import articles_showing

PICKER_PAGE_SIZE = 24
THUMBNAIL_WIDTH_PX = 240
FOCAL_FIELDS = ("focal_x_percent", "focal_y_percent")


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    """Pictures with their text and credit. One that an article shows cannot be deleted."""

    form = ImageForm
    list_display = ["thumbnail", "title", "credit", "dimensions", "is_decorative", "created_at"]
    list_display_links = ["title"]
    list_filter = ["is_decorative", "created_at"]
    list_per_page = 50
    search_fields = ["title", "alt_text", "caption", "credit"]
    readonly_fields = ["preview", "where_used"]
    fieldsets = [
        (None, {"fields": ["title", "file", "preview"]}),
        (
            _("For those who cannot see it"),
            {"fields": ["alt_text", "is_decorative", "long_description"]},
        ),
        (_("Under the picture"), {"fields": ["caption", "credit"]}),
        (_("Where it comes from"), {"fields": ["rights", "source", "where_used"]}),
    ]

    def get_urls(self):
        pick = self.admin_site.admin_view(require_safe(self.pick_view))
        return [path("pick/", pick, name="articles_image_pick"), *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("renditions")

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if {"file", *FOCAL_FIELDS} & set(form.changed_data):
            replaced = form.initial["file"].name if change and "file" in form.changed_data else None
            renew_files(obj, replaced=replaced, at=timezone.now())

    def delete_model(self, request, obj):
        remove_images([obj], at=timezone.now())

    def delete_queryset(self, request, queryset):
        remove_images(list(queryset), at=timezone.now())

    def get_deleted_objects(self, objs, request):
        """An article that shows a picture protects it; Django knows only of lead images."""
        to_delete, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        return to_delete, counts, perms_needed, _links(articles_showing(list(objs))) or protected

    def pick_view(self, request):
        """JSON for the dialog: `q` and `page` search, `ids` (separated by commas) describe."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        images = Image.objects.prefetch_related("renditions")
        if "ids" in request.GET:
            return JsonResponse({"images": _described(images, request.GET["ids"])})
        query = clean_text(request.GET.get("q", ""))
        pages = Paginator(images.filter(_matches(query)).order_by("-pk"), PICKER_PAGE_SIZE)
        page = pages.get_page(request.GET.get("page"))
        summary = ngettext("%(count)s picture", "%(count)s pictures", pages.count)
        return JsonResponse(
            {
                "images": [_as_json(image) for image in page],
                "next": page.next_page_number() if page.has_next() else None,
                "summary": summary % {"count": pages.count},
            }
        )

    @admin.display(description=_("picture"))
    def thumbnail(self, image):
        url, width, height = thumbnail_of(image)
        return format_html(
            '<img class="thumbnail" src="{}" width="{}" height="{}" alt="" loading="lazy">',
            *(url, width, height),
        )

    @admin.display(description=_("as it is"))
    def preview(self, image):
        # A form that comes back with errors holds a file that was not stored.
        if not image.file or not image.file.storage.exists(image.file.name):
            return "—"
        return format_html(
            '<img class="preview" src="{}" width="{}" height="{}" alt="{}">',
            *(image.file.url, image.width_px, image.height_px, image.alt_text),
        )

    @admin.display(description=_("pixels"))
    def dimensions(self, image):
        return f"{image.width_px} × {image.height_px}"

    @admin.display(description=_("shown in"))
    def where_used(self, image):
        if image.pk is None:
            return "—"
        links = _links(articles_showing([image]))
        return format_html_join(", ", "{}", ([link] for link in links)) or _("No article.")


def thumbnail_of(image: Image) -> tuple[str, int, int]:
    """Address, width and height of a small picture: the smallest rendition, else the original."""
    smallest = next(iter(image.renditions.all()), image)
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
    """At most a page's worth of what was asked for; what is no number is passed over."""
    keys = [int(key) for key in ids.split(",") if key.isdecimal() and len(key) < 10]
    return [_as_json(image) for image in images.filter(pk__in=keys[:200])]


def _matches(query: str) -> Q:
    """Every word stands somewhere in the image's facts."""
    found = Q()
    for word in query.split():
        found &= (
            Q(title__icontains=word)
            | Q(alt_text__icontains=word)
            | Q(caption__icontains=word)
            | Q(credit__icontains=word)
        )
    return found


def _links(articles) -> list[str]:
    return [
        format_html(
            '<a href="{}">{}</a>',
            reverse("admin:articles_article_change", args=[article.pk]),
            article.headline,
        )
        for article in articles
    ]
