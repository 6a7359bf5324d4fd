from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PagesConfig(AppConfig):
    """Page types, and the first pages of an empty site."""

    name = "opendoor.pages"
    label = "pages"

    def ready(self) -> None:
        from opendoor.pages.planting import after_migrate

        post_migrate.connect(after_migrate, sender=self)
