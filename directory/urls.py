"""Addresses of the directory; the site mounts `urlpatterns` at /directory/ and the API at /api/."""

from django.urls import URLPattern

app_name = "directory"
urlpatterns: list[URLPattern] = []
api_urlpatterns: list[URLPattern] = []
