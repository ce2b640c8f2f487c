"""The directory's addresses. A practitioner's own comes last, since it takes any slug."""

from django.urls import path

from directory import machines, report_views, views

app_name = "directory"

urlpatterns = [
    path("", views.search_page, name="search"),
    path("letters/", views.letters, name="letters"),
    path("places/", machines.places, name="places"),
    path("specialties/", views.specialties, name="specialties"),
    path("specialties/<slug:slug>/", views.specialty, name="specialty"),
    path("in/<slug:slug>/", views.state, name="state"),
    path("<slug:slug>/report/", report_views.report, name="report"),
    path("<slug:slug>/report/thanks/", report_views.thanks, name="report_thanks"),
    path("<slug:slug>/contact.vcf", views.contact, name="contact"),
    path("<slug:slug>/", views.practitioner, name="practitioner"),
]
