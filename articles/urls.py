"""The addresses; the first part of each is reserved (`publishing.RESERVED_SLUGS`)."""

from django.urls import path

from articles import feeds, preview_views, views

app_name = "articles"

urlpatterns = [
    path("", views.article_list, name="list"),
    path("feed/", feeds.site_feed, name="feed"),
    path("tags/<slug:slug>/", views.tag, name="tag"),
    path("tags/<slug:slug>/feed/", feeds.tag_feed, name="tag_feed"),
    path("authors/<slug:slug>/", views.author, name="author"),
    path("authors/<slug:slug>/feed/", feeds.author_feed, name="author_feed"),
    path("preview/<str:token>/", preview_views.preview, name="preview"),
    path("<int:year>/<int:month>/", views.month, name="month"),
    path("<slug:slug>/", views.article, name="article"),
]
