"""The API's page for people, which the site mounts once a language."""

from django.urls import URLPattern, path

from directory.hsds_api.docs import docs

urlpatterns: list[URLPattern] = [path("docs", docs, name="hsds-docs")]
