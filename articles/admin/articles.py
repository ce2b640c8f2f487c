"""Articles in the admin: written, previewed, published, withdrawn."""

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import Script, SplitDateTimeField
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from acutake.lib.text import fold
from articles.admin.addresses import article_urls
from articles.admin.checklist import checklist_view, proof_of
from articles.admin.editing import EditingAdmin
from articles.admin.pages import pages_view
from articles.admin.states import state_of
from articles.models import Article, Byline
from articles.models.versions import COMMENT_FIELDS
from articles.widgets import DateAndTime

UNLISTED = ("body", "search_text", "next_of__body", "next_of__search_text")
VISIBILITY = {
    "now": (_("Public"), "published"),
    "later": (_("Scheduled"), "scheduled"),
    "ended": (_("Expired"), "expired"),
}


class ArticleList(ChangeList):
    """The list shows no bodies, and everybody's name in one query."""

    def get_queryset(self, request, exclude_parameters=None):
        found = super().get_queryset(request, exclude_parameters)
        listed = found.select_related("next_of").defer(*UNLISTED)
        return listed.prefetch_related("bylines__author")


class VisibilityFilter(admin.SimpleListFilter):
    """What readers can see now, later, or no longer: by the clock."""

    title = _("visibility")
    parameter_name = "visible"

    def lookups(self, request, model_admin):
        return [(value, words) for value, (words, method) in VISIBILITY.items()]

    def queryset(self, request, queryset):
        if self.value() not in VISIBILITY:
            return queryset
        return getattr(queryset, VISIBILITY[self.value()][1])(at=timezone.now())


class ReviewFilter(admin.SimpleListFilter):
    """Whose next medical review is due, by the calendar of the site's zone."""

    title = _("medical review")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [("due", _("Due")), ("none", _("Never reviewed"))]

    def queryset(self, request, queryset):
        if self.value() == "due":
            return queryset.due_for_review(on=timezone.localdate())
        if self.value() == "none":
            return queryset.filter(last_reviewed_on__isnull=True)
        return queryset


class CommentsFilter(admin.SimpleListFilter):
    """What editors have set of an article's comments; the clock may have closed it besides."""

    title = _("comments")
    parameter_name = "comments"

    def lookups(self, request, model_admin):
        return [("closed", _("Closed by editors")), ("own", _("With rules of their own"))]

    def queryset(self, request, queryset):
        if self.value() == "closed":
            return queryset.filter(takes_comments=False)
        if self.value() == "own":
            return queryset.exclude(comment_hold="", comments_close_after_days=None)
        return queryset


class BylineInline(admin.StackedInline):
    """Who stands under the headline, in order of position. Stacked, so that fields have labels."""

    model = Byline
    fields = [("author", "role", "position")]
    autocomplete_fields = ["author"]
    verbose_name = _("author")
    verbose_name_plural = _("byline")

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj and obj.bylines.exists() else 1


@admin.register(Article)
class ArticleAdmin(EditingAdmin):
    """An editor's page for one article, and the list of all."""

    formfield_overrides = {
        models.DateTimeField: {"form_class": SplitDateTimeField, "widget": DateAndTime}
    }
    inlines = [BylineInline]
    autocomplete_fields = ["reviewed_by"]
    list_display = ["headline", "state", "published_at", "author_names", "updated_at"]
    list_filter = ["status", VisibilityFilter, ReviewFilter, CommentsFilter, "specialties"]
    search_fields = ["search_text"]
    search_help_text = _("Words from the headline, the text, the authors and the tags.")
    date_hierarchy = "published_at"
    prepopulated_fields = {"slug": ["headline"]}
    actions = [
        *("publish_selected", "withdraw_selected"),
        *("open_selected_for_comments", "close_selected_for_comments"),
    ]
    fieldsets = [
        (_("Words"), {"fields": ["headline", "dek", "body"], "classes": ["words"]}),
        (_("Lead picture"), {"fields": ["lead_image", "lead_caption"]}),
        (_("Finding it"), {"fields": ["slug", "tags", "specialties", "summary"]}),
        (
            _("Publication"),
            {
                "fields": ["status", "published_at", "expires_at"],
                "description": _(
                    "Times are those of %(zone)s. Published with a date to come is scheduled: it "
                    "appears at that minute by itself."
                )
                % {"zone": settings.TIME_ZONE.replace("_", " ")},
            },
        ),
        (
            _("Comments"),
            {
                "fields": [*COMMENT_FIELDS],
                "description": _(
                    "What holds for this article, whichever version of it readers see. Comments "
                    "that are there stay."
                ),
            },
        ),
        (
            _("Medical review"),
            {"fields": [("reviewed_by", "last_reviewed_on", "next_review_on")]},
        ),
        (
            _("A change that readers are told of"),
            {"fields": ["revised_at", "revision_note"], "classes": ["collapse"]},
        ),
    ]

    class Media:
        js = [Script("directory/admin/autocomplete-names.js", type="module")]

    def get_urls(self):
        return [
            path(
                "checklist/", self._for_editors(checklist_view), name="articles_article_checklist"
            ),
            path("pages/", self._for_editors(pages_view), name="articles_article_pages"),
            *article_urls(self),
            *super().get_urls(),
        ]

    def _for_editors(self, view):
        """For those who may read articles here; it changes nothing."""

        def guarded(request):
            if not self.has_view_or_change_permission(request):
                raise PermissionDenied
            return view(request)

        return self.admin_site.admin_view(guarded)

    def get_changelist(self, request, **kwargs):
        return ArticleList

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, fold(search_term))

    def get_prepopulated_fields(self, request, obj=None):
        """The address of a saved article changes only by hand."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_published(at=timezone.now()) else None

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        context["show_save_and_add_another"] = False
        if self.has_change_permission(request, obj):
            context["proof"] = proof_of(context["adminform"].form)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.action(description=_("Publish now"), permissions=["change"])
    def publish_selected(self, request, queryset):
        self._publish(request, queryset)

    @admin.action(description=_("Withdraw"), permissions=["change"])
    def withdraw_selected(self, request, queryset):
        self._withdraw(request, queryset)

    @admin.action(description=_("Open for comments"), permissions=["change"])
    def open_selected_for_comments(self, request, queryset):
        self._open_for_comments(request, queryset)

    @admin.action(description=_("Close for comments"), permissions=["change"])
    def close_selected_for_comments(self, request, queryset):
        self._close_for_comments(request, queryset)

    @admin.display(description=_("state"), ordering="status")
    def state(self, article):
        """The stored status, or what the clock makes of it."""
        return state_of(article, at=timezone.now())

    @admin.display(description=_("authors"))
    def author_names(self, article):
        return ", ".join(byline.author.name for byline in article.bylines.all())
