"""The image library in the admin."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.forms import Script
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from acutake.lib.text import clean_text
from articles.admin import image_describing, image_picker, image_upload
from articles.admin.image_filters import LacksFilter, TagFilter, UseFilter
from articles.admin.image_picker import thumbnail_of
from articles.image_forms import ImageForm
from articles.images import remove_images, renew_files
from articles.models import Image
from articles.usage import articles_showing, drafts_showing

FOCAL_FIELDS = {"focal_x_percent", "focal_y_percent"}
MISSING = _("Missing")


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    """Pictures with their text and credit. One that an article shows cannot be deleted."""

    form = ImageForm
    list_display = [
        *("thumbnail", "title", "alternative", "shown_credit", "use_count", "dimensions"),
        "created_at",
    ]
    list_display_links = ["title"]
    list_filter = [UseFilter, LacksFilter, TagFilter, "created_at"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["title"]
    search_help_text = _("Words from the title, the text, the caption, the credit or the tags.")
    actions = ["describe_selected"]
    readonly_fields = ["preview", "where_used"]
    fieldsets = [
        (None, {"fields": ["title", "file", "tags"]}),
        (
            _("The picture, and what must stay in it when it is cut"),
            {"fields": ["preview", ("focal_x_percent", "focal_y_percent")]},
        ),
        (
            _("For those who cannot see it"),
            {"fields": ["alt_text", "is_decorative", "long_description"]},
        ),
        (_("Under the picture"), {"fields": ["caption", "credit", "rights", "source"]}),
        (_("Where it is"), {"fields": ["where_used"]}),
    ]

    class Media:
        css = {"all": ["css/admin_library.css"]}
        js = [Script("articles/focal-point.js", type="module")]

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("pick/", wrap(require_safe(self.pick_view)), name="articles_image_pick"),
            path("upload/", wrap(self.upload_view), name="articles_image_upload"),
            path("describe/", wrap(self.describe_view), name="articles_image_describe"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        found = super().get_queryset(request).prefetch_related("renditions")
        return found.annotate(use_total=Count("uses"))

    def get_search_results(self, request, queryset, search_term):
        return queryset.found_by(clean_text(search_term)), False

    def save_model(self, request, obj, form, change):
        obj.refresh_search_text()
        super().save_model(request, obj, form, change)
        changed = set(form.changed_data)
        if "file" in changed or FOCAL_FIELDS & changed:
            replaced = form.initial["file"].name if change and "file" in changed else None
            renew_files(obj, replaced=replaced, at=timezone.now())

    def delete_model(self, request, obj):
        remove_images([obj], at=timezone.now())

    def delete_queryset(self, request, queryset):
        remove_images(list(queryset), at=timezone.now())

    def get_deleted_objects(self, objs, request):
        """What goes with a picture is of no interest, but the articles that keep it are."""
        to_delete, counts, perms_needed, _protected = super().get_deleted_objects(objs, request)
        images = list(objs)
        places = [*_links(articles_showing(images)), *map(_typed, drafts_showing(images))]
        return to_delete, counts, perms_needed, places

    def pick_view(self, request):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return image_picker.answer(request)

    def upload_view(self, request):
        """Many files at once; see `image_upload`."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return image_upload.answer(request, self)

    def describe_view(self, request):
        """Many pictures on one page; see `image_describing`."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        return image_describing.answer(request, self)

    @admin.action(description=_("Describe together"), permissions=["change"])
    def describe_selected(self, request, queryset):
        keys = ",".join(str(key) for key in queryset.values_list("pk", flat=True))
        return HttpResponseRedirect(f"{reverse('admin:articles_image_describe')}?ids={keys}")

    @admin.display(description=_("picture"))
    def thumbnail(self, image):
        url, width, height = thumbnail_of(image)
        return format_html(
            '<img class="thumbnail" src="{}" width="{}" height="{}" alt="" loading="lazy">',
            *(url, width, height),
        )

    @admin.display(description=_("alternative text"), ordering="alt_text")
    def alternative(self, image):
        if image.is_decorative:
            return _("Decorative")
        return Truncator(image.alt_text).chars(90) or _missing()

    @admin.display(description=_("credit"), ordering="credit")
    def shown_credit(self, image):
        return image.credit or _missing()

    @admin.display(description=_("shown in"), ordering="use_total")
    def use_count(self, image):
        words = ngettext("%(count)s article", "%(count)s articles", image.use_total)
        return words % {"count": image.use_total} if image.use_total else _("No article")

    @admin.display(description=_("pixels"), ordering="width_px")
    def dimensions(self, image):
        return f"{image.width_px} × {image.height_px}"

    @admin.display(description=_("as it is"))
    def preview(self, image):
        # A form that comes back with errors holds a file that was not stored.
        if not image.file or not image.file.storage.exists(image.file.name):
            return "—"
        return render_to_string("admin/articles/image/_focal_point.html", {"image": image})

    @admin.display(description=_("shown in"))
    def where_used(self, image):
        if image.pk is None:
            return "—"
        links = _links(articles_showing([image]))
        return format_html_join(", ", "{}", ([link] for link in links)) or _("No article.")


def _missing() -> str:
    return format_html('<strong class="is-missing-fact">{}</strong>', MISSING)


def _typed(draft) -> str:
    words = _("What %(editor)s has typed and not saved: “%(headline)s”")
    name = draft.editor.get_full_name() or draft.editor.get_username()
    return words % {"editor": name, "headline": draft}


def _links(articles) -> list[str]:
    return [
        format_html(
            '<a href="{}">{}</a>',
            reverse("admin:articles_article_change", args=[article.pk]),
            article.headline,
        )
        for article in articles
    ]
