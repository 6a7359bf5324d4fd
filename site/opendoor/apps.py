from django.apps import AppConfig


class OpenDoorConfig(AppConfig):
    """The site itself: settings checks and what every page shares."""

    name = "opendoor"
    label = "opendoor"
    verbose_name = "Open Door"

    def ready(self) -> None:
        from opendoor import checks  # noqa: F401  # registers the checks
