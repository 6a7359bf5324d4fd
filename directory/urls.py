"""Addresses of the directory; the site mounts `urlpatterns` at /directory/ and the API at /api/."""

from django.urls import URLPattern, path

from directory import api
from directory.views.providers import provider, provider_thanks
from directory.views.reports import report, thanks
from directory.views.search import search
from directory.views.services import service

app_name = "directory"
urlpatterns: list[URLPattern] = [
    path("", search, name="search"),
    path("services/<uuid:pk>/", service, name="service"),
    path("services/<uuid:pk>/report/", report, name="report"),
    path("services/<uuid:pk>/report/thanks/", thanks, name="report-thanks"),
    path("provider/<str:token>/", provider, name="provider"),
    path("provider/<str:token>/thanks/", provider_thanks, name="provider-thanks"),
]
api_urlpatterns: list[URLPattern] = [path("search", api.search, name="api-search")]
