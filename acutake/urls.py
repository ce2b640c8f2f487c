"""The site on one screen."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve

from acutake import sitemap_views, views
from directory import machines

urlpatterns = [
    path("", views.home, name="home"),
    path("articles/", include("articles.urls")),
    path("", include("comments.urls")),
    path("acupuncturists/", include("directory.urls")),
    path("acupuncturists.geojson", machines.geojson, name="geojson"),
    path("search/", views.search, name="search"),
    path("about/", views.about, name="about"),
    path("sitemap.xml", sitemap_views.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_views.section, name="sitemap_section"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
    path(
        "favicon.ico",
        RedirectView.as_view(url=f"{settings.STATIC_URL}favicon.ico", permanent=True),
    ),
    path("admin/", admin.site.urls),
]

if not settings.IS_PRODUCTION:
    # On one's own machine the site serves uploads itself; in public the web server does.
    urlpatterns += [
        re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
    ]

handler400 = "acutake.views.bad_request"
handler403 = "acutake.views.forbidden"
handler404 = "acutake.views.not_found"
handler500 = "acutake.views.server_error"
