"""The directory's addresses. A practitioner's own comes last, since it takes any slug."""

from django.urls import path

from directory import landing_views, machines, report_views, views

app_name = "directory"

urlpatterns = [
    path("", views.search_page, name="search"),
    path("letters/", views.letters, name="letters"),
    path("places/", machines.places, name="places"),
    path("specialties/", views.specialties, name="specialties"),
    path("specialties/<slug:slug>/", landing_views.specialty, name="specialty"),
    path("in/", landing_views.all_of_the_country, name="states"),
    path("in/<slug:slug>/", landing_views.state, name="state"),
    path("in/<slug:state_slug>/<slug:slug>/", landing_views.town, name="town"),
    path(
        "in/<slug:state_slug>/<slug:slug>/<slug:specialty_slug>/",
        landing_views.town_specialty,
        name="town_specialty",
    ),
    path("<slug:slug>/report/", report_views.report, name="report"),
    path("<slug:slug>/report/thanks/", report_views.thanks, name="report_thanks"),
    path("<slug:slug>/contact.vcf", views.contact, name="contact"),
    path("<slug:slug>/", views.practitioner, name="practitioner"),
]
