from django.apps import AppConfig
from wagtail.signals import page_published


class EventsConfig(AppConfig):
    name = "opendoor.events"
    label = "events"

    def ready(self) -> None:
        from opendoor.events.meetings import keep_as_one
        from opendoor.events.models import EventPage

        page_published.connect(keep_as_one, sender=EventPage)
