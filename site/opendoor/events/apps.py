from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "opendoor.events"
    label = "events"
