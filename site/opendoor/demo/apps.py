from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "opendoor.demo"
    label = "demo"
