"""Where a comment is sent and found, and the feed; a comment stands on its article's page."""

from django.urls import path

from comments import (
    about_views,
    digest_views,
    feeds,
    flag_views,
    mail_views,
    thread_views,
    views,
    writer_views,
)

app_name = "comments"

urlpatterns = [
    path("articles/<slug:slug>/comments/", views.post, name="post"),
    path("articles/<slug:slug>/comments/feed/", feeds.article_feed, name="feed"),
    path("comments/<int:pk>/", thread_views.comment, name="comment"),
    path("comments/yours/<str:token>/", writer_views.writer, name="writer"),
    path("comments/posted/<str:token>/", writer_views.posted, name="posted"),
    path("comments/notify/<str:token>/", mail_views.notify, name="notify"),
    path("comments/prove/<str:token>/", mail_views.proof, name="proof"),
    path("comments/mail/<str:token>/", mail_views.stop, name="stop"),
    path("comments/digest/<str:token>/", digest_views.stop_digest, name="stop_digest"),
    path("comments/about-you/", about_views.ask, name="ask_about"),
    path("comments/about-you/<str:token>/", about_views.about, name="about"),
    path("comments/about-you/<str:token>/about-you.json", about_views.export, name="export_about"),
    path("comments/<int:pk>/report/", flag_views.report, name="report"),
    path("articles/<slug:slug>/comments/reported/", flag_views.thanks, name="reported"),
]
