"""Calendar files of events; the pages themselves are Wagtail's."""

from django.urls import URLPattern

app_name = "events"
urlpatterns: list[URLPattern] = []
