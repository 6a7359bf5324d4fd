from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "opendoor.pages"
    label = "pages"
