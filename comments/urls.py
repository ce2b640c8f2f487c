"""Where a comment is sent; everything else of a comment stands on its article's page."""

from django.urls import path

from comments import views

app_name = "comments"

urlpatterns = [path("<slug:slug>/comments/", views.post, name="post")]
