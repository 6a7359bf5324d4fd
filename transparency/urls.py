"""Addresses of the record; the site mounts them at /transparency/."""

from django.urls import URLPattern

app_name = "transparency"
urlpatterns: list[URLPattern] = []
