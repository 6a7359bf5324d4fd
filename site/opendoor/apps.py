from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class OpenDoorConfig(AppConfig):
    """The site itself: settings checks, what every page shares, an empty site's first pages."""

    name = "opendoor"
    label = "opendoor"
    verbose_name = "Open Door"

    def ready(self) -> None:
        from opendoor import checks  # noqa: F401  # registers the checks
        from opendoor.planting import after_migrate

        # Django tells apps with models alone that migrations are done.
        post_migrate.connect(after_migrate, sender=apps.get_app_config("pages"))
