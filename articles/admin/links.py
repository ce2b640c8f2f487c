"""The links to other sites, and how their last check ended: to be looked at, not changed."""

from django.contrib import admin
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from articles.models import Article, OutsideLink


class ArticleUseFilter(admin.SimpleListFilter):
    """Links that no article has any more are kept out of sight."""

    title = _("use")
    parameter_name = "use"

    def lookups(self, request, model_admin):
        return [("none", _("In no article"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [{**first, "display": _("In an article")}, *others]

    def queryset(self, request, queryset):
        return queryset.filter(articles__isnull=True) if self.value() else queryset.in_use()


@admin.register(OutsideLink)
class OutsideLinkAdmin(admin.ModelAdmin):
    """Which are gone, have moved or are silent, and in which articles."""

    list_display = ["address", "verdict", "new_address", "article_names", "checked_at"]
    list_display_links = None
    list_filter = ["verdict", ArticleUseFilter]
    search_fields = ["url"]
    list_per_page = 50

    def get_queryset(self, request):
        named = Prefetch("articles", Article.objects.only("headline").order_by("headline", "pk"))
        return super().get_queryset(request).prefetch_related(named)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("address"), ordering="url")
    def address(self, link):
        return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', link.url, link.url)

    @admin.display(description=_("new address"))
    def new_address(self, link):
        return link.location

    @admin.display(description=_("articles"))
    def article_names(self, link):
        return format_html_join(
            ", ",
            '<a href="{}">{}</a>',
            (
                (reverse("admin:articles_article_change", args=[article.pk]), article)
                for article in link.articles.all()
            ),
        )
