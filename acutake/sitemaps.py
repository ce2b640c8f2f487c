"""What search engines are shown: public pages only, each kind on pages of its own."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse

from articles.models import Article
from directory.models import CredentialKind, Practitioner, Specialty


class ArticleSitemap(Sitemap):
    """Published articles with the date of their last change that readers are told of."""

    def items(self):
        shown = ("slug", "revised_at", "published_at", "next_version_at")
        return Article.objects.published().newest_first().only(*shown)

    def lastmod(self, article):
        return article.changed_at()


class PractitionerSitemap(Sitemap):
    """Listed practitioners."""

    limit = 10_000

    def items(self):
        return Practitioner.objects.listed().order_by("pk").only("slug", "updated_at")

    def lastmod(self, practitioner):
        return practitioner.updated_at

    def get_latest_lastmod(self):
        """Asked of the database: Django would read every row for it."""
        return Practitioner.objects.listed().aggregate(latest=Max("updated_at"))["latest"]


class SpecialtySitemap(Sitemap):
    """Landing pages of the specialties that somebody listed offers."""

    def items(self):
        return Specialty.objects.offered()


class GlossarySitemap(Sitemap):
    """What the letters after a name mean: one page, as old as the newest look at a source."""

    def items(self):
        return ["directory:letters"]

    def location(self, name):
        return reverse(name)

    def lastmod(self, name):
        return CredentialKind.objects.aggregate(latest=Max("looked_up_on"))["latest"]


SITEMAPS = {
    "articles": ArticleSitemap,
    "practitioners": PractitionerSitemap,
    "specialties": SpecialtySitemap,
    "letters": GlossarySitemap,
}
