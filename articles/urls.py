"""The addresses; the first part of each is reserved (`publishing.RESERVED_SLUGS`), as are years."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from articles import archive_views, card_views, feeds, preview_views, views

app_name = "articles"


class YearConverter(IntConverter):
    """Four digits: no other number is taken for a year."""

    regex = "[0-9]{4}"

    def to_url(self, value):
        return f"{value:04}"


register_converter(YearConverter, "year")

urlpatterns = [
    path("", archive_views.article_list, name="list"),
    path("feed/", feeds.site_feed, name="feed"),
    path("tags/", archive_views.tag_list, name="tags"),
    path("tags/<slug:slug>/", archive_views.tag, name="tag"),
    path("tags/<slug:slug>/feed/", feeds.tag_feed, name="tag_feed"),
    path("authors/", archive_views.author_list, name="authors"),
    path("authors/<slug:slug>/", archive_views.author, name="author"),
    path("authors/<slug:slug>/feed/", feeds.author_feed, name="author_feed"),
    path("specialties/", archive_views.specialty_list, name="specialties"),
    path("specialties/<slug:slug>/", archive_views.specialty, name="specialty"),
    path("specialties/<slug:slug>/feed/", feeds.specialty_feed, name="specialty_feed"),
    path("preview/<str:token>/", preview_views.preview, name="preview"),
    path("<year:year>/", archive_views.year, name="year"),
    path("<int:year>/<int:month>/", archive_views.month, name="month"),
    path("<slug:slug>/", views.article, name="article"),
    path("<slug:slug>/figures/<int:number>/", views.figure, name="figure"),
    path("<slug:slug>/card-<slug:version>.png", card_views.card, name="card"),
]
