from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Page types."""

    name = "opendoor.pages"
    label = "pages"
